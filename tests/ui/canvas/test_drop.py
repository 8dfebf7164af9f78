"""Layers dragged from the palette: onto empty canvas, onto a wire, and away again."""

from designer.core.graph import Edge
from designer.ui.canvas.scene.measure import GRID
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import Palette, middle
from tests.ui.canvas.nets import chain, small


def test_a_layer_dropped_on_empty_canvas_is_added_there(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(chain())
    Palette(canvas, "Input").drop((100.0, 50.0))
    Palette(canvas, "Conv2d").drop((341.0, 52.0))
    nodes = canvas.session.design.nodes
    assert list(nodes) == ["input1", "conv1"]
    assert canvas.selection.nodes == {"conv1"}
    x, y = middle(canvas, "conv1")
    assert abs(x - 341.0) <= GRID
    assert abs(y - 52.0) <= GRID
    position = nodes["conv1"].position
    assert position is not None
    assert all(value % GRID == 0 for value in position)
    canvas.session.undo()
    assert list(canvas.session.design.nodes) == ["input1"]


def test_a_layer_dropped_on_a_node_stands_beside_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(chain())
    for _ in range(3):
        Palette(canvas, "Input").drop((100.0, 50.0))
    corners = canvas.picture.boxes[:, :2].tolist()
    assert len(corners) == 3
    assert len({x for x, _ in corners}) == 1
    ys = sorted(y for _, y in corners)
    assert ys[1] - ys[0] >= 60.0 and ys[2] - ys[1] >= 60.0
    canvas.session.undo()
    assert len(canvas.session.design.nodes) == 2


def test_a_layer_dropped_on_a_wire_is_put_between_and_makes_room(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    Palette(canvas, "BatchNorm2d").drop((362.0, 26.0))
    design = canvas.session.design
    new = next(n for n in design.nodes if n not in begin.nodes)
    assert Edge("conv1", new) in design.edges
    assert Edge(new, "relu1") in design.edges
    assert canvas.session.analysis.facts["conv2"].outputs is not None
    xs = [middle(canvas, n)[0] for n in ("image", "conv1", new, "relu1", "conv2")]
    assert xs == [74.0 + 192.0 * i for i in range(5)]
    assert len({middle(canvas, n)[1] for n in design.nodes}) == 1
    canvas.session.undo()
    assert canvas.session.design is begin


def test_over_a_wire_the_ghost_shows_what_it_would_give(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    palette = Palette(canvas, "MaxPool2d")
    palette.enter((362.0, 23.0))
    palette.over((362.0, 23.0))
    gesture = canvas.hands.gesture
    assert gesture is not None
    assert gesture._look(46.0).second == "16 × 7 × 7"  # type: ignore[attr-defined]
    before = canvas.grab().toImage()
    palette.leave()
    assert not canvas.is_busy
    assert canvas.grab().toImage() != before
    assert canvas.session.document.undo_label is None


def test_what_is_no_layer_is_not_taken(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    event = Palette(canvas, "Nonsense").enter((100.0, 100.0))
    assert not event.isAccepted()
    assert not canvas.is_busy


def test_a_drop_into_a_net_without_places_keeps_the_others_where_they_are(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(small(placed=False))
    shown = {n: middle(canvas, n) for n in canvas.session.design.nodes}
    Palette(canvas, "Dropout").drop((400.0, 200.0))
    assert {n: middle(canvas, n) for n in shown} == shown
