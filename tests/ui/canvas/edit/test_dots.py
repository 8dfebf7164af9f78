"""Points of wires by hand: a wire is led through them, they are dragged, and go again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.core.graph import Edge, Point
from designer.ui.canvas.view import CanvasView
from designer.ui.main_window import MainWindow
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import LEFT, NONE, click, drag, key, pixel, press, pull, release
from tests.ui.canvas.nets import small, with_inception

ALT = Qt.KeyboardModifier.AltModifier
ON_WIRE = (170.0, 23.0)
"""On the wire from image to conv1."""


def via(canvas: CanvasView, target: str = "conv1") -> tuple[Point, ...]:
    return canvas.session.design.graph.incoming[target][0].via


def double_click(canvas: CanvasView, place: Point) -> None:
    click(canvas, place)
    QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, *place))


def passes(canvas: CanvasView, place: Point) -> bool:
    """Whether a wire is drawn through a place."""
    return bool((abs(canvas.picture.routes.points - place).max(axis=1) < 0.5).any())


def test_alt_and_a_press_on_a_wire_leads_it_through_a_point(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    drag(canvas, ON_WIRE, (172.0, 140.0), ALT)
    assert via(canvas) == ((172.0, 140.0),)
    assert passes(canvas, (172.0, 140.0))
    assert canvas.selection.edges == {Edge("image", "conv1", via=((172.0, 140.0),))}
    canvas.session.undo()
    assert canvas.session.design is begin


def test_a_double_click_on_a_wire_adds_a_point_and_on_the_point_removes_it(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(small())
    double_click(canvas, ON_WIRE)
    assert via(canvas) == ((170.0, 23.0),)
    assert not canvas.quick_add.isVisible()
    double_click(canvas, via(canvas)[0])
    assert via(canvas) == ()


def test_a_point_is_dragged_in_one_step(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    double_click(canvas, ON_WIRE)
    before = canvas.session.design
    drag(canvas, (170.0, 23.0), (160.0, 200.0))
    assert via(canvas) == ((160.0, 200.0),)
    assert canvas.session.document.undo_label == "lead the wire image → conv1"
    canvas.session.undo()
    assert canvas.session.design is before


def test_escape_puts_a_dragged_point_back(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    double_click(canvas, ON_WIRE)
    before, points = canvas.session.design, canvas.picture.routes.points.copy()
    press(canvas, (170.0, 23.0))
    pull(canvas, (170.0, 23.0), (160.0, 200.0))
    assert passes(canvas, (160.0, 200.0))
    key(canvas, Qt.Key.Key_Escape)
    release(canvas, (160.0, 200.0))
    assert canvas.session.design is before
    assert (canvas.picture.routes.points == points).all()


def test_delete_removes_the_point_and_then_the_wire(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    drag(canvas, ON_WIRE, (172.0, 140.0), ALT)
    click(canvas, (300.0, 250.0))
    click(canvas, (172.0, 140.0))
    key(canvas, Qt.Key.Key_Delete)
    assert via(canvas) == ()
    assert len(canvas.session.design.edges) == 3
    key(canvas, Qt.Key.Key_Delete)
    assert len(canvas.session.design.edges) == 2


def test_points_stand_in_the_order_of_the_way(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    drag(canvas, ON_WIRE, (172.0, 340.0), ALT)
    way = canvas.picture.routes.of(0)
    quarter = len(way) // 4
    drag(canvas, way[-quarter].tolist(), (260.0, 200.0), ALT)
    drag(canvas, way[quarter].tolist(), (100.0, 180.0), ALT)
    assert via(canvas) == ((100.0, 180.0), (172.0, 340.0), (260.0, 200.0))


def test_a_wire_into_an_unfolded_composite_is_led_on_all_its_ways(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    edge = Edge("pool2", "block")
    wires = [w for w, other in enumerate(canvas.picture.wires.edge) if other == edge]
    assert len(wires) > 1
    x, y = canvas.picture.routes.of(wires[0])[1].tolist()
    drag(canvas, (x, y), (x, y - 160.0), ALT)
    ((_, led),) = via(canvas, "block")
    assert abs(led - (y - 160.0)) <= 4.0
    picture = canvas.picture
    ways = [picture.routes.of(w) for w, e in enumerate(picture.wires.edge) if e and e.via]
    assert len(ways) == len(wires)
    assert all((abs(way[:, 1] - led) < 0.5).any() for way in ways)


def test_p_leads_the_selected_wire_through_its_middle(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.canvas
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    canvas.setFocus()
    canvas.choose((), {Edge("conv1", "relu1")})
    key(canvas, Qt.Key.Key_P)
    ((x, y),) = via(canvas, "relu1")
    assert 348.0 < x < 400.0 and abs(y - 23.0) <= 4.0
    key(canvas, Qt.Key.Key_Delete)
    assert via(canvas, "relu1") == ()


def test_points_go_along_when_both_ends_are_dragged(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    drag(canvas, ON_WIRE, (172.0, 140.0), ALT)
    canvas.choose({"image", "conv1"})
    drag(canvas, (60.0, 20.0), (60.0, 120.0))
    assert via(canvas) == ((172.0, 240.0),)
    canvas.choose({"conv1"})
    drag(canvas, (260.0, 120.0), (260.0, 180.0))
    assert via(canvas) == ((172.0, 240.0),)


def test_what_is_laid_out_anew_has_no_points(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.canvas
    canvas.choose((), {Edge("conv1", "relu1")})
    canvas.dots.add()
    before = canvas.session.design
    window.menus.actions["layout.everything"].trigger()
    assert via(canvas, "relu1") == ()
    canvas.session.undo()
    assert canvas.session.design is before
