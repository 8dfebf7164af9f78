"""A watchdog over the window's thread: how long it kept events waiting, and what it did then."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QEventLoop, Qt, QTimer

LIMIT = 0.05
"""Seconds that an event may wait at most."""
SAMPLE = 0.012
"""Seconds between two looks at what the thread does, the first so long after a tick."""
TICK_MS = 4
PACED = 0.05
"""Seconds between two looks at how fast the processor is: one takes half a millisecond."""
ATTEMPTS = 6
"""Times that a scenario may be played until it keeps the limit, on a machine that others use too.

Where nobody else computes, the longest gap is mostly half of the limit, and the first one does.
"""


Watch = Callable[[], contextlib.AbstractContextManager[None]]


@dataclass(frozen=True)
class Gap:
    """A time in which no event was handled.

    `held` is what the program itself is to blame for: computing, reading, waiting for a lock or
    for another process. `wall` also holds the time in which the thread, or one that held
    Python's lock, was ready to run, but other programs had the processor. `slowed` says how many
    times longer computing took than where the processor has its core to itself, just before or
    just after, whichever is less: `held` counts what it would have taken there.
    """

    held: float
    wall: float
    computed: float
    slowed: float
    collected: float
    calls: str

    def __str__(self) -> str:
        return (
            f"{self.held * 1e3:.0f} ms ({self.computed * 1e3:.0f} computing, of which "
            f"{self.collected * 1e3:.0f} collecting garbage, {self.slowed:.1f} times as long as "
            f"alone; {self.wall * 1e3:.0f} by the clock)\n"
            f"{self.calls}"
        )


class Watchdog:
    """Ticks in the thread that enters it; of a gap that is too long it knows the calls."""

    def __init__(self, limit: float = LIMIT) -> None:
        self.limit = limit
        self.gaps: list[Gap] = []
        self.longest = 0.0
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._sampler = threading.Thread(target=self._sample, name="sampler", daemon=True)
        self._over = threading.Event()
        self._waits = _Waits()

    def __enter__(self) -> Watchdog:
        self._watched = threading.get_ident()
        self._waits.look_for_threads()
        self._look_at_pace()
        self._take_marks()
        self._timer.start()
        self._sampler.start()
        gc.callbacks.append(self._on_garbage)
        return self

    def __exit__(self, *_: object) -> None:
        self._on_tick()
        self._timer.stop()
        gc.callbacks.remove(self._on_garbage)
        self._over.set()
        self._sampler.join()
        self._waits.close()

    def verdict(self) -> str:
        """The gaps that were too long, or nothing."""
        return "\n\n".join(map(str, self.gaps))

    def _take_marks(self) -> None:
        self._samples: list[str] = []
        self._collected = self._collecting = 0.0
        self._before = self._waits.now()
        self._wall, self._computed = time.perf_counter(), time.thread_time()

    def _on_tick(self) -> None:
        wall = time.perf_counter() - self._wall
        computed = time.thread_time() - self._computed
        if wall > self.limit / 2:
            idle_ = max(0.0, wall - self._waited() - computed)
            slowed = 1.0
            if idle_ + computed > self.limit:
                slowed = min(self._pace, _PACE.slowed())  # what slows only one is no excuse
            held = idle_ + computed / slowed
            self.longest = max(self.longest, held)
            if held > self.limit:
                calls = "\n".join(self._samples[:3])
                self.gaps.append(Gap(held, wall, computed, slowed, self._collected, calls))
        if time.perf_counter() - self._paced > PACED:
            self._look_at_pace()
        self._take_marks()

    def _look_at_pace(self) -> None:
        """Know how fast the processor is before a gap, should the next tick end one."""
        self._pace, self._paced = _PACE.slowed(1), time.perf_counter()

    def _on_garbage(self, phase: str, _: object) -> None:
        if phase == "start":
            self._collecting = time.perf_counter()
        else:
            self._collected += time.perf_counter() - self._collecting

    def _waited(self) -> float:
        """Seconds since the last tick in which this thread or another waited for a processor."""
        self._waits.look_for_threads()
        now = self._waits.now()
        return sum(now[thread] - self._before.get(thread, 0.0) for thread in now)

    def _sample(self) -> None:
        me = threading.get_ident()
        while not self._over.wait(SAMPLE):
            if time.perf_counter() - self._wall > SAMPLE:
                frames = sys._current_frames()
                watched = _calls(frames.pop(self._watched))
                others = [_calls(frame)[:4] for ident, frame in frames.items() if ident != me]
                busy = [calls for calls in others if not calls[0].endswith(("_worker", "wait"))]
                lines = ["  - - -", *watched, *(f"  meanwhile{c}" for calls in busy for c in calls)]
                self._samples.append("\n".join(lines))


def _calls(frame: FrameType | None) -> list[str]:
    """The calls of a thread, the innermost first, down to the one that handles the event."""
    found: list[str] = []
    while frame is not None and frame.f_code.co_name != "play":
        code = frame.f_code
        found.append(f"  {code.co_filename}:{frame.f_lineno} in {code.co_name}")
        frame = frame.f_back
    return found or ["  Qt itself"]


class _Pace:
    """How fast the processor is now: two that share a core have little more than half of it each,
    and what one of them does counts as twice the time of computing."""

    def __init__(self) -> None:
        self._best = min(self._once() for _ in range(20))

    def slowed(self, tries: int = 3) -> float:
        """How many times longer a piece of work takes, at the best try, than it ever took."""
        now = min(self._once() for _ in range(tries))
        self._best = min(self._best, now)
        return now / self._best

    @staticmethod
    def _once() -> float:
        """Seconds of the processor for half a millisecond's work of the kind that a window does."""
        begun, known = time.thread_time(), dict[int, tuple[int, int]]()
        for number in range(6000):
            known[number % 97] = (number, len(known))
        return time.thread_time() - begun


