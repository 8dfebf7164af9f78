"""The knife: Ctrl and the right button cut the wires that a line crosses."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from designer.ui.canvas.scene.hit import wires_across
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import key, pixel
from tests.ui.canvas.nets import small, with_inception

RIGHT, CTRL = Qt.MouseButton.RightButton, Qt.KeyboardModifier.ControlModifier


def test_every_crossed_wire_goes_in_one_step(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = canvas.session.design
    QTest.mousePress(canvas, RIGHT, CTRL, pixel(canvas, 170, -40))
    for x, y in ((170, 80), (360, 80), (360, -40)):
        QTest.mouseMove(canvas, pixel(canvas, x, y))
    assert canvas.is_busy
    QTest.mouseRelease(canvas, RIGHT, CTRL, pixel(canvas, 360, -40))
    left = {(edge.source, edge.target) for edge in canvas.session.design.edges}
    assert left == {("relu1", "conv2")}
    canvas.session.undo()
    assert canvas.session.design is before


def test_escape_and_a_line_through_nothing_cut_nothing(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = canvas.session.design
    QTest.mousePress(canvas, RIGHT, CTRL, pixel(canvas, 170, -40))
    QTest.mouseMove(canvas, pixel(canvas, 170, 80))
    key(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, RIGHT, CTRL, pixel(canvas, 170, 80))
    QTest.mousePress(canvas, RIGHT, CTRL, pixel(canvas, 0, -40))
    QTest.mouseMove(canvas, pixel(canvas, 500, -40))
    QTest.mouseRelease(canvas, RIGHT, CTRL, pixel(canvas, 500, -40))
    assert canvas.session.design is before


def test_wires_inside_a_composite_are_not_cut(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    inner = next(i for i, wire in enumerate(canvas.picture.wires) if wire.edge is None)
    x, y = canvas.picture.routes.middle(inner)
    assert inner in wires_across(canvas.picture, (x, y - 4), (x, y + 4))
    before = canvas.session.design
    QTest.mousePress(canvas, RIGHT, CTRL, pixel(canvas, x, y - 4))
    QTest.mouseMove(canvas, pixel(canvas, x, y + 4))
    QTest.mouseRelease(canvas, RIGHT, CTRL, pixel(canvas, x, y + 4))
    assert canvas.session.design is before
