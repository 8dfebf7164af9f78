"""The button of a fix: pressed it mends, pointed at it lets the canvas show what it would do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from designer.core.diagnostic import Fix
from designer.ui.parts import set_tip
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import set_words


class FixButton(QPushButton):
    """A button that is worded as the fix is.

    `pointed` carries the fix while the pointer or the keyboard is on the button, and None after.
    """

    pointed = Signal(object)

    def __init__(self, fix: Fix, parent: QWidget | None = None) -> None:
        super().__init__(fix.label.replace("&", "&&"), parent)
        self.fix = fix
        self._is_pointed = False
        self.setProperty("link", True)
        set_words(self, SECONDARY, strong=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, f"Apply: {fix.edit.label}")

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._point(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._point(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._point(False)

    def _point(self, on: bool) -> None:
        if on != self._is_pointed:
            self._is_pointed = on
            self.pointed.emit(self.fix if on else None)
