"""Faults of a node in words, each with a button for every fix."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from designer.core.diagnostic import Diagnostic, Fix
from designer.ui.figures import unbroken
from designer.ui.fix_button import FixButton
from designer.ui.parts import INKS, clear, column, label


class FaultList(QFrame):
    """Sentences and fixes; `fix_chosen` carries the Fix, `fix_pointed` one that is looked at."""

    fix_chosen = Signal(object)
    fix_pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: QVBoxLayout = column(self, 0, 4)
        self.shown: list[tuple[Diagnostic, bool]] = []
        """The faults, and whether each is said elsewhere; another list where widgets were made."""
        self.hide()

    def show_faults(
        self, diagnostics: Sequence[Diagnostic], said: Container[Diagnostic] = ()
    ) -> None:
        """Show these; of those that are said elsewhere, the fixes alone. Hide where none are."""
        shown = [(diagnostic, diagnostic in said) for diagnostic in diagnostics]
        if shown == self.shown:
            return
        self.shown = shown
        clear(self._layout)
        for diagnostic, is_said in shown:
            if not is_said:
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
