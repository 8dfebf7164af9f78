"""The stop-watch: contestants take turns, and medians are compared."""

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Contestant = Callable[[], object] | tuple[Callable[[], Any], Callable[[Any], object]]
"""What is timed; or how to prepare a value, untimed, and what is timed with it."""


@dataclass(frozen=True)
class Row:
    """One comparison: a subject's median beside its floor's or peer's, in the same unit.

    ``target`` bounds the ratio subject ÷ floor: from above, or from below where more is
    better (``at_least``). ``limit`` bounds the figure itself from above, in its unit. Where both
    are None, it is a figure for information.
    """

    subject: str
    value: float
    floor: str
    floor_value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    limit: float | None = None

    @property
    def ratio(self) -> float:
        """Subject ÷ floor."""
        return self.value / self.floor_value

    @property
    def met(self) -> bool | None:
        """Whether the targets hold; None without one."""
        found = [holds for _, holds in self.targets]
        return all(found) if found else None

    @property
    def targets(self) -> list[tuple[str, bool]]:
        """What is wanted, in a few signs, and whether it holds."""
        wanted = []
        if self.target is not None:
            is_less, is_more = self.ratio <= self.target, self.ratio >= self.target
            sign, holds = ("≥", is_more) if self.at_least else ("≤", is_less)
            wanted.append((f"{sign} {self.target:g}", holds))
        if self.limit is not None:
            wanted.append((f"≤ {self.limit:g} {self.unit}", self.value <= self.limit))
        return wanted


def interleaved(
    contestants: Mapping[str, Contestant],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, float]:
    """Give the median seconds of each contestant over ``rounds`` rounds.

    Every round runs each once, in alternating order, so that a busy machine slows all of
    them alike; a first round only warms up. The default clock is the processor time of
    this process, all its threads together.
    """
    times = every(contestants, rounds, clock)
    return {name: statistics.median(found) for name, found in times.items()}


def every(
    contestants: Mapping[str, Contestant],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, list[float]]:
    """As ``interleaved``, but all that was measured: the seconds of every round."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    gc.collect()
    gc.freeze()  # what is there already is not walked again: that would empty the caches
    for number in range(rounds + 1):
        order = list(contestants.items())
        for name, contestant in order if number % 2 else reversed(order):
            taken = _timed(contestant, clock)
            if number:
                times[name].append(taken)
    gc.unfreeze()
    return times


def gestures(
    contestants: Mapping[str, Callable[[Any], object]],
    steps: Callable[[], Iterable[Any]],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, list[float]]:
    """Give the seconds of every single step, where several in a row are one gesture.

    Contestants take turns gesture by gesture, all with the same steps: between two steps of a
    hand nothing else fills the processor's memory. A first round only warms up.
    """
    times: dict[str, list[float]] = {name: [] for name in contestants}
    gc.collect()
    gc.freeze()
    for number in range(rounds + 1):
        values = list(steps())
        order = list(contestants.items())
        for name, step in order if number % 2 else reversed(order):
            taken = _gesture(step, values, clock)
            if number:
                times[name] += taken
    gc.unfreeze()
    return times


def _gesture(
    step: Callable[[Any], object], values: Iterable[Any], clock: Callable[[], float]
) -> list[float]:
    gc.collect()
    gc.disable()
    try:
        return [_once(step, value, clock) for value in values]
    finally:
        gc.enable()


def _once(step: Callable[[Any], object], value: object, clock: Callable[[], float]) -> float:
    start = clock()
    step(value)
    return clock() - start


def _timed(contestant: Contestant, clock: Callable[[], float]) -> float:
    prepare, work = contestant if isinstance(contestant, tuple) else (tuple, lambda _: contestant())
    value = prepare()
    gc.collect()
    gc.disable()  # as timeit does: a collection falls upon whoever happens to be running
    try:
        return _once(work, value, clock)
    finally:
        gc.enable()


def returned(contestants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Give the median of what each contestant returns, by turns as ``interleaved``."""
    found: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        order = list(contestants.items())
        for name, contestant in order if number % 2 else reversed(order):
            found[name].append(contestant())
    return {name: statistics.median(values) for name, values in found.items()}
