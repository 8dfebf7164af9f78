"""Progress: what a run tells while it goes on, and how it is shown."""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from math import isfinite
from pathlib import Path

import torch
import torch.distributed as dist

from settings import Failure, Place


@dataclass(frozen=True)
class Epoch:
    """What one epoch came to; accuracies are shares from 0 to 1."""

    epoch: int
    train_loss: float
    train_accuracy: float
    val_loss: float
    val_accuracy: float
    is_best: bool


@dataclass(frozen=True)
class Result:
    """What a run came to: the weights of the best epoch, measured once on the test."""

    test_loss: float
    test_accuracy: float
    best_epoch: int
    val_accuracy: float


class Reporter:
    """Hears what a run does; every method may stay as it is."""

    def started(self, epochs: int, steps_per_epoch: int, steps_done: int) -> None:
        """The run begins, or goes on after so many steps."""

    def steps_done(
        self, first: int, losses: list[float], accuracies: list[float]
    ) -> None:
        """Some steps are done; `first` is the number of the first of them, from 1."""

    def epoch_done(self, epoch: Epoch) -> None:
        """An epoch is done, and its validation; its weights are written."""

    def should_stop(self) -> bool:
        """Say whether somebody wants the run to end; asked before every step."""
        return False


@dataclass
class Sums:
    """What the steps of an epoch add up to so far."""

    loss: float = 0.0
    hits: float = 0.0
    images: int = 0


class StepLog:
    """Losses and hits, kept on the device: no step waits for its own number."""

    def __init__(self, reporter: Reporter, place: Place) -> None:
        """Begin before the first step."""
        self.reporter, self.place, self.last = reporter, place, 0
        self.sums = Sums()
        self.losses: list[torch.Tensor] = []
        self.hits: list[torch.Tensor] = []
        self.sizes: list[int] = []
        self.read_at = time.perf_counter()

    def add(self, loss: torch.Tensor, hits: torch.Tensor, size: int) -> None:
        """Note one step on `size` images."""
        self.losses.append(loss)
        self.hits.append(hits)
        self.sizes.append(size)

    def is_due(self) -> bool:
        """Say whether to read: after 40 ms; several processes must agree on a step."""
        if self.place.world > 1:
            return len(self.losses) == 16
        return time.perf_counter() - self.read_at > 0.04

    def read(self) -> None:
        """Report the steps since the last time; end the run at a loss that is none."""
        self.read_at = time.perf_counter()
        if not self.losses:
            return
        losses, hits = self.numbers()
        shares = [hit / size for hit, size in zip(hits, self.sizes, strict=True)]
        count = next((i for i, x in enumerate(losses) if not isfinite(x)), len(losses))
        if self.place.leads and count:
            self.reporter.steps_done(self.last + 1, losses[:count], shares[:count])
        if count < len(losses):
            raise Failure(
                f"The loss became {losses[count]} at step {self.last + count + 1}",
                "Try a smaller learning rate; the last good checkpoint is kept.",
            )
        for loss, hit, size in zip(losses, hits, self.sizes, strict=True):
            self.sums.loss += loss * size
            self.sums.hits += hit
            self.sums.images += size
        self.last += count
        self.losses, self.hits, self.sizes = [], [], []

    def numbers(self) -> tuple[list[float], list[float]]:
        """Bring losses and hits from the device, summed up over the processes."""
        losses, hits = torch.stack(self.losses), torch.stack(self.hits)
        if self.place.world > 1:
            dist.all_reduce(losses)
            dist.all_reduce(hits)
            losses /= self.place.world
        return losses.tolist(), hits.tolist()


class Bar(Reporter):
    """Shows a bar on standard error, or a line an epoch where that is no terminal."""

    def started(self, epochs: int, steps_per_epoch: int, steps_done: int) -> None:
        """Remember how far there is to go."""
        self.epochs, self.per_epoch = epochs, steps_per_epoch
        self.begun, self.before = time.perf_counter(), steps_done

    def steps_done(
        self, first: int, losses: list[float], accuracies: list[float]
    ) -> None:
        """Draw the bar anew."""
        if not sys.stderr.isatty():
            return
        done, total = first + len(losses) - 1, self.epochs * self.per_epoch
        speed = (done - self.before) / (time.perf_counter() - self.begun)
        filled = 24 * done // total
        self.write(
            f"\repoch {(done - 1) // self.per_epoch + 1}/{self.epochs} "
            f"{'█' * filled}{'·' * (24 - filled)} {speed:,.0f} steps/s, "
            f"{(total - done) / speed:,.0f} s left, loss {losses[-1]:.4f}\x1b[K"
        )

    def epoch_done(self, epoch: Epoch) -> None:
        """Leave a line."""
        start, end = ("\r", "\x1b[K\n") if sys.stderr.isatty() else ("", "\n")
        self.write(
            f"{start}epoch {epoch.epoch}/{self.epochs}  "
            f"loss {epoch.train_loss:.4f}, {epoch.train_accuracy:.2%}  "
            f"validation {epoch.val_loss:.4f}, {epoch.val_accuracy:.2%}"
            f"{'  best' if epoch.is_best else ''}{end}"
        )

    def write(self, text: str) -> None:
        """Write to standard error at once, with signs that it knows."""
        encoding = sys.stderr.encoding or "ascii"
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding))
        sys.stderr.flush()


class JsonLines(Reporter):
    """Writes a JSON object a line to standard output: epochs, steps on request."""

    def __init__(self, with_steps: bool) -> None:
        """Write a line for every step where `with_steps`."""
        self.with_steps = with_steps

    def steps_done(
        self, first: int, losses: list[float], accuracies: list[float]
    ) -> None:
        """Write a line a step."""
        if self.with_steps:
            rows = enumerate(zip(losses, accuracies, strict=True), first)
            for step, (loss, accuracy) in rows:
                self.say("step", step=step, loss=loss, accuracy=accuracy)

    def epoch_done(self, epoch: Epoch) -> None:
        """Write a line."""
        self.say("epoch", **asdict(epoch))

    def finished(self, result: Result, folder: Path) -> None:
        """Write the last line."""
        self.say("finished", **asdict(result), run=str(folder))

    def say(self, event: str, **facts: object) -> None:
        """Write one object as one line, at once; a reader that is gone ends nothing."""
        try:
            print(json.dumps({"event": event, **facts}), flush=True)
        except BrokenPipeError:
            if "WORLD_SIZE" in os.environ:
                raise  # whoever started these processes is gone: they end as well
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
