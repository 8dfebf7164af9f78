"""Marked text as labels: words, code, and links that mouse and keyboard reach."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel

from designer.help.page import spans
from designer.ui.card import parted
from designer.ui.figures import unbroken
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import set_words
from designer.ui.theme.tokens import Tokens

LINE = 138
"""The height of a line, in hundredths of the letters'."""

SHORT = 32
"""A cell of at most so many letters is not broken into lines."""


def _mono() -> str:
    return f"font-family: JetBrains Mono; font-size: {px(SECONDARY)}px"


class Ink:
    """Writes marked text as Qt's HTML, in the colours of a theme."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def marked(self, text: str) -> str:
        """Words, code and links, without a paragraph around them."""
        parts = []
        for span in spans(unbroken(text)):
            inner = plain(span.words)
            if span.is_code:
                inner = f'<span style="{_mono()}">{inner}</span>'
            if span.address:
                style = f"color: {self._tokens.accent}; text-decoration: underline"
                inner = f'<a href="{html.escape(span.address)}" style="{style}">{inner}</a>'
            parts.append(inner)
        return "".join(parts)

    def muted(self, inner: str) -> str:
        """What stands behind what matters more."""
        return f'<span style="color: {self._tokens.text_muted}">{inner}</span>'

    def paragraph(self, text: str) -> str:
        """A paragraph of marked text."""
        return f'<p style="line-height: {LINE}%">{self.marked(text)}</p>'

    def points(self, items: Iterable[str]) -> str:
        """Remarks, each behind a point."""
        rows = (
            f'<tr><td style="padding-right: {px(8)}px; color: {self._tokens.text_faint}">•</td>'
            f'<td style="padding-bottom: {px(5)}px"><p style="line-height: {LINE}%">'
            f"{self.marked(item)}</p></td></tr>"
            for item in items
        )
        return f'<table cellspacing="0" cellpadding="0">{"".join(rows)}</table>'

    def arithmetic(self, lines: Iterable[str]) -> str:
        """Arithmetic, a line each: the result strong, what is said behind it muted."""
        told = []
        for line in lines:
            front, result, remark = parted(unbroken(line))
            strong = f" <b>{plain(result)}</b>" if result else ""
            behind = self.muted(f", {plain(remark)}") if remark else ""
            told.append(f"{plain(front)}{strong}{behind}")
        return f'<p style="line-height: {LINE}%">{"<br>".join(told)}</p>'

    def pairs(self, rows: Iterable[tuple[str, str]]) -> str:
        """Names at the left, what belongs to them beside."""
        lines = (
            f'<tr><td style="padding-right: {px(20)}px">{self.muted(plain(name))}</td>'
            f"<td>{plain(unbroken(figure))}</td></tr>"
            for name, figure in rows
        )
        return f'<table cellspacing="0" cellpadding="1">{"".join(lines)}</table>'

    def row(self, left: str, right: str, below: str) -> str:
        """A line with something at either end, and a line below it; all of it HTML."""
        return (
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td>{left}</td>'
            f'<td align="right">{right}</td></tr></table>'
            f'<p style="line-height: {LINE}%; margin-top: {px(3)}px">{below}</p>'
        )

    def table(self, head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
        """Cells of marked text under a head, a line between two rows."""
        cell = f'style="padding: {px(3)}px {px(20)}px {px(4)}px 0"'
        parts = ["<tr>", *(f"<td {cell}>{self.muted(plain(name))}</td>" for name in head), "</tr>"]
        line = (
            f"border-top: 1px solid {self._tokens.line}; padding: {px(4)}px {px(20)}px {px(4)}px 0"
        )
        for cells in rows:
            lengths = (sum(len(span.words) for span in spans(text)) for text in cells)
            whole = ("; white-space: nowrap" if n <= SHORT else "" for n in lengths)
            inner = "".join(
                f'<td style="{line}{kept}">{self.marked(text)}</td>'
                for text, kept in zip(cells, whole, strict=True)
            )
            parts.append(f"<tr>{inner}</tr>")
        return f'<table cellspacing="0" cellpadding="0">{"".join(parts)}</table>'


def plain(text: str) -> str:
    """Text in which nothing is a tag."""
    return html.escape(text, quote=False)


class Linked(QLabel):
    """A label whose links are stops of Tab, and which is none by itself."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        is_forward = event.reason() == Qt.FocusReason.TabFocusReason
        if is_forward or event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.focusNextPrevChild(is_forward)


def written(inner: str) -> QLabel:
    """A label of HTML that wraps; Tab comes to its links, if it has any."""
    made = Linked()
    set_words(made)
    made.setProperty("ink", "text")
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(inner)
    if "<a " in inner:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    else:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
