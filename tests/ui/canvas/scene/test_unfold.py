"""Composites unfold in their place; the design is not changed by it."""

from PySide6.QtTest import QTest

from designer.core.design import Design, Frame
from designer.core.edits import Paste
from designer.core.graph import Edge, Node
from designer.ui.canvas.scene.compose import compose, unshifted
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import LEFT, NONE, Palette, click, drag, middle, pixel
from tests.ui.canvas.nets import make, small, with_inception


def test_a_double_click_unfolds_and_on_the_title_folds(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    begin = canvas.session.design
    folded = middle(canvas, "pool3")
    QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, *middle(canvas, "block")))
    (panel,) = canvas.picture.panels
    assert panel.title == "block"
    assert panel.subtitle == "Inception · 163,696 parameters"
    assert "block" not in canvas.picture.index
    assert canvas.picture.look(canvas.picture.index["block/branch3x3"]).second == "128 × 28 × 28"
    assert middle(canvas, "pool3")[0] > folded[0]
    x, y, _, _ = panel.rect
    QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, x + 30, y + 16))
    assert middle(canvas, "pool3") == folded
    assert canvas.session.design is begin


def test_the_inside_lies_in_the_frame_and_the_axis_stays(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    x, y, w, h = canvas.picture.panels[0].rect
    for name, i in canvas.picture.index.items():
        bx, by, bw, bh = canvas.picture.boxes[i].tolist()
        inside = x <= bx and y <= by and bx + bw <= x + w and by + bh <= y + h
        assert inside == name.startswith("block/")
    assert middle(canvas, "block/concat")[1] == middle(canvas, "pool3")[1]


def test_wires_go_through_the_frame(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    items = canvas.picture.items
    through = {
        (items[w.source].id, items[w.target].id) for w in canvas.picture.wires if w.edge is not None
    }
    assert through == {
        ("image", "pool2"),
        ("pool2", "block/branch1x1"),
        ("pool2", "block/reduce3x3"),
        ("pool2", "block/reduce5x5"),
        ("pool2", "block/pool"),
        ("block/concat", "pool3"),
    }


def test_a_click_inside_selects_the_composite_and_names_the_node(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    named: list[str] = []
    canvas.focused.connect(named.append)
    click(canvas, middle(canvas, "block/pool"))
    assert canvas.selection.nodes == {"block"}
    assert named == ["block/pool"]
    assert not canvas.picture.item_mark.any()
    lit = {canvas.picture.wires[w].edge for w in canvas.picture.wire_mark.nonzero()[0]}
    assert lit == {Edge("pool2", "block"), Edge("block", "pool3")}


def test_dragging_the_frame_moves_the_composite(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    x, y, _, _ = canvas.picture.panels[0].rect
    drag(canvas, (x + 60, y + 16), (x + 60, y + 56))
    assert canvas.session.design.nodes["block"].position == (384.0, 40.0)
    assert canvas.picture.panels[0].rect[1] == y + 40


def test_what_is_dropped_behind_an_unfolded_composite_stands_there_when_it_is_folded(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    x, y = middle(canvas, "pool3")
    Palette(canvas, "Dropout").drop((x, y + 120))
    (new,) = canvas.selection.nodes
    assert middle(canvas, new) == (x, y + 120)
    canvas.toggle("block")
    assert middle(canvas, new)[0] == middle(canvas, "pool3")[0]


def test_nothing_can_be_dropped_into_a_frame(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    begin, said = canvas.session.design, []
    canvas.refused.connect(said.append)
    x, y = middle(canvas, "block/branch5x5")
    Palette(canvas, "Dropout").drop((x, y + 40))
    assert canvas.session.design is begin
    assert said == [
        "the inside of block is given by its parameters: drop the layer beside its frame"
    ]


def test_an_unknown_shape_says_why_it_stays_folded(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    said: list[str] = []
    canvas.refused.connect(said.append)
    click(canvas, (170.0 + 192.0, 23.0))
    assert canvas.selection.edges == {Edge("pool2", "block")}
    canvas.delete_selection()
    canvas.toggle("block")
    assert said == ["block shows its inside when the shape that it gets is known"]
    assert not canvas.picture.panels


def test_places_are_found_back(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    for name in ("image", "pool2", "pool3"):
        x, y = canvas.picture.boxes[canvas.picture.index[name], :2].tolist()
        assert unshifted((x, y), canvas.picture.shifts) == canvas.picture.places[name]


def test_frames_of_the_design_are_shown(make_canvas: MakeCanvas) -> None:
    base = small()
    framed = Design(
        graph=base.graph, frames=(Frame("Stem", (-20.0, -60.0), (400.0, 140.0), "reads the image"),)
    )
    canvas = make_canvas(framed)
    (panel,) = canvas.picture.panels
    assert (panel.title, panel.text) == ("Stem", "reads the image")
    plain = make_canvas(base)
    assert canvas.grab().toImage() != plain.grab().toImage()


def test_inside_a_composite_nothing_can_be_wired() -> None:
    from designer.core.analysis import analyze
    from designer.ui.canvas.scene.hit import port_at

    design = with_inception()
    picture = compose(design, analyze(design), unfolded=frozenset({"block"}))
    i = picture.index["block/pool"]
    assert port_at(picture, picture.port_place(i, 0, output=True)) is None
    assert port_at(picture, picture.port_place(picture.index["pool2"], 0, output=True)) is not None


def test_all_branches_begin_in_the_first_column(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.toggle("block")
    lefts = {middle(canvas, f"block/{n}")[0] for n in ("branch1x1", "reduce3x3", "pool")}
    assert len(lefts) == 1


def test_rows_stay_rows_when_a_composite_unfolds_above_them(make_canvas: MakeCanvas) -> None:
    design = with_inception()
    nodes = [
        Node("fc1", make("Flatten"), (0.0, 160.0)),
        Node("fc2", make("Linear"), (720.0, 160.0)),
    ]
    edges = (Edge("pool3", "fc1"), Edge("fc1", "fc2"))
    canvas = make_canvas(Paste(tuple(nodes), edges).apply(design))
    canvas.toggle("block")
    assert middle(canvas, "fc1")[1] == middle(canvas, "fc2")[1] > middle(canvas, "pool3")[1] + 160
    assert middle(canvas, "fc2")[0] == 720.0 + 74.0
    _, top, _, height = canvas.picture.panels[0].rect
    assert middle(canvas, "fc2")[1] - 23 > top + height
