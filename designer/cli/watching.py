"""What the terminal shows of a run: a bar that moves, or a JSON object a line."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from types import FrameType

from designer.cli.terminal import Terminal, plain
from designer.engine.watcher import Watcher
from designer.protocol.reports import EpochDone, RunFinished, RunStarted

CELLS = 24
"""Width of the bar."""

REDRAW = 0.1
"""Seconds between two drawings of it."""


class TerminalWatcher(Watcher):
    """Tells a terminal how a run goes; a signal asks the run to stop."""

    def __init__(self, terminal: Terminal, with_steps: bool) -> None:
        self._terminal = terminal
        self._with_steps = with_steps
        self._stop = False
        self._run: RunStarted | None = None
        self._begun = self._drawn = 0.0

    def preparing(self, what: str) -> None:
        self._terminal.say(f"{what} …")

    def started(self, run: RunStarted) -> None:
        self._run, self._begun = run, time.perf_counter()
        picked = f" ({run.picked})" if run.picked else ""
        self._terminal.say(
            f"{plain(run.folder)}: {run.epochs} × {run.steps_per_epoch} steps "
            f"on {run.device}{picked}"
        )

    def steps_done(self, first: int, losses: list[float], accuracies: list[float]) -> None:
        if self._with_steps:
            rows = enumerate(zip(losses, accuracies, strict=True), first)
            for step, (loss, accuracy) in rows:
                self._terminal.event(
                    {"event": "step", "step": step, "loss": loss, "accuracy": accuracy}
                )
        now = time.perf_counter()
        if self._terminal.is_live and now - self._drawn > REDRAW:
            self._drawn = now
            self._draw(first + len(losses) - 1, losses[-1], now)

    def epoch_done(self, epoch: EpochDone) -> None:
        self._terminal.event({"event": "epoch", **asdict(epoch)})
        epochs = self._run.epochs if self._run else epoch.epoch
        start, end = ("\r", "\x1b[K\n") if self._terminal.is_live else ("", "\n")
        best = "  best" if epoch.is_best else ""
        self._terminal.write_message(
            f"{start}epoch {epoch.epoch}/{epochs}  "
            f"loss {epoch.train_loss:.4f}, {epoch.train_accuracy:.2%}  "
            f"validation {epoch.val_loss:.4f}, {epoch.val_accuracy:.2%}{best}{end}"
        )

    def should_stop(self) -> bool:
        return self._stop

    @contextmanager
    def stopping_on_signals(self) -> Iterator[None]:
        """Let the first Ctrl+C (or SIGTERM) end the run with a checkpoint, the second at once."""
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

        def stop(number: int, frame: FrameType | None) -> None:
            self._stop = True
            signal.signal(number, before[signal.Signals(number)])

        for number in before:
            signal.signal(number, stop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _draw(self, done: int, loss: float, now: float) -> None:
        if self._run is None:
            return
        total = self._run.epochs * self._run.steps_per_epoch
        speed = (done - self._run.steps_done) / max(now - self._begun, 1e-9)
        filled = CELLS * done // total
        epoch = (done - 1) // self._run.steps_per_epoch + 1
        line = (
            f"epoch {epoch}/{self._run.epochs} {'█' * filled}{'░' * (CELLS - filled)} "
            f"{speed:,.0f} steps/s, {(total - done) / max(speed, 1e-9):,.0f} s left, "
            f"loss {loss:.4f}"
        )
        # a line that wraps could not be drawn over
        columns = shutil.get_terminal_size().columns - 1
        self._terminal.write_message(f"\r{line[:columns]}\x1b[K")


def finished_event(result: RunFinished, folder: str) -> dict[str, object]:
    """The last line of a run that went well."""
    return {"event": "finished", **asdict(result), "run": folder}
