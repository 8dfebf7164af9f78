"""Lay out the selection, or all from the top down: one step, about where it was."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.core.design import Frame
from designer.core.edits import Move, SetFrames, SetName
from designer.core.graph import Point
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.view import CanvasView
from designer.ui.commands import layout
from designer.ui.main_window import MainWindow
from tests.ui.canvas.hands import key, middle

SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = ("conv2", "relu2", "flatten")


def ready(qtbot: QtBot, window: MainWindow) -> CanvasView:
    """Three nodes of the net in disorder, and selected."""
    canvas = window.canvas
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    canvas.session.execute(
        Move({"conv2": (700.0, 300.0), "relu2": (620.0, 180.0), "flatten": (800.0, 240.0)})
    )
    canvas.set_viewport(replace(canvas.viewport, scale=0.5, x=0.0, y=-300.0))
    canvas.setFocus()
    canvas.choose(NAMES)
    return canvas


def centre(canvas: CanvasView) -> Point:
    xs, ys = zip(*(middle(canvas, name) for name in NAMES), strict=True)
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def test_l_lays_the_selection_out_where_it_was(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    begin, was = canvas.session.design, centre(canvas)
    others = {n: middle(canvas, n) for n in begin.nodes if n not in NAMES}
    key(canvas, Qt.Key.Key_L)
    xs, ys = zip(*(middle(canvas, name) for name in NAMES), strict=True)
    assert list(xs) == sorted(xs) and len(set(ys)) == 1
    x, y = centre(canvas)
    assert abs(x - was[0]) <= 4.0 and abs(y - was[1]) <= 4.0
    assert {n: middle(canvas, n) for n in others} == others
    canvas.session.undo()
    assert canvas.session.design is begin


def test_shift_l_lays_it_out_from_the_top_down(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    was = centre(canvas)
    key(canvas, Qt.Key.Key_L, SHIFT)
    xs, ys = zip(*(middle(canvas, name) for name in NAMES), strict=True)
    assert list(ys) == sorted(ys) and len(set(xs)) == 1
    x, y = centre(canvas)
    assert abs(x - was[0]) <= 4.0 and abs(y - was[1]) <= 4.0


def test_everything_is_laid_out_from_the_top_down(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    canvas.motion = 0
    window.menus.actions["layout.everything_down"].trigger()
    assert _is_there(canvas)
    ys = [middle(canvas, name)[1] for name in canvas.session.design.nodes]
    assert ys == sorted(ys) and len(set(ys)) == len(ys)


def test_where_motion_is_wanted_the_nodes_are_seen_to_go(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    canvas.motion = 140
    begin = middle(canvas, "conv2")
    key(canvas, Qt.Key.Key_L)
    # the design has it at once, the picture is on the way
    assert abs(middle(canvas, "conv2")[0] - begin[0]) < 20.0
    assert not _is_there(canvas)
    qtbot.waitUntil(lambda: _is_there(canvas), timeout=3000)
    assert abs(middle(canvas, "conv2")[0] - begin[0]) > 100.0


def _is_there(canvas: CanvasView) -> bool:
    position = canvas.session.design.nodes["conv2"].position
    x, y = canvas.picture.boxes[canvas.picture.index["conv2"], :2].tolist()
    return (x, y) == position


def test_l_goes_the_way_that_the_net_runs(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    window.menus.actions["layout.everything_down"].trigger()
    canvas.choose(NAMES)
    key(canvas, Qt.Key.Key_L)
    xs, ys = zip(*(middle(canvas, name) for name in NAMES), strict=True)
    assert len(set(xs)) == 1 and list(ys) == sorted(ys)


def test_everything_goes_in_one_step_and_the_camera_with_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    canvas = ready(qtbot, window)
    begin = canvas.session.design
    window.menus.actions["layout.everything"].trigger()
    xs = [middle(canvas, name)[0] for name in begin.nodes]
    assert xs == sorted(xs) and len(set(xs)) == len(xs)
    assert canvas.is_whole
    seen = canvas.viewport
    canvas.session.undo()
    assert canvas.session.design is begin
    assert canvas.viewport == seen


@pytest.mark.parametrize("action", ["everything_down", "selection"])
def test_all_of_it_is_seen_to_go(qtbot: QtBot, window: MainWindow, action: str) -> None:
    canvas = ready(qtbot, window)
    canvas.motion = 140
    begin = middle(canvas, "conv2")
    window.menus.actions[f"layout.{action}"].trigger()
    assert middle(canvas, "conv2") == begin
    assert canvas.session.design.nodes["conv2"].position is not None
    qtbot.waitUntil(lambda: _is_there(canvas), timeout=5000)
    assert middle(canvas, "conv2") != begin
    if action.startswith("everything"):
        qtbot.waitUntil(lambda: canvas.is_whole, timeout=5000)


def test_wires_of_many_that_travel_are_led_when_they_have_arrived(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("designer.ui.canvas.travel.MOST_LED", 2)
    canvas = ready(qtbot, window)
    canvas.motion = 140
    window.menus.actions["layout.everything"].trigger()
    qtbot.waitUntil(lambda: _is_there(canvas), timeout=5000)
    qtbot.waitUntil(lambda: canvas.picture.moving is None, timeout=5000)
    fresh = compose(canvas.session.design, canvas.session.analysis)
    assert np.array_equal(canvas.picture.routes.points, fresh.routes.points)


def test_a_selection_covers_nothing_that_stays(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    # another node stands where the middle of the three would be
    x, y = centre(canvas)
    canvas.session.execute(Move({"conv1": (x - 74.0, y - 23.0)}))
    key(canvas, Qt.Key.Key_L)
    boxes = canvas.picture.boxes
    for i, j in combinations(range(len(boxes)), 2):
        (ax, ay, aw, ah), (bx, by, bw, bh) = boxes[i].tolist(), boxes[j].tolist()
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay
    design = canvas.session.design
    assert design.nodes["conv1"].position == (x - 74.0, y - 23.0)


def test_frames_go_with_their_nodes_and_comments_give_way(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    frames = (
        Frame("Head", (0.0, 0.0), (10.0, 10.0), nodes=("conv2", "relu2")),
        Frame("", (0.0, 0.0), (260.0, 60.0), text="Read me"),
    )
    canvas.session.execute(SetFrames(frames))
    begin = canvas.session.design
    window.menus.actions["layout.everything"].trigger()
    head, comment = canvas.session.design.frames
    assert head.title == "Head" and comment.text == "Read me"
    inside = set()
    for name, node in canvas.session.design.nodes.items():
        assert node.position is not None
        if _meet(head, node.position):
            inside.add(name)
        assert not _meet(comment, node.position)
    assert inside == {"conv2", "relu2"}
    canvas.session.undo()
    assert canvas.session.design is begin
    # and they are seen to go, too
    canvas.motion = 140
    first = canvas.picture.panels[0].rect
    window.menus.actions["layout.everything"].trigger()
    assert canvas.picture.panels[0].rect == first
    qtbot.waitUntil(lambda: not _is_on_the_way(canvas), timeout=5000)
    assert canvas.picture.panels[0].rect == (*head.position, *head.size)


def _is_on_the_way(canvas: CanvasView) -> bool:
    return canvas.picture.moving is not None


def _meet(frame: Frame, place: Point) -> bool:
    (x, y), (width, height) = frame.position, frame.size
    return (
        x < place[0] + 148 and place[0] < x + width and y < place[1] + 46 and place[1] < y + height
    )


@pytest.mark.parametrize("what", ["layout.everything", "layout.selection"])
def test_what_is_edited_while_it_is_worked_out_is_not_lost(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """A large net is laid out in a thread, and hands do not rest meanwhile."""
    canvas, session = ready(qtbot, window), window.session
    monkeypatch.setattr(layout, "SOON", 0.0)
    before = session.design
    window.menus.actions[what].trigger()
    assert session.design is before
    session.execute(SetName("Another"))
    window.selection.clear()
    qtbot.waitUntil(lambda: "lay out" in (session.document.undo_label or ""))
    assert session.design.name == "Another"
    xs, ys = zip(*(middle(canvas, name) for name in NAMES), strict=True)
    assert list(xs) == sorted(xs) and len(set(ys)) == 1


def test_what_is_undone_while_it_is_worked_out_can_be_redone(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas, session = ready(qtbot, window), window.session
    begin = session.design
    session.execute(SetName("Another"))
    refused: list[str] = []
    canvas.refused.connect(refused.append)
    monkeypatch.setattr(layout, "SOON", 0.0)
    for step in (session.undo, session.redo, session.undo):
        window.menus.actions["layout.everything"].trigger()
        step()
        commands = canvas.findChild(layout.LayoutCommands)
        assert commands is not None
        assert not commands._background.is_busy, "nothing is to come that could lay it out"
    qtbot.wait(50)
    assert session.design is begin
    session.redo()
    assert session.design.name == "Another"
    assert refused == ["nothing was laid out: a step was undone or redone meanwhile"] * 3


def test_another_project_is_not_laid_out(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(qtbot, window)
    monkeypatch.setattr(layout, "SOON", 0.0)
    window.menus.actions["layout.everything"].trigger()
    window.session.new()
    qtbot.wait(50)
    assert not window.session.can_undo
