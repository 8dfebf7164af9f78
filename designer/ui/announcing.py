"""What a reader says aloud though the focus stays: faults that come and go, and how a run ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from designer.app.training_run import TrainingRun
from designer.core.diagnostic import Diagnostic
from designer.ui.figures import count
from designer.ui.training import words as written

if TYPE_CHECKING:
    from designer.app.trainer import Trainer
    from designer.ui.main_window import MainWindow

PAUSE = 600
"""Milliseconds without another edit, after which it is said what the edits came to."""


class Announcer(QObject):
    """Follows session, selection and trainer; costs nothing where no reader runs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._known = self._faults()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._tell_faults)
        window.session.changed.connect(self._on_changed)
        window.session.opened.connect(self._on_opened)
        window.session.refused.connect(self.say)
        window.canvas.refused.connect(self.say)
        window.selection.changed.connect(self._on_selection_changed)

    def follow(self, trainer: Trainer) -> None:
        """Tell of the runs of a trainer, too."""
        trainer.began.connect(self._on_began)
        trainer.refused.connect(self.say)

    def say(self, words: str) -> None:
        """Say a sentence, where a reader runs."""
        if QAccessible.isActive() and words:
            _tell(self._window, words)

    def _faults(self) -> tuple[Diagnostic, ...]:
        found = self._window.session.analysis.diagnostics
        return tuple(fault for fault in found if fault.severity != "hint")

    def _on_changed(self) -> None:
        if QAccessible.isActive():
            self._soon.start()

    def _on_opened(self) -> None:
        self._known = ()
        self._on_changed()

    def _tell_faults(self) -> None:
        """Say the first fault that was not there before, or that none is left."""
        before, self._known = self._known, self._faults()
        new = [fault for fault in self._known if fault not in before]
        if new:
            more = f"{count(len(new), 'new problem')}, " if len(new) > 1 else ""
            self.say(f"{more}{new[0].severity}: {new[0].message}")
        elif before and not self._known:
            self.say("no problems any more")

    def _on_selection_changed(self) -> None:
        nodes = len(self._window.selection.nodes)
        if nodes > 1:
            self.say(f"{count(nodes, 'node')} selected")

    def _on_began(self, run: TrainingRun) -> None:
        self.say(f"Run {run.number} began")
        run.ended.connect(lambda: self.say(ending(run)))


def ending(run: TrainingRun) -> str:
    """How a run ended, in a sentence."""
    told = f"Run {run.number} {run.stage}"
    if run.failure is not None:
        return f"{told}: {run.failure.sentence}"
    if run.result is not None:
        return f"{told}, test accuracy {written.percent(run.result.test_accuracy)}"
    if run.best is not None:
        return f"{told}, best on validation {written.percent(run.best.val_accuracy)}"
    return told


def _tell(window: QObject, words: str) -> None:
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(window, words))
