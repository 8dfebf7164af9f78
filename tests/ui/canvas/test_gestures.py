"""Gestures with the mouse: select, move, connect, pan; each one step of the history."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.core.graph import Edge
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import (
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
from tests.ui.canvas.nets import broken, loose, make, small

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_click_selects_and_beside_it_selects_nothing(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    click(canvas, middle(canvas, "conv1"))
    assert canvas.selection.nodes == {"conv1"}
    click(canvas, middle(canvas, "relu1"), SHIFT)
    assert canvas.selection.nodes == {"conv1", "relu1"}
    click(canvas, middle(canvas, "conv1"), CTRL)
    assert canvas.selection.nodes == {"relu1"}
    click(canvas, (300.0, 250.0))
    assert not canvas.selection.nodes


def test_a_click_on_a_wire_selects_it_and_delete_removes_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    click(canvas, (170.0, 23.0))
    edge = Edge("image", "conv1")
    assert canvas.selection.edges == {edge}
    key(canvas, Qt.Key.Key_Delete)
    assert edge not in canvas.session.design.edges


def test_a_rubber_band_selects_what_it_touches(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    drag(canvas, (150.0, -60.0), (400.0, 20.0))
    assert canvas.selection.nodes == {"conv1", "relu1"}
    drag(canvas, (570.0, -60.0), (600.0, 20.0), SHIFT)
    assert canvas.selection.nodes == {"conv1", "relu1", "conv2"}


def test_escape_gives_a_rubber_band_its_selection_back(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv2"})
    press(canvas, (150.0, -60.0))
    pull(canvas, (150.0, -60.0), (400.0, 20.0))
    assert canvas.selection.nodes == {"conv1", "relu1"}
    key(canvas, Qt.Key.Key_Escape)
    assert canvas.selection.nodes == {"conv2"}
    release(canvas, (400.0, 20.0))
    assert canvas.selection.nodes == {"conv2"}


def test_a_drag_moves_on_the_grid_in_one_step(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    x, y = middle(canvas, "conv1")
    drag(canvas, (x, y), (x + 33.0, y + 71.0))
    position = canvas.session.design.nodes["conv1"].position
    assert position == (192.0 + 32.0, 72.0)
    assert canvas.session.document.undo_label == "move conv1"
    canvas.session.undo()
    assert canvas.session.design is begin
    assert middle(canvas, "conv1") == (x, y)


def test_several_nodes_move_together(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv1", "relu1"})
    x, y = middle(canvas, "relu1")
    drag(canvas, (x, y), (x, y + 80.0))
    nodes = canvas.session.design.nodes
    assert [nodes[n].position for n in nodes] == [(0, 0), (192, 80), (384, 80), (576, 0)]


def test_escape_puts_dragged_nodes_back(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin, place = canvas.session.design, middle(canvas, "conv1")
    points = canvas.picture.routes.points.copy()
    press(canvas, place)
    pull(canvas, place, (place[0] + 50, place[1] + 90))
    assert middle(canvas, "conv1") != place
    key(canvas, Qt.Key.Key_Escape)
    release(canvas, (place[0] + 50, place[1] + 90))
    assert canvas.session.design is begin
    assert middle(canvas, "conv1") == place
    assert (canvas.picture.routes.points == points).all()


def test_the_first_drag_keeps_all_places_that_are_shown(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small(placed=False))
    shown = dict(canvas.picture.places)
    x, y = middle(canvas, "relu1")
    drag(canvas, (x, y), (x, y + 120.0))
    positions = {n.id: n.position for n in canvas.session.design.nodes.values()}
    assert positions == shown | {"relu1": (shown["relu1"][0], shown["relu1"][1] + 120.0)}
    canvas.session.undo()
    assert all(n.position is None for n in canvas.session.design.nodes.values())


def test_a_wire_is_drawn_from_output_to_input(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("image", make("Input"), 0, 0), ("conv1", make("Conv2d"), 300, 80)))
    drag(canvas, output(canvas, "image"), input_(canvas, "conv1"))
    assert canvas.session.design.edges == (Edge("image", "conv1"),)
    assert canvas.session.document.undo_label == "connect image to conv1"
    look = canvas.picture.look(canvas.picture.index["conv1"])
    assert look.second == "16 × 26 × 26"


def test_a_wire_is_drawn_from_input_to_output(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("image", make("Input"), 0, 0), ("conv1", make("Conv2d"), 300, 80)))
    drag(canvas, input_(canvas, "conv1"), output(canvas, "image"))
    assert canvas.session.design.edges == (Edge("image", "conv1"),)


def test_a_wire_dropped_on_a_node_goes_to_its_next_free_port(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(
        loose(
            ("a", make("Input"), 0, 0),
            ("b", make("Input"), 0, 120),
            ("add1", make("Add"), 300, 60),
        )
    )
    drag(canvas, output(canvas, "a"), middle(canvas, "add1"))
    drag(canvas, output(canvas, "b"), middle(canvas, "add1"))
    assert canvas.session.design.edges == (Edge("a", "add1", 0), Edge("b", "add1", 1))
    assert canvas.picture.look(canvas.picture.index["add1"]).second == "1 × 28 × 28"


def test_a_wire_that_would_close_a_cycle_is_refused_in_words(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin, said = canvas.session.design, []
    canvas.refused.connect(said.append)
    press(canvas, output(canvas, "conv2"))
    pull(canvas, output(canvas, "conv2"), middle(canvas, "conv1"))
    canvas.grab()
    release(canvas, middle(canvas, "conv1"))
    assert canvas.session.design is begin
    assert said == [
        "conv1 → relu1 → conv2 → conv1 is a cycle, and a net computes each node once, from what "
        "comes before it"
    ]


def test_a_doubtful_wire_says_why_and_may_be_drawn(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("image", make("Input"), 0, 0), ("fc1", make("Linear"), 300, 80)))
    drag(canvas, output(canvas, "image"), input_(canvas, "fc1"))
    assert canvas.session.design.edges == (Edge("image", "fc1"),)
    (fault,) = canvas.picture.faults.values()
    assert fault.code == "needs-vector"


def test_a_wire_pulled_off_its_input_goes_to_another_or_away(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    drag(canvas, input_(canvas, "conv2"), (600.0, 200.0))
    assert Edge("relu1", "conv2") not in canvas.session.design.edges
    canvas.session.undo()
    drag(canvas, input_(canvas, "relu1"), input_(canvas, "conv2"))
    edges = canvas.session.design.edges
    assert Edge("conv1", "conv2") in edges
    assert Edge("conv1", "relu1") not in edges
    assert canvas.session.document.undo_label == "connect conv1 to conv2"


def test_escape_drops_a_wire(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    press(canvas, output(canvas, "conv2"))
    pull(canvas, output(canvas, "conv2"), (700.0, 200.0))
    key(canvas, Qt.Key.Key_Escape)
    release(canvas, (700.0, 200.0))
    assert canvas.session.design is begin
    assert not canvas.quick_add.isVisible()


def test_a_loose_node_dragged_onto_a_wire_is_put_between(make_canvas: MakeCanvas) -> None:
    design = small()
    from designer.core.edits import AddNode
    from designer.core.graph import Node

    design = AddNode(Node("bn", make("BatchNorm2d"), (300.0, 160.0))).apply(design)
    canvas = make_canvas(design)
    x, y = middle(canvas, "bn")
    drag(canvas, (x, y), (362.0, 23.0))
    edges = canvas.session.design.edges
    assert Edge("conv1", "bn") in edges
    assert Edge("bn", "relu1") in edges
    nodes = canvas.session.design.nodes
    assert nodes["bn"].position == (384.0, 0.0)
    assert nodes["relu1"].position == (576.0, 0.0)
    assert nodes["conv2"].position == (768.0, 0.0)
    canvas.session.undo()
    assert canvas.session.design is design


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, None])
def test_the_middle_button_and_space_pan(
    make_canvas: MakeCanvas, button: Qt.MouseButton | None
) -> None:
    canvas = make_canvas(small())
    before = canvas.viewport
    if button is None:
        QTest.keyPress(canvas, Qt.Key.Key_Space)
        drag(canvas, middle(canvas, "conv1"), (100.0, 100.0))
        QTest.keyRelease(canvas, Qt.Key.Key_Space)
        assert not canvas.quick_add.isVisible()
    else:
        first = pixel(canvas, 300.0, 100.0)
        last = pixel(canvas, 220.0, 140.0)
        QTest.mousePress(canvas, button, Qt.KeyboardModifier.NoModifier, first)
        QTest.mouseMove(canvas, last)
        QTest.mouseRelease(canvas, button, Qt.KeyboardModifier.NoModifier, last)
        assert (canvas.viewport.x, canvas.viewport.y) == (before.x + 80, before.y - 40)
    assert canvas.viewport.scale == before.scale
    assert canvas.viewport != before
    assert canvas.session.document.undo_label is None


def test_undo_never_moves_the_camera(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    x, y = middle(canvas, "conv1")
    drag(canvas, (x, y), (x, y + 200.0))
    camera = canvas.viewport
    canvas.session.undo()
    assert canvas.viewport == camera


def test_a_press_on_the_remedy_mends(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    from designer.ui.canvas.drawing.cards import fault_cards

    (card,) = fault_cards(canvas.picture, canvas.viewport)
    assert card.lines[-1].text == "Insert Flatten (3,136 values) ↵"
    at = card.rect.bottomLeft().toPoint()
    at.setX(at.x() + 30)
    at.setY(at.y() - 12)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert canvas.session.analysis.is_valid
    assert "flatten1" in canvas.session.design.nodes
    # the new node has no place of its own: what comes after it makes room
    xs = [middle(canvas, n)[0] for n in ("conv1", "flatten1", "fc1", "relu1")]
    assert xs == sorted(xs)
    assert all(b - a >= 192 for a, b in pairwise(xs))


def test_a_drag_at_the_edge_takes_the_canvas_along(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    canvas = make_canvas(small())
    begin = canvas.viewport
    x, y = middle(canvas, "conv2")
    press(canvas, (x, y))
    edge = (canvas.viewport.seen[2] - 4.0, y)
    pull(canvas, (x, y), edge)
    qtbot.waitUntil(lambda: canvas.viewport.x > begin.x + 100, timeout=3000)
    # the node stays under the pointer
    assert middle(canvas, "conv2")[0] == pytest.approx(canvas.viewport.seen[2] - 4.0, abs=4)
    key(canvas, Qt.Key.Key_Escape)
    held = canvas.viewport
    qtbot.wait(60)
    assert canvas.viewport == held
    assert middle(canvas, "conv2") == (x, y)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton)
