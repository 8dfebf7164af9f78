"""The question mark that opens a page of help."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton, QWidget

from designer.app.keymap import KeyMap
from designer.ui.key_tip import KeyTip
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import fix_size, set_words


class QuestionMark(QToolButton):
    """A small button; its tooltip says what it explains, and the key that does it, too."""

    def __init__(self, tip: str, keys: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText("?")
        set_words(self, SECONDARY, strong=True)
        KeyTip(self, f"{tip} ({{help.explain_this}})", keys)
        self.setAccessibleName(tip)
        fix_size(self, width=22, height=22)
