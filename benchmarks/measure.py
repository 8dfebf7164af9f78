"""The stop-watch: contestants take turns, and medians are compared."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Contestant = Callable[[], object] | tuple[Callable[[], Any], Callable[[Any], object]]
"""What is timed; or how to prepare a value, untimed, and what is timed with it."""


@dataclass(frozen=True)
class Row:
    """One comparison: a subject's median beside its floor's or peer's, in the same unit.

    ``target`` bounds the ratio subject ÷ floor: from above, or from below where more is
    better (``at_least``); None is a figure for information.
    """

    subject: str
    value: float
    floor: str
    floor_value: float
    unit: str
    target: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """Subject ÷ floor."""
        return self.value / self.floor_value

    @property
    def met(self) -> bool | None:
        """Whether the target holds; None without a target."""
        if self.target is None:
            return None
        return self.ratio >= self.target if self.at_least else self.ratio <= self.target


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


def _timed(contestant: Contestant, clock: Callable[[], float]) -> float:
    prepare, work = contestant if isinstance(contestant, tuple) else (tuple, lambda _: contestant())
    value = prepare()
    gc.collect()
    gc.disable()  # as timeit does: a collection falls upon whoever happens to be running
    try:
        start = clock()
        work(value)
        return clock() - start
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
