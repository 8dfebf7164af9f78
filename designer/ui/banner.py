"""The banner: one sentence above the canvas that waits to be read, and blocks nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QToolButton, QWidget

from designer.ui.parts import clear, label, row, set_property
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.icons import icon
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import inset, set_icon_size, set_words
from designer.ui.theme.theme import Theme

NARROW, NARROWEST, LEAST = 440, 220, 140
"""Below so many pixels the buttons stand under the sentence, then under one another."""
Choice = tuple[str, Callable[[], object]]


class Banner(QFrame):
    """Says one thing at a time, with buttons for what can be done about it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._theme = theme
        self.words = label("", "body", wrap=True)
        self._choices = row(spacing=4)
        self.close_button = QToolButton()
        set_icon_size(self.close_button)
        self.close_button.setToolTip("Dismiss")
        self.close_button.setAccessibleName("Dismiss")
        self.close_button.clicked.connect(self.hide)
        layout = row(self, 0, 8)
        inset(layout, 16, 6, 8, 6)
        self._body = row(spacing=8)
        self._body.addWidget(self.words, 1)
        self._body.addLayout(self._choices)
        layout.addLayout(self._body, 1)
        layout.addWidget(self.close_button)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def say(self, sentence: str, choices: Sequence[Choice] = (), *, is_fault: bool = True) -> None:
        """Show a sentence in place of the one before."""
        set_property(self, "tone", "fault" if is_fault else "notice")
        self.words.setText(sentence)
        clear(self._choices)
        for title, run in choices:
            button = QPushButton(title)
            set_words(button, SECONDARY)
            button.clicked.connect(self.hide)
            button.clicked.connect(lambda _=False, run=run: run())
            self._choices.addWidget(button)
        self._choices.addStretch(1)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for parts, room in ((self._body, NARROW), (self._choices, NARROWEST)):
            is_narrow = self.width() < px(room)
            way = QBoxLayout.Direction
            parts.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        # it gives way before the panels beside it are cut
        return QSize(px(LEAST), super().minimumSizeHint().height())

    def withdraw(self, sentence: str) -> None:
        """Hide where this is still what is said."""
        if self.words.text() == sentence:
            self.hide()

    def _on_theme_changed(self) -> None:
        self.close_button.setIcon(icon("close", self._theme.tokens.text_muted))