_PACE = _Pace()


class _Waits:
    """Seconds that each thread was ever ready to run while others had the processor.

    Linux says so; elsewhere nothing is known, and the clock decides. The files stay open: each
    call of the system gives Python's lock away, and the watchdog would have to wait for it.
    """

    def __init__(self) -> None:
        self._files: dict[str, int] = {}
        self._looks = 0

    def look_for_threads(self) -> None:
        """Take threads that have come since."""
        with contextlib.suppress(OSError):
            for task in Path("/proc/self/task").iterdir():
                if task.name not in self._files:
                    with contextlib.suppress(OSError):  # it has just ended
                        self._files[task.name] = os.open(task / "schedstat", os.O_RDONLY)

    def now(self) -> dict[str, float]:
        """What they have waited until now."""
        self._looks += 1
        if self._looks % 16 == 0:  # what a new one waited is counted from its beginning
            self.look_for_threads()
        found = {}
        for task, file in [*self._files.items()]:
            try:
                found[task] = int(os.pread(file, 99, 0).split()[1]) / 1e9
            except (OSError, IndexError):  # a thread that has ended
                os.close(self._files.pop(task))
        return found

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()


def play(steps: Iterator[object], pause_ms: int = 12) -> None:
    """Take each step in a turn of the event loop of its own, as a person's hands come.

    A step that yields a callable is waited for until it says yes.
    """
    loop, timer = QEventLoop(), QTimer()
    failure: list[BaseException] = []
    waiting: list[object] = [None]

    def turn() -> None:
        try:
            if callable(waiting[0]) and not waiting[0]():
                return
            waiting[0] = next(steps)
        except StopIteration:
            loop.quit()
        except BaseException as error:  # noqa: BLE001 - carried to who plays
            failure.append(error)
            loop.quit()

    timer.setInterval(pause_ms)
    timer.timeout.connect(turn)
    timer.start()
    loop.exec()
    timer.stop()
    if failure:
        raise failure[0]


def until(is_so: Callable[[], object]) -> None:
    """Let the event loop go on until something is so."""
    play(iter([is_so]))


def idle(milliseconds: int) -> None:
    """Let the event loop go on for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def never_holds(
    scenario: Callable[[Watch], object], limit: float = LIMIT, once: float | None = None
) -> None:
    """Fail with the culprits' calls where an event waits longer than the limit.

    One gap of up to `once` seconds is allowed where that is given. The scenario prepares, then
    does in `with watch():` what is judged. One of ATTEMPTS must keep the limit, which is never
    raised.
    """
    verdict = ""
    for _ in range(ATTEMPTS):
        watches: list[Watchdog] = []

        @contextlib.contextmanager
        def watch(watches: list[Watchdog] = watches) -> Iterator[None]:
            with Watchdog(limit) as made:
                watches.append(made)
                yield
                idle(60)  # what was put off until after the last step counts too

        scenario(watch)
        gaps = sorted((gap for made in watches for gap in made.gaps), key=lambda gap: gap.held)
        if gaps and once is not None and gaps[-1].held <= once:
            gaps.pop()
        if not gaps:
            return
        verdict = "\n\n".join(map(str, gaps))
    raise AssertionError(f"events waited longer than {limit * 1e3:.0f} ms:\n{verdict}")
