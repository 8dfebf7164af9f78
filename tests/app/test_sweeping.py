"""Garbage is looked for when the hands rest, once there is enough of it."""

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from designer.app import sweeping
from designer.app.selection import Selection
from designer.app.session import Session
from designer.app.sweeping import Sweep


@pytest.fixture
def collections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The full collections since the test began; the collector is put back as it was."""
    before, seen = gc.get_threshold(), list[str]()

    def note(phase: str, facts: dict[str, int]) -> None:
        if phase == "start" and facts["generation"] == 2:
            seen.append(phase)

    monkeypatch.setattr(sweeping, "REST", 20)
    monkeypatch.setattr(gc, "freeze", tuple)  # for good, and this process has other tests to do
    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    gc.set_threshold(*before)


def test_all_is_looked_at_when_the_hands_rest(
    qtbot: QtBot, collections: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, selection = Session(), Selection()
    sweep = Sweep(session, selection, session)
    sweep.begin()
    assert gc.get_threshold()[2] == sweeping.SELDOM
    qtbot.waitUntil(lambda: not sweep._rest.isActive())
    collections.clear()
    monkeypatch.setattr(sweeping, "ENOUGH", 0)
    selection.set({"conv1"})
    assert not collections
    qtbot.waitUntil(lambda: bool(collections))


def test_little_is_left_lying(
    qtbot: QtBot, collections: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, selection = Session(), Selection()
    sweep = Sweep(session, selection, session)
    sweep.begin()
    monkeypatch.setattr(sweeping, "ENOUGH", 10**6)
    collections.clear()
    session.analyse()
    qtbot.waitUntil(lambda: not sweep._rest.isActive())
    assert not collections
