"""The blocks of a page as widgets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from designer.help.page import (
    Block,
    Code,
    Curve,
    Formula,
    Heading,
    Points,
    Sample,
    Table,
    Words,
    Worked,
)
from designer.ui.card import Card
from designer.ui.code.highlighter import PythonHighlighter
from designer.ui.help.curve import CurveView
from designer.ui.help.sample import SampleView
from designer.ui.help.slide import SlideView
from designer.ui.help.words import Ink, written
from designer.ui.parts import column, hairline, label, row
from designer.ui.theme.fonts import SECONDARY, code
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import inset, set_code, set_words, space
from designer.ui.theme.theme import Theme

PARAMETER = "parameter"
"""The head of a table whose rows are parameters: they are laid out in two lines each."""

Follow = Callable[[str], None]


class Blocks:
    """Makes the widget of each block; `anchors` has the row of every parameter by its name."""

    def __init__(self, theme: Theme, follow: Follow) -> None:
        self._theme, self._follow = theme, follow
        self._ink = Ink(theme.tokens)
        self.anchors: dict[str, QWidget] = {}

    def widget(self, block: Block) -> QWidget:
        """A block as a widget that is as wide as it may be."""
        match block:
            case Heading(text):
                return label(text.upper(), "section", "muted")
            case Words(text):
                return self.written(self._ink.paragraph(text))
            case Points(items):
                return self.written(self._ink.points(items))
            case Table(head, rows):
                if head[:1] == (PARAMETER,):
                    return self._parameters(rows)
                return self.written(self._ink.table(head, rows))
            case Formula(lines):
                return _formula(lines)
            case Code(text):
                return CodeCard(text, self._theme)
            case _:
                return self._figure(block)

    def written(self, inner: str) -> QWidget:
        """HTML whose links are followed."""
        made = written(inner)
        made.linkActivated.connect(self._follow)
        return made

    def paragraph(self, text: str) -> QWidget:
        """A paragraph of marked text."""
        return self.written(self._ink.paragraph(text))

    def _figure(self, block: Worked | Curve | Sample) -> QWidget:
        """What is worked out or drawn."""
        if isinstance(block, Worked):
            return self._worked(block)
        if isinstance(block, Curve):
            return _beside(CurveView(block, self._theme))
        made = QWidget()
        layout = column(made, spacing=8)
        layout.addWidget(_beside(SampleView(block.numbers, self._theme)))
        if block.numbers.lines:
            layout.addWidget(written(self._ink.arithmetic(block.numbers.lines)))
        return made

    def _worked(self, block: Worked) -> QWidget:
        card = Card(block.title)
        # what wraps is higher than its hint, at which the inspector's cards end
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        card.body.addWidget(written(self._ink.arithmetic(block.lines)))
        if block.windows:
            space(card.body, 8)
            card.body.addWidget(SlideView(block.windows, self._theme))
        if block.costs:
            space(card.body, 4)
            card.body.addWidget(hairline())
            space(card.body, 4)
            card.body.addWidget(written(self._ink.pairs(block.costs)))
        return card

    def _parameters(self, rows: tuple[tuple[str, ...], ...]) -> QWidget:
        made, ink = QWidget(), self._ink
        layout = column(made)
        for name, takes, default, told in rows:
            left = f"{ink.marked(name)}&nbsp;&nbsp;&nbsp;{ink.muted(ink.marked(takes))}"
            right = ink.muted(f"default&nbsp;{ink.marked(default)}")
            part = self.written(ink.row(left, right, ink.marked(told)))
            part.setProperty("anchor", "plain")
            layout.addWidget(part)
            self.anchors[name.strip("`")] = part
        return made


class CodeCard(QFrame):
    """Python text, highlighted, with a button that copies it."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.text = text.rstrip("\n")
        layout = column(self, spacing=4)
        inset(layout, 12, 4, 8, 8)
        self.copy = QPushButton("Copy")
        self.copy.setProperty("link", True)
        set_words(self.copy, SECONDARY, strong=True)
        self.copy.setAccessibleName("Copy the code")
        self.copy.clicked.connect(self._on_copy)
        top = row()
        top.addWidget(label("PYTHON", "section", "muted"), 1)
        top.addWidget(self.copy)
        layout.addLayout(top)
        view = QPlainTextEdit(self.text)
        view.setReadOnly(True)
        set_code(view)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        view.document().setDocumentMargin(0)
        view.setAccessibleName("Code")
        lines = self.text.count("\n") + 1
        height = QFontMetrics(code()).lineSpacing() * lines
        view.setFixedHeight(height + px(14))
        self._highlighter = PythonHighlighter(view.document(), theme.tokens)
        layout.addWidget(view)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text + "\n")
        self.copy.setText("Copied")


def _formula(lines: tuple[str, ...]) -> QWidget:
    made = QFrame()
    made.setProperty("card", True)
    layout = column(made, 12, 4)
    text = label("\n".join(lines), wrap=True)
    set_code(text)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    layout.addWidget(text)
    return made


def _beside(view: QWidget) -> QWidget:
    """A widget of its own size at the left edge."""
    made = QWidget()
    line = row(made)
    line.addWidget(view)
    line.addStretch(1)
    return made
