"""The host of the engine: a helper that answers, a spare that becomes the next run."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QObject, QTimer, Signal

from designer.app.engine_process import EngineProcess
from designer.protocol.reports import (
    DataDownloaded,
    DataPreviewed,
    DataRefused,
    Device,
    DownloadProgress,
    Ready,
)
from designer.protocol.requests import DownloadData, PreviewData

PAUSE_BEFORE_SPARE = 3000
"""Milliseconds after which a new spare loads torch; the run before it has its first steps then."""
PAUSE_BEFORE_HELPER = 2000
"""Milliseconds that the spare has for warming up before the helper loads torch as well."""
MOST_RESTARTS = 3


class EngineHost(QObject):
    """Keeps two processes with torch waiting; started after the first paint, never waited for."""

    ready = Signal()
    """torch is loaded somewhere, and the devices are known."""
    failed = Signal(str)
    """The engine does not start; the sentence says why."""
    previewed = Signal(object)
    """DataPreviewed, DataRefused, DownloadProgress or DataDownloaded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.devices: tuple[Device, ...] = ()
        self.torch = ""
        self._helper: EngineProcess | None = None
        self._spare: EngineProcess | None = None
        self._runs: list[EngineProcess] = []
        self._tickets = itertools.count(1)
        self._restarts = 0
        self._has_left = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._keep_spare)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_BEFORE_HELPER)
        self._later.timeout.connect(self._keep_helper)

    def start(self) -> None:
        """Start the spare, and the helper after it: a run is what people wait for."""
        self._keep_spare()

    @property
    def device_names(self) -> tuple[str, ...]:
        """What can stand as a device in the training settings here."""
        return ("auto", *(device.name for device in self.devices or (Device("cpu", ""),)))

    def take_spare(self) -> EngineProcess:
        """Hand over a process for a run; another one will wait in its place."""
        self._keep_spare()
        process, self._spare = self._spare, None
        assert process is not None
        process.heard.disconnect(self._on_heard)
        process.ended.disconnect(self._on_spare_ended)
        self._runs.append(process)
        process.ended.connect(self._on_run_ended)
        self._pause.start(PAUSE_BEFORE_SPARE)
        return process

    def preview(self, source: str, base: str, validation: float) -> int:
        """Ask for the numbers and some images of a data set; the answer carries this ticket."""
        ticket = next(self._tickets)
        self._ask(PreviewData(ticket, source, base, validation))
        return ticket

    def download(self, name: str) -> int:
        """Ask for a data set from the network; the answers carry this ticket."""
        ticket = next(self._tickets)
        self._ask(DownloadData(ticket, name))
        return ticket

    def leave(self) -> None:
        """End all processes: a run gets the time to write a checkpoint."""
        self._has_left = True
        self._pause.stop()
        self._later.stop()
        waiting = [process for process in (self._helper, self._spare) if process]
        for process in (*waiting, *self._runs):
            process.end_input()
        for process in waiting:
            process.kill()
        for process in (*self._runs, *waiting):
            process.leave(4500)

    def _ask(self, request: PreviewData | DownloadData) -> None:
        self._keep_helper()
        assert self._helper is not None
        self._helper.ask(request)

    def _keep_helper(self) -> None:
        if self._helper is None and not self._has_left:
            self._helper = EngineProcess(parent=self)
            self._helper.heard.connect(self._on_heard)
            self._helper.ended.connect(self._on_helper_ended)
            self._helper.start()

    def _keep_spare(self) -> None:
        if self._spare is None and not self._has_left:
            self._spare = EngineProcess("--spare", parent=self)
            self._spare.heard.connect(self._on_heard)
            self._spare.ended.connect(self._on_spare_ended)
            self._spare.start()

    def _on_heard(self, report: object) -> None:
        if isinstance(report, Ready):
            self.devices, self.torch, self._restarts = report.devices, report.torch, 0
            self.ready.emit()
            self._later.start()
        elif isinstance(report, DataPreviewed | DataRefused | DownloadProgress | DataDownloaded):
            self.previewed.emit(report)

    def _on_helper_ended(self, complaint: str) -> None:
        self._discard(self._helper)
        self._helper = None
        self._restart(self._keep_helper, complaint)

    def _on_spare_ended(self, complaint: str) -> None:
        self._discard(self._spare)
        self._spare = None
        self._restart(self._keep_spare, complaint)

    def _restart(self, keep: object, complaint: str) -> None:
        if self._has_left:
            return
        self._restarts += 1
        if self._restarts > MOST_RESTARTS:
            last = complaint.strip().splitlines()[-1:] or ["it said nothing"]
            self.failed.emit(f"The training engine does not start: {last[0][:300]}")
            return
        assert callable(keep)
        QTimer.singleShot(500 * self._restarts, self, keep)

    def _on_run_ended(self) -> None:
        """Let go of what has ended.

        No closure here: a signal that holds the host alive would end it in the middle of the
        process's own destructor.
        """
        for process in [p for p in self._runs if not p.is_running]:
            self._runs.remove(process)
            process.deleteLater()

    @staticmethod
    def _discard(process: EngineProcess | None) -> None:
        if process is not None:
            process.deleteLater()
