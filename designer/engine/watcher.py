"""The watcher of a run: what hears of it besides its folder."""

from __future__ import annotations

from designer.protocol.reports import EpochDone, RunFinished, RunStarted
from designer.storage.metrics import Metrics


class Watcher:
    """Hears what a run does; every method may stay as it is. Called from the training loop."""

    def preparing(self, what: str) -> None:
        """Something takes time before the first step."""

    def recalled(self, before: Metrics) -> None:
        """A run that goes on has these numbers already, some perhaps behind its checkpoint."""

    def started(self, run: RunStarted) -> None:
        """The first step comes next."""

    def steps_done(self, first: int, losses: list[float], accuracies: list[float]) -> None:
        """Steps are done, `first` is the number of the first of them, from 1."""

    def epoch_done(self, epoch: EpochDone) -> None:
        """An epoch is done and on the disk."""

    def finished(self, result: RunFinished) -> None:
        """The run is complete."""

    def should_stop(self) -> bool:
        """Whether the run shall end soon; asked before every step."""
        return False
