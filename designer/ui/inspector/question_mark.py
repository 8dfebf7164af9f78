"""The question mark that opens a page of help."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget

from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import fix_size, set_words


class QuestionMark(QToolButton):
    """A small button; its tooltip says what it explains."""

    def __init__(self, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("?")
        set_words(self, SECONDARY, strong=True)
        self.setToolTip(tip)
        self.setAccessibleName(tip.partition(" (")[0])
        fix_size(self, width=22, height=22)
