"""The record of a run: its metrics and its state, written into its folder while it goes on."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from designer.engine.watcher import Watcher
from designer.protocol.reports import EpochDone, RunFinished, RunStarted
from designer.storage import runs
from designer.storage.metrics import METRICS, cut_metrics
from designer.storage.runs import RunSettings, RunState


class RunRecord:
    """Hears the script's reports, writes them into the folder and passes them on."""

    def __init__(self, folder: Path, change: str, watcher: Watcher) -> None:
        self._folder, self._watcher = folder, watcher
        self.settings: RunSettings | None = None
        """The resolved settings, which `started` passes on."""
        before = runs.read_run(folder)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._state = RunState("running", now, change)
        if before is not None:
            self._state = replace(before.state, state="running")
        self._write()

    def started(self, epochs: int, steps_per_epoch: int, steps_done: int) -> None:
        """Drop the steps that a checkpoint does not cover, and begin to write."""
        done = steps_done // steps_per_epoch
        cut_metrics(self._folder, steps_done, done)
        self._file = (self._folder / METRICS).open("ab")
        self._update(epochs=epochs, epochs_done=done)
        assert self.settings is not None
        training = self.settings.training
        self._watcher.started(
            RunStarted(
                str(self._folder),
                epochs,
                steps_per_epoch,
                steps_done,
                training.device,
                training.threads or 1,
                training.memory_format,
                training.precision,
                self.settings.picked,
            )
        )

    def steps_done(self, first: int, losses: list[float], accuracies: list[float]) -> None:
        """Write a line a step."""
        rows = enumerate(zip(losses, accuracies, strict=True), first)
        self._append(
            {"event": "step", "step": step, "loss": loss, "accuracy": accuracy}
            for step, (loss, accuracy) in rows
        )
        self._watcher.steps_done(first, losses, accuracies)

    def epoch_done(self, epoch: Any) -> None:
        """Write a line, and how the run stands."""
        values = asdict(epoch)
        self._append([{"event": "epoch", **values}])
        best = max(self._state.val_accuracy or 0.0, epoch.val_accuracy)
        self._update(epochs_done=epoch.epoch, val_accuracy=best)
        self._watcher.epoch_done(EpochDone(**values))

    def should_stop(self) -> bool:
        """Ask whoever watches."""
        return self._watcher.should_stop()

    def finished(self, result: RunFinished) -> None:
        """Write what the run came to."""
        self._update(
            state="finished",
            val_accuracy=result.val_accuracy,
            test_accuracy=result.test_accuracy,
        )
        self._watcher.finished(result)

    def ended(self, state: runs.State, sentence: str = "") -> None:
        """Write that the run was stopped or failed."""
        self._update(state=state, sentence=sentence)

    def close(self) -> None:
        """Close the metrics, where they were begun."""
        if file := getattr(self, "_file", None):
            file.close()

    def _append(self, rows: Any) -> None:
        self._file.write("".join(json.dumps(row) + "\n" for row in rows).encode())
        self._file.flush()

    def _update(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self._write()

    def _write(self) -> None:
        runs.write_state(self._folder, self._state)
