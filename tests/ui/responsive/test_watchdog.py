"""The watchdog bites: what holds the window is found and named, what others do is not."""

import subprocess
import sys
import time

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.responsive import watchdog
from tests.ui.responsive.watchdog import ATTEMPTS, Watchdog, idle, never_holds, play

pytestmark = pytest.mark.alone


def compute_for_long() -> None:
    end = time.thread_time() + 0.25  # however slow the processor is now
    while time.thread_time() < end:
        pass


def wait_for_a_disk() -> None:
    time.sleep(0.09)


@pytest.mark.parametrize("culprit", [compute_for_long, wait_for_a_disk])
def test_what_holds_the_window_is_named(qtbot: QtBot, culprit) -> None:
    with Watchdog() as watch:
        play(iter([None]))
        play(culprit() for _ in range(1))
    (gap,) = watch.gaps
    assert gap.held > 0.06
    assert culprit.__name__ in gap.calls


def test_computing_is_counted_as_on_a_core_of_its_own(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog._PACE, "slowed", lambda *_: 10.0)
    with Watchdog() as watch:
        play(compute_for_long() for _ in range(1))
    assert watch.gaps == []
    with Watchdog() as watch:
        play(wait_for_a_disk() for _ in range(1))
    assert len(watch.gaps) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_slow_moment_beside_it_excuses_no_computing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    is_over = False

    def compute() -> None:
        nonlocal is_over
        compute_for_long()
        is_over = True

    monkeypatch.setattr(
        watchdog._PACE, "slowed", lambda *_: 10.0 if is_over == (when == "after") else 1.0
    )
    with Watchdog() as watch:
        play(iter([None]))
        play(compute() for _ in range(1))
    (gap,) = watch.gaps
    assert gap.slowed == 1.0


def test_many_short_turns_hold_nothing(qtbot: QtBot) -> None:
    with Watchdog() as watch:
        play(time.sleep(0.005) for _ in range(20))
    assert watch.gaps == []


def test_other_programs_are_not_blamed(qtbot: QtBot) -> None:
    burn = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(burn) for _ in range(6)]
    try:
        with Watchdog() as watch:
            play(time.sleep(0.001) for _ in range(20))
            idle(400)
        assert watch.gaps == []
    finally:
        for other in others:
            other.kill()
            other.wait()


def test_the_limit_is_kept_in_one_of_the_attempts_at_least(qtbot: QtBot) -> None:
    attempts = []

    def scenario(watch) -> None:
        attempts.append(watch)
        with watch():
            play(compute_for_long() for _ in range(len(attempts) < ATTEMPTS))

    never_holds(scenario)
    assert len(attempts) == ATTEMPTS


def test_one_long_gap_may_be_allowed_but_no_second(qtbot: QtBot) -> None:
    def scenario(count):
        def run(watch) -> None:
            with watch():
                play(wait_for_a_disk() for _ in range(count))

        return run

    never_holds(scenario(1), once=0.2)
    with pytest.raises(AssertionError, match="wait_for_a_disk"):
        never_holds(scenario(2), once=0.2)
