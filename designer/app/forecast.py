"""The forecast of a session: what training its design needs, and how much would fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from designer.app.background import Background
from designer.app.session import Session
from designer.core.change import Change
from designer.core.machine import free_memory
from designer.core.training_memory import TrainingMemory, training_memory
from designer.protocol.reports import Device

PAUSE = 120
"""Milliseconds after an edit: a forecast takes 10 for 1,000 nodes, and typing goes on."""
PATIENCE = 0.02
"""Seconds that the window waits for one; what takes longer comes later."""


class Forecast(QObject):
    """Follows a session; `memory` is None until every node is known.

    `room` are the bytes that training may take where the settings say it runs: what is free of
    the main memory, or what a GPU has; 0 where nobody knows.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        free: Callable[[], int] = free_memory,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._free = session, free
        self._devices: tuple[Device, ...] = ()
        self._is_known = False
        self._reader = Background(self)
        self.memory: TrainingMemory | None = None
        self.room = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.refresh)
        session.changed.connect(self._on_changed)

    @property
    def batch(self) -> int:
        """Images a step."""
        return self._session.design.training.batch_size

    @property
    def peak(self) -> int | None:
        """Bytes that a step needs."""
        return self.memory.peak(self.batch) if self.memory else None

    @property
    def largest_batch(self) -> int | None:
        """How many images would fit; None where that is not known."""
        return self.memory.largest_batch(self.room) if self.memory and self.room else None

    @property
    def device(self) -> Device:
        """Where training will run, as far as that is known here."""
        name = self._session.design.training.device
        by_name = {device.name: device for device in self._devices}
        if name == "auto":
            gpus = [device for device in self._devices if device.name != "cpu"]
            return gpus[0] if gpus else by_name.get("cpu", Device("cpu", ""))
        return by_name.get("cuda:0" if name == "cuda" else name, Device(name, ""))

    def set_devices(self, devices: tuple[Device, ...]) -> None:
        """Learn what this machine has."""
        self._devices = devices
        self.refresh()

    def refresh(self) -> None:
        """Ask anew, and tell."""
        self._pause.stop()
        self._is_known = True
        if not self._session.is_analysed:
            self._reader.forget()
            self._on_known(None)
            return
        analysis, training = self._session.analysis, self._session.design.training
        device = self.device.name
        work = partial(training_memory, analysis, training, device)
        self._reader.ask(work, self._on_known, PATIENCE)

    def _on_known(self, memory: TrainingMemory | None) -> None:
        device = self.device
        self.memory = memory
        self.room = self._free() if device.name == "cpu" else device.memory
        self.changed.emit()

    def _on_changed(self, change: Change) -> None:
        if change.graph or change.settings or not self._is_known:
            self._pause.start()
