"""Lay out the selection, or all from the top down: one step, about where it was."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.core.edits import Move
from designer.core.graph import Point
from designer.ui.canvas.view import CanvasView
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
    window.menus.actions["layout.everything_down"].trigger()
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
