"""Faults of a node in words, each with a button for every fix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from designer.core.diagnostic import Diagnostic, Fix
from designer.ui.figures import unbroken
from designer.ui.parts import Ink, clear, column, label
from designer.ui.theme.fonts import SECONDARY, words

INKS: dict[str, Ink] = {"error": "error", "warning": "warning", "hint": "muted"}


class FaultList(QFrame):
    """Sentences and fixes; `fix_chosen` carries the Fix."""

    fix_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: QVBoxLayout = column(self, 0, 4)

    def show_faults(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Show these, and hide where there are none."""
        clear(self._layout)
        for diagnostic in diagnostics:
            ink = INKS[diagnostic.severity]
            self._layout.addWidget(label(unbroken(diagnostic.message), "secondary", ink, wrap=True))
            for fix in diagnostic.fixes:
                self._layout.addWidget(self._button(fix), 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(diagnostics))

    def _button(self, fix: Fix) -> QPushButton:
        button = fix_button(fix)
        button.clicked.connect(lambda: self.fix_chosen.emit(fix))
        return button


def fix_button(fix: Fix) -> QPushButton:
    """A button that is worded as the fix is."""
    button = QPushButton(fix.label.replace("&", "&&"))
    button.setProperty("link", True)
    button.setFont(words(SECONDARY, strong=True))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setToolTip(f"Apply: {fix.edit.label}")
    return button
