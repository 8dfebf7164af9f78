"""Faults of a node in words, each with a button for every fix."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from designer.core.diagnostic import Diagnostic, Fix
from designer.ui.figures import unbroken
from designer.ui.parts import INKS, clear, column, label, set_tip
from designer.ui.theme.fonts import SECONDARY, words


class FaultList(QFrame):
    """Sentences and fixes; `fix_chosen` carries the Fix, `fix_pointed` one that is looked at."""

    fix_chosen = Signal(object)
    fix_pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: QVBoxLayout = column(self, 0, 4)

    def show_faults(
        self, diagnostics: Sequence[Diagnostic], said: Container[Diagnostic] = ()
    ) -> None:
        """Show these; of those that are said elsewhere, the fixes alone. Hide where none are."""
        clear(self._layout)
        for diagnostic in diagnostics:
            if diagnostic not in said:
                message, ink = unbroken(diagnostic.message), INKS[diagnostic.severity]
                self._layout.addWidget(label(message, "secondary", ink, wrap=True))
            for fix in diagnostic.fixes:
                self._layout.addWidget(self._button(fix), 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(self._layout.count() > 0)

    def _button(self, fix: Fix) -> QPushButton:
        button = FixButton(fix)
        button.clicked.connect(lambda: self.fix_chosen.emit(fix))
        button.pointed.connect(self.fix_pointed)
        return button


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
        self.setFont(words(SECONDARY, strong=True))
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
