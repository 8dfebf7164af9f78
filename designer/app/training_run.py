"""A run as the window follows it: its state, its numbers, and the wish to stop."""

from __future__ import annotations

import shutil
import time
from collections import deque
from pathlib import Path
from typing import Literal

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from designer.app.engine_process import EngineProcess
from designer.app.series import Series
from designer.protocol import reports
from designer.protocol.requests import ContinueRun, Shutdown, StartRun, StopRun
from designer.storage import runs

Stage = Literal["preparing", "training", "stopping", "finished", "stopped", "failed"]

PATIENCE = 1700
"""Milliseconds after which a run that does not stop is ended; its last checkpoint stays."""
SPEED_SECONDS = 3.0


class TrainingRun(QObject):
    """One run: `changed` when its stage or a fact differs, `grew` when numbers have come."""

    changed = Signal()
    grew = Signal()
    ended = Signal()
    gone = Signal()
    """The process has ended: nothing is written to the run's folder any more."""

    def __init__(self, process: EngineProcess, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.number = runs.run_number(self.folder)
        self.stage: Stage = "preparing"
        self.note = "loading the engine"
        self.started: reports.RunStarted | None = None
        self.memory: reports.MemoryUsed | None = None
        self.result: reports.RunFinished | None = None
        self.failure: reports.RunFailed | None = None
        self.losses, self.accuracies = Series(), Series()
        self.epochs: list[reports.EpochDone] = []
        self._pace: deque[tuple[float, int]] = deque()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._on_patience_over)
        self._process = process
        process.heard.connect(self._on_heard)
        process.ended.connect(self._on_ended)
        self._has_begun = False

    @property
    def is_active(self) -> bool:
        """Whether the run still goes on."""
        return self.stage in ("preparing", "training", "stopping")

    @property
    def steps(self) -> int:
        """Steps done."""
        return len(self.losses)

    @property
    def total_steps(self) -> int:
        """Steps of the whole run; 0 until the first one."""
        return self.started.epochs * self.started.steps_per_epoch if self.started else 0

    @property
    def best(self) -> reports.EpochDone | None:
        """The epoch whose weights are kept."""
        return max(self.epochs, key=lambda e: (e.val_accuracy, -e.val_loss), default=None)

    @property
    def speed(self) -> float | None:
        """Steps a second over the last seconds, validation included."""
        if len(self._pace) < 2:
            return None
        (begin, first), (end, last) = self._pace[0], self._pace[-1]
        return (last - first) / (end - begin) if end > begin else None

    @property
    def seconds_left(self) -> float | None:
        """Seconds to go at this speed."""
        speed = self.speed
        return (self.total_steps - self.steps) / speed if speed and self.total_steps else None

    def begin(self, request: StartRun | ContinueRun) -> None:
        """Send what the process is waiting for, unless the run was stopped before that."""
        if self.stage == "preparing":
            self._has_begun = True
            self._process.ask(request)

    def stop(self) -> None:
        """Ask the run to stop; it is gone after two seconds at most, its last state kept."""
        if not self._has_begun and self.is_active:
            self._end("stopped")
        elif self.stage in ("preparing", "training"):
            self._process.ask(StopRun())
            self._patience.start()
            self._become("stopping")

    def _recall(self, numbers: Path) -> None:
        """Take the numbers that a run which goes on has already, and delete their files."""
        steps, epochs = (np.load(numbers / name) for name in ("steps.npy", "epochs.npy"))
        shutil.rmtree(numbers, ignore_errors=True)
        self.losses.extend(0, steps[0])
        self.accuracies.extend(0, steps[1])
        self.epochs = [
            reports.EpochDone(int(epoch), loss, accuracy, val_loss, val_accuracy, bool(is_best))
            for epoch, loss, accuracy, val_loss, val_accuracy, is_best in epochs.tolist()
        ]
        self.grew.emit()

    def _on_heard(self, report: object) -> None:
        match report:
            case reports.Ready():
                self._note("preparing")
            case reports.Preparing(what):
                self._note(what)
            case reports.RunRecalled(numbers):
                self._recall(Path(numbers))
            case reports.RunStarted():
                self._on_started(report)
            case reports.StepsDone(first, losses, accuracies):
                self.losses.extend(first - 1, losses)
                self.accuracies.extend(first - 1, accuracies)
                self._keep_pace()
                self.grew.emit()
            case reports.EpochDone():
                self.epochs.append(report)
                self.changed.emit()
            case reports.MemoryUsed():
                self.memory = report
                self.changed.emit()
            case _:
                self._on_outcome(report)

    def _on_outcome(self, report: object) -> None:
        if isinstance(report, reports.RunFinished):
            self.result = report
            self._end("finished")
        elif isinstance(report, reports.RunStopped):
            self._end("stopped")
        elif isinstance(report, reports.RunFailed):
            self.failure = report
            self._end("failed")

    def _on_started(self, report: reports.RunStarted) -> None:
        self.started = report
        for series in (self.losses, self.accuracies):
            series.extend(report.steps_done, ())
        done = report.steps_done // report.steps_per_epoch
        self.epochs = [epoch for epoch in self.epochs if epoch.epoch <= done]
        if self.stage == "preparing":
            self._become("training")

    def _on_ended(self, complaint: str) -> None:
        """The process is gone; where it said nothing, it was ended from outside."""
        if self.stage == "stopping":
            self._end("stopped")
        elif self.is_active:
            sentence = "The run was ended by the system, perhaps because the memory is full"
            suggestion = "Try a smaller batch size; the last checkpoint is kept."
            self.failure = reports.RunFailed(sentence, suggestion, complaint)
            self._end("failed")
        self.gone.emit()

    def _on_patience_over(self) -> None:
        self._process.kill()

    def _keep_pace(self) -> None:
        now = time.monotonic()
        self._pace.append((now, self.steps))
        while now - self._pace[0][0] > SPEED_SECONDS:
            self._pace.popleft()

    def _note(self, text: str) -> None:
        self.note = text
        self.changed.emit()

    def _become(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()

    def _end(self, stage: Stage) -> None:
        self._patience.stop()
        if self._process.is_running:
            self._process.ask(Shutdown())
            self._process.end_input()
        self._become(stage)
        self.ended.emit()
