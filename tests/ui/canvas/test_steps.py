"""One gesture is one undo step, undo never moves the camera, and Escape leaves off any gesture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.core.design import Design, Frame
from designer.core.edits import AddNode, SetVia
from designer.core.graph import Edge, Node
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import (
    LEFT,
    NONE,
    Palette,
    click,
    drag,
    input_,
    key,
    middle,
    output,
    pixel,
    press,
    pull,
    release,
)
from tests.ui.canvas.nets import make, small

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
RIGHT = Qt.MouseButton.RightButton
LOOSE = (300.0, 160.0)
"""Where a node without wires stands."""
CORNER = (584.0, 336.0)
"""The lower right corner of a frame that holds nothing."""


def busy_net() -> Design:
    """A chain, a node without wires, a frame, a comment, and a wire that is led through a point."""
    design = AddNode(Node("bn", make("BatchNorm2d"), LOOSE)).apply(small())
    design = SetVia(Edge("relu1", "conv2"), ((556.0, -60.0),)).apply(design)
    frames = (
        Frame("empty", (400.0, 240.0), (184.0, 96.0)),
        Frame("", (0.0, 240.0), (260.0, 60.0), "why?"),
    )
    return replace(design, frames=frames)


def typed(canvas: CanvasView, text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)
    key(canvas, K.Key_Return)


def chosen_and(*keys: tuple[Qt.Key, Qt.KeyboardModifier], nodes: str) -> Callable[..., None]:
    def act(canvas: CanvasView) -> None:
        canvas.choose(nodes.split())
        for which, held in keys:
            key(canvas, which, held)

    return act


def knife(canvas: CanvasView) -> None:
    QTest.mousePress(canvas, RIGHT, CTRL, pixel(canvas, 170, -40))
    for x, y in ((170, 80), (360, 80), (360, -40)):
        QTest.mouseMove(canvas, pixel(canvas, x, y))
    QTest.mouseRelease(canvas, RIGHT, CTRL, pixel(canvas, 360, -40))


def quick_add(canvas: CanvasView) -> None:
    click(canvas, middle(canvas, "conv1"))
    key(canvas, K.Key_Space)
    typed(canvas, "dropout")


def wire_on_empty_canvas(canvas: CanvasView) -> None:
    drag(canvas, output(canvas, "conv2"), (700.0, 200.0))
    typed(canvas, "maxp")


def replaced(canvas: CanvasView) -> None:
    click(canvas, middle(canvas, "conv2"))
    key(canvas, K.Key_R)
    typed(canvas, "conv1x1")


def wired_by_keys(canvas: CanvasView) -> None:
    click(canvas, middle(canvas, "conv2"))
    key(canvas, K.Key_C)
    key(canvas, K.Key_A)


def written(which: Qt.Key, held: Qt.KeyboardModifier, nodes: str) -> Callable[..., None]:
    def act(canvas: CanvasView) -> None:
        canvas.choose(nodes.split())
        key(canvas, which, held)
        typed(canvas, "words")

    return act


def pasted(held: Qt.KeyboardModifier) -> Callable[..., None]:
    def act(canvas: CanvasView) -> None:
        canvas.choose({"conv1", "relu1"})
        key(canvas, K.Key_C, CTRL)
        key(canvas, K.Key_V, held)

    return act


def unframe(canvas: CanvasView) -> None:
    click(canvas, (440.0, 258.0))
    key(canvas, K.Key_Delete)


def double_click(*place: float) -> Callable[[CanvasView], None]:
    def act(canvas: CanvasView) -> None:
        click(canvas, (place[0], place[1]))
        QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, *place))

    return act


def dragged(
    first: Callable[..., tuple[float, float]],
    step: tuple[float, float],
    keys: Qt.KeyboardModifier = NONE,
) -> Callable[[CanvasView], None]:
    def act(canvas: CanvasView) -> None:
        x, y = first(canvas)
        drag(canvas, (x, y), (x + step[0], y + step[1]), keys)

    return act


ACTS: dict[str, Callable[[CanvasView], None]] = {
    "drag a node": dragged(lambda c: middle(c, "conv1"), (40.0, 90.0)),
    "drag a node onto a wire": dragged(lambda c: middle(c, "bn"), (-12.0, -160.0)),
    "draw a wire": lambda c: drag(c, output(c, "conv2"), input_(c, "bn")),
    "draw a wire back": lambda c: drag(c, input_(c, "bn"), output(c, "conv2")),
    "pull a wire off": lambda c: drag(c, input_(c, "conv1"), (100.0, 120.0)),
    "pull a wire to another node": lambda c: drag(c, input_(c, "relu1"), input_(c, "bn")),
    "drop a wire on empty canvas": wire_on_empty_canvas,
    "cut": knife,
    "drop a layer": lambda c: Palette(c, "ReLU").drop((800.0, 100.0)),
    "drop a layer on a wire": lambda c: Palette(c, "ReLU").drop((170.0, 23.0)),
    "quick add": quick_add,
    "replace": replaced,
    "connect by keys": wired_by_keys,
    "delete": chosen_and((K.Key_Delete, NONE), nodes="conv1 relu1"),
    "bypass": chosen_and((K.Key_B, NONE), nodes="relu1"),
    "freeze": chosen_and((K.Key_B, CTRL), nodes="conv1 conv2"),
    "duplicate": chosen_and((K.Key_D, CTRL), nodes="conv1 relu1"),
    "cut to the clipboard": chosen_and((K.Key_X, CTRL), nodes="conv1 relu1"),
    "paste": pasted(CTRL),
    "paste with inputs": pasted(CTRL | SHIFT),
    "move by keys": chosen_and(*[(K.Key_Down, CTRL)] * 3, (K.Key_Right, CTRL), nodes="conv2"),
    "align": chosen_and((K.Key_A, ALT), nodes="image bn"),
    "distribute": chosen_and((K.Key_H, ALT | SHIFT), nodes="image bn conv2"),
    "straighten": chosen_and((K.Key_Down, CTRL), (K.Key_S, NONE), nodes="relu1"),
    "frame": written(K.Key_G, CTRL, "conv1 relu1"),
    "comment": written(K.Key_T, CTRL, ""),
    "note": written(K.Key_N, NONE, "conv1"),
    "move a frame": dragged(lambda c: (440.0, 258.0), (40.0, 60.0)),
    "resize a frame": dragged(lambda c: CORNER, (60.0, 40.0)),
    "move a comment": dragged(lambda c: (40.0, 270.0), (40.0, 60.0)),
    "bend a wire": dragged(lambda c: (170.0, 23.0), (0.0, 90.0), ALT),
    "drag a point": dragged(lambda c: (556.0, -60.0), (20.0, -40.0)),
    "take a point away": double_click(556.0, -60.0),
    "add a point": double_click(170.0, 23.0),
    "take a frame away": unframe,
}
STEPS = {"straighten": 2}


@pytest.mark.parametrize("name", ACTS)
def test_a_gesture_is_one_step_and_undo_leaves_the_camera(
    make_canvas: MakeCanvas, name: str
) -> None:
    canvas = make_canvas(busy_net())
    session, begin = canvas.session, canvas.session.design
    ACTS[name](canvas)
    after = session.design
    assert after is not begin, "nothing was done"
    assert not canvas.is_busy and not canvas.frames.writing.isVisible()
    camera = canvas.viewport
    canvas.setFocus()
    for _ in range(STEPS.get(name, 1)):
        assert session.can_undo
        session.undo()
    assert session.design is begin and not session.can_undo
    assert canvas.viewport == camera
    for _ in range(STEPS.get(name, 1)):
        session.redo()
    assert session.design is after
    assert canvas.viewport == camera


GRASPS: dict[str, Callable[[CanvasView], tuple[float, float]]] = {
    "a node": lambda c: middle(c, "conv1"),
    "a node without wires": lambda c: middle(c, "bn"),
    "an output": lambda c: output(c, "conv2"),
    "an input that is fed": lambda c: input_(c, "conv1"),
    "an input that is free": lambda c: input_(c, "bn"),
    "a point": lambda c: (556.0, -60.0),
    "a frame": lambda c: (440.0, 258.0),
    "the border of a frame": lambda c: CORNER,
    "a comment": lambda c: (40.0, 270.0),
    "nothing": lambda c: (700.0, 150.0),
}


@pytest.mark.parametrize("name", GRASPS)
def test_escape_leaves_off_whatever_is_dragged(make_canvas: MakeCanvas, name: str) -> None:
    canvas = make_canvas(busy_net())
    canvas.choose({"conv2"})
    before = canvas.picture
    boxes, points = before.boxes.copy(), before.routes.points.copy()
    rects = [panel.rect for panel in before.panels]
    begin, first = canvas.session.design, GRASPS[name](canvas)
    last = (first[0] + 90.0, first[1] + 60.0)
    press(canvas, first)
    pull(canvas, first, last)
    assert canvas.is_busy
    canvas.grab()
    key(canvas, K.Key_Escape)
    assert not canvas.is_busy
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    QTest.mouseMove(canvas, pixel(canvas, last[0] + 9.0, last[1]))
    release(canvas, last)
    assert canvas.session.design is begin and not canvas.session.can_undo
    assert canvas.picture is before
    assert (before.boxes == boxes).all() and (before.routes.points == points).all()
    assert [panel.rect for panel in before.panels] == rects
    assert not canvas.quick_add.isVisible()
