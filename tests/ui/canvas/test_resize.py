"""Frames and comments resized by hand: a side or a corner is dragged, in one step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.core.design import Design, Frame
from designer.core.graph import Point
from designer.ui.canvas.scene.measure import GRID
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import click, drag, key, pixel, press, pull, release
from tests.ui.canvas.nets import small

STEM = Frame("stem", (164.0, -40.0), (204.0, 110.0), nodes=("conv1",))
WORDS = Frame("", (0.0, 160.0), (260.0, 60.0), "why two strides and not one pool?")


def framed(*frames: Frame) -> Design:
    return replace(small(), frames=frames)


def rect(canvas: CanvasView, number: int = 0) -> tuple[float, float, float, float]:
    (panel,) = [p for p in canvas.picture.panels if p.frame == number]
    return panel.rect


@pytest.mark.parametrize(
    ("grasp", "step", "expected"),
    [
        ((1.0, 0.5), (120.0, 40.0), (0.0, 0.0, 120.0, 0.0)),
        ((0.0, 0.5), (-60.0, 0.0), (-60.0, 0.0, 60.0, 0.0)),
        ((0.5, 1.0), (10.0, 80.0), (0.0, 0.0, 0.0, 80.0)),
        ((0.5, 0.0), (0.0, -60.0), (0.0, -60.0, 0.0, 60.0)),
        ((1.0, 1.0), (100.0, 60.0), (0.0, 0.0, 100.0, 60.0)),
        ((0.0, 0.0), (-40.0, -20.0), (-40.0, -20.0, 40.0, 20.0)),
    ],
)
def test_sides_and_corners_follow_the_pointer_and_the_others_stay(
    make_canvas: MakeCanvas, grasp: Point, step: Point, expected: tuple[float, ...]
) -> None:
    canvas = make_canvas(framed(STEM))
    begin = canvas.session.design
    before = rect(canvas)
    first = (before[0] + grasp[0] * before[2], before[1] + grasp[1] * before[3])
    drag(canvas, first, (first[0] + step[0], first[1] + step[1]))
    moved = [b - a for a, b in zip(before, rect(canvas), strict=True)]
    assert all(abs(m - e) <= GRID for m, e in zip(moved, expected, strict=True))
    assert canvas.session.document.undo_label == "resize stem"
    assert canvas.session.design.nodes == begin.nodes
    canvas.session.undo()
    assert canvas.session.design is begin


def test_what_comes_to_lie_in_it_joins_and_what_is_left_out_leaves(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(framed(STEM))
    x, y, width, _ = rect(canvas)
    drag(canvas, (x + width, y + 90.0), (x + width + 200.0, y + 90.0))
    assert canvas.session.design.frames[0].nodes == ("conv1", "relu1")
    x, y, width, _ = rect(canvas)
    drag(canvas, (x, y + 90.0), (300.0, y + 90.0))
    assert canvas.session.design.frames[0].nodes == ("relu1",)
    # of what it holds it covers all, whatever was dragged
    assert rect(canvas)[0] <= 384.0 and rect(canvas)[0] > 192.0 + 74.0


def test_a_frame_keeps_room_for_its_title(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(framed(replace(STEM, position=(0.0, 120.0), nodes=())))
    x, y, width, height = rect(canvas)
    drag(canvas, (x + width, y + height), (x - 400.0, y - 400.0))
    assert rect(canvas)[:2] == (x, y)
    assert rect(canvas)[2] >= 88.0 and rect(canvas)[3] >= 60.0


def test_a_comment_is_as_wide_as_it_is_dragged_and_as_high_as_its_words_need(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(framed(WORDS))
    x, y, width, height = rect(canvas)
    drag(canvas, (x + width, y + 30.0), (x + 120.0, y + 30.0))
    narrow = rect(canvas)
    assert abs(narrow[2] - 120.0) <= GRID
    assert narrow[3] > height
    assert canvas.session.document.undo_label == "resize a comment"


def test_escape_leaves_it_as_it_was_and_a_click_selects_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(framed(STEM))
    begin = canvas.session.design
    x, y, width, height = rect(canvas)
    corner = (x + width, y + height)
    press(canvas, corner)
    pull(canvas, corner, (x + 400.0, y + 300.0))
    assert rect(canvas) != (x, y, width, height)
    key(canvas, Qt.Key.Key_Escape)
    release(canvas, (x + 400.0, y + 300.0))
    assert rect(canvas) == (x, y, width, height)
    click(canvas, (x, y + 90.0))
    assert canvas.frames.chosen == 0
    assert canvas.session.design is begin


def test_the_pointer_says_what_a_press_would_do(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(framed(STEM))
    x, y, width, height = rect(canvas)
    for place, shape in [
        ((x, y + 85.0), Qt.CursorShape.SizeHorCursor),
        ((x + 90.0, y + height), Qt.CursorShape.SizeVerCursor),
        ((x + width, y + height), Qt.CursorShape.SizeFDiagCursor),
        ((x + width, y), Qt.CursorShape.SizeBDiagCursor),
        ((x + 60.0, y + 20.0), Qt.CursorShape.SizeAllCursor),
        ((x + 60.0, y + height + 60.0), Qt.CursorShape.ArrowCursor),
    ]:
        QTest.mouseMove(canvas, pixel(canvas, *place))
        assert canvas.cursor().shape() == shape, place
