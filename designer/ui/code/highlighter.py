"""Python highlighting, in the colours of the theme."""

from __future__ import annotations

import keyword
import re

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from designer.ui.theme.tokens import Tokens

_TOKEN = re.compile(
    r"""(?P<comment>\#.*)
    |(?P<text>[rbfRBF]{0,2}(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'))
    |(?P<number>\b\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?\b)
    |(?P<defined>(?<=\bclass\s)\w+|(?<=\bdef\s)\w+)
    |(?P<word>\b[A-Za-z_]\w*\b)""",
    re.VERBOSE,
)
_QUOTES = '"""'
_INSIDE = 1


class PythonHighlighter(QSyntaxHighlighter):
    """Comments, texts, numbers, keywords and definitions; docstrings across lines."""

    def __init__(self, document: QTextDocument, tokens: Tokens) -> None:
        super().__init__(document)
        self._formats = _formats(tokens)

    def use(self, tokens: Tokens) -> None:
        """Take the colours of another theme."""
        self._formats = _formats(tokens)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        start = self._rest_of_docstring(text)
        if start is None:
            return
        opening = text.find(_QUOTES, start)
        end = len(text) if opening < 0 else opening
        for match in _TOKEN.finditer(text, start, end):
            kind = match.lastgroup or ""
            if kind == "word":
                kind = _kind_of_word(match.group())
            if kind in self._formats:
                self.setFormat(match.start(), match.end() - match.start(), self._formats[kind])
        if opening >= 0:
            closing = text.find(_QUOTES, opening + 3)
            stop = len(text) if closing < 0 else closing + 3
            self.setFormat(opening, stop - opening, self._formats["text"])
            self.setCurrentBlockState(_INSIDE if closing < 0 else 0)

    def _rest_of_docstring(self, text: str) -> int | None:
        """Where code begins in this line; None where the whole line is in a docstring."""
        self.setCurrentBlockState(0)
        if self.previousBlockState() != _INSIDE:
            return 0
        closing = text.find(_QUOTES)
        stop = len(text) if closing < 0 else closing + 3
        self.setFormat(0, stop, self._formats["text"])
        if closing < 0:
            self.setCurrentBlockState(_INSIDE)
            return None
        return stop


def _kind_of_word(word: str) -> str:
    if word == "self":
        return "self"
    if keyword.iskeyword(word):
        return "keyword"
    return "module" if word in ("torch", "nn", "F") else "word"


def _formats(tokens: Tokens) -> dict[str, QTextCharFormat]:
    made = {}
    for kind, ink in {
        "comment": tokens.text_faint,
        "text": tokens.good,
        "number": tokens.family_head,
        "keyword": tokens.family_normalisation,
        "defined": tokens.accent,
        "module": tokens.text_muted,
        "self": tokens.text_muted,
    }.items():
        made[kind] = QTextCharFormat()
        made[kind].setForeground(QColor(ink))
    made["defined"].setFontWeight(QFont.Weight.DemiBold)
    return made
