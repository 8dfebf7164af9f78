"""The worker: an engine process with torch ready, which becomes a run when asked."""

from __future__ import annotations

import gc
import os
import queue
import threading
import time
from pathlib import Path

import torch

from designer.core.design import Design
from designer.engine import recall, run
from designer.engine.channel import Channel
from designer.engine.devices import devices, memory
from designer.engine.fault import RunEnded, RunFault
from designer.engine.warm import warm_up
from designer.engine.watcher import Watcher
from designer.protocol.reports import (
    EpochDone,
    MemoryUsed,
    Preparing,
    Ready,
    RunFailed,
    RunFinished,
    RunRecalled,
    RunStarted,
    RunStopped,
    StepsDone,
    StopHeard,
)
from designer.protocol.requests import (
    ContinueRun,
    Request,
    Shutdown,
    StartRun,
    StopRun,
)
from designer.storage import StorageError, from_text
from designer.storage.metrics import Metrics

SECONDS_TO_LEAVE = 4.0
"""How long a process whose window is gone may still write its checkpoint."""


class Worker(Watcher):
    """Serves requests one after the other; as a watcher, sends what a run tells."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._device = torch.device("cpu")
        self._memory_at = 0.0

    def serve(self) -> None:
        """Announce this process, then do what is asked until the window is gone."""
        self._channel.attach(self._hear)
        self._channel.send(Ready(torch.__version__, devices(), os.cpu_count() or 1))
        warm_up()
        gc.freeze()  # half a million objects of torch: no collection in a run looks at them again
        while not isinstance(request := self._requests.get(), Shutdown | None):
            if isinstance(request, StartRun | ContinueRun):
                self._channel.send(self._run(request))

    def _hear(self, request: Request | None) -> None:
        """Receive a request; called from the thread that reads."""
        if request is None or isinstance(request, StopRun | Shutdown):
            self._stop.set()
        if isinstance(request, StopRun):
            self._channel.send(StopHeard())
            return
        if request is None:
            timer = threading.Timer(SECONDS_TO_LEAVE, os._exit, [1])
            timer.daemon = True
            timer.start()
        self._requests.put(request)

    def _run(self, request: StartRun | ContinueRun) -> RunFinished | RunStopped | RunFailed:
        folder = Path(request.folder)
        try:
            if isinstance(request, ContinueRun):
                return run.resume(folder, self)
            base = Path(request.base) if request.base else None
            return run.train(_design(request), folder, self, base, request.change)
        except RunEnded:
            return RunStopped()
        except RunFault as fault:
            return RunFailed(fault.sentence, fault.suggestion)

    def preparing(self, what: str) -> None:
        self._channel.send(Preparing(what))

    def recalled(self, before: Metrics) -> None:
        self._channel.send(RunRecalled(recall.lay_out(before)))

    def started(self, run: RunStarted) -> None:
        self._device = torch.device(run.device)
        self._channel.send(run)

    def steps_done(self, first: int, losses: list[float], accuracies: list[float]) -> None:
        self._channel.send(StepsDone(first, tuple(losses), tuple(accuracies)))
        now = time.monotonic()
        if now - self._memory_at > 1:
            self._memory_at = now
            self._channel.send(MemoryUsed(*memory(self._device)))

    def epoch_done(self, epoch: EpochDone) -> None:
        self._channel.send(epoch)

    def should_stop(self) -> bool:
        return self._stop.is_set()


def _design(request: StartRun) -> Design:
    try:
        return from_text(request.project)
    except StorageError as error:
        raise RunFault(f"The project cannot be read: {error}") from None
