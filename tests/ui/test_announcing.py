"""What is said aloud though the focus stays where it is."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from designer.core.edits import Disconnect, RemoveNodes
from designer.ui import announcing
from designer.ui.announcing import Announcer
from designer.ui.main_window import MainWindow

Said = list[str]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[Said]:
    found: Said = []
    monkeypatch.setattr(announcing, "_tell", lambda _, words: found.append(words))
    monkeypatch.setattr(announcing, "PAUSE", 0)
    QAccessible.setActive(True)
    yield found
    QAccessible.setActive(False)


@pytest.fixture
def announcer(window: MainWindow) -> Announcer:
    found = window.findChild(Announcer)
    assert isinstance(found, Announcer)
    found._soon.setInterval(0)
    return found


def test_faults_are_told_when_they_come_and_when_none_is_left(
    qtbot: QtBot, window: MainWindow, announcer: Announcer, said: Said
) -> None:
    edge = next(e for e in window.session.design.edges if e.target == "flatten")
    window.session.execute(Disconnect((edge,)))
    qtbot.waitUntil(lambda: bool(said))
    assert "error: " in said[0]
    assert "flatten" in said[0]
    said.clear()
    window.session.undo()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["no problems any more"]
    said.clear()
    window.session.execute(RemoveNodes(("relu1",)))  # healed: nothing to tell
    qtbot.waitUntil(lambda: not announcer._soon.isActive())
    assert said == []


def test_selections_and_refusals_are_told(
    window: MainWindow, announcer: Announcer, said: Said
) -> None:
    window.selection.set({"conv1", "conv2", "fc1"})
    window.selection.set({"conv1"})  # the focus tells of it
    window.canvas.refused.emit("relu1 has no free input")
    assert said == ["3 nodes selected", "relu1 has no free input"]


def test_nothing_is_told_where_no_reader_runs(
    window: MainWindow, announcer: Announcer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "_tell", lambda *_: pytest.fail("told nobody"))
    window.selection.set({"conv1", "conv2"})
    announcer.say("Run 1 began")
    window.session.execute(RemoveNodes(("relu1",)))
    assert not announcer._soon.isActive()
