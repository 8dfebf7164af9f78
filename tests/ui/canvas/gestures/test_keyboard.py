"""Keys on the canvas: walking, moving, deleting, mending, zooming."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, Qt

from designer.core.design import Design
from designer.core.edits import AddNode, Move
from designer.core.graph import Edge, Node
from designer.ui.canvas.drawing.cards import fault_cards
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import click, key, middle
from tests.ui.canvas.nets import blocks, broken, chain, make, small, with_inception

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_arrows_walk_along_wires(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    walked = []
    for which in (Qt.Key.Key_Right,) * 3 + (Qt.Key.Key_Left,):
        key(canvas, which)
        walked += canvas.selection.nodes
    assert walked == ["image", "conv1", "relu1", "conv1"]
    key(canvas, Qt.Key.Key_Right, SHIFT)
    assert canvas.selection.nodes == {"conv1", "relu1"}


def test_up_and_down_go_between_branches(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(1))
    canvas.choose({"r0"})
    key(canvas, Qt.Key.Key_Down)
    assert canvas.selection.nodes == {"s0"}
    key(canvas, Qt.Key.Key_Up)
    key(canvas, Qt.Key.Key_Up)
    assert canvas.selection.nodes == {"a0"}


def test_walking_out_of_sight_moves_the_camera(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(6, placed=False))
    canvas.choose({"image"})
    for _ in range(18):
        key(canvas, Qt.Key.Key_Right)
    (node,) = canvas.selection.nodes
    assert canvas.rect().contains(canvas.screen_rect(canvas.picture.index[node]).toRect())


def test_ctrl_and_arrows_move_in_one_step(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    canvas.choose({"conv2"})
    for _ in range(3):
        key(canvas, Qt.Key.Key_Down, CTRL)
    assert canvas.session.design.nodes["conv2"].position == (576.0, 12.0)
    canvas.session.undo()
    assert canvas.session.design is begin


def test_delete_heals_the_chain_and_selects_what_came_before(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    click(canvas, middle(canvas, "relu1"))
    key(canvas, Qt.Key.Key_Delete)
    assert Edge("conv1", "conv2") in canvas.session.design.edges
    assert canvas.selection.nodes == {"conv1"}


def test_all_are_selected_and_deleted_and_come_back(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    key(canvas, Qt.Key.Key_A, CTRL)
    assert len(canvas.selection.nodes) == 4
    key(canvas, Qt.Key.Key_Backspace)
    assert not canvas.session.design.nodes
    assert not canvas.picture.items
    canvas.session.undo()
    assert canvas.session.design is begin
    assert len(canvas.picture.items) == 4


def test_enter_mends_the_selected_node(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    click(canvas, middle(canvas, "fc1"))
    key(canvas, Qt.Key.Key_Return)
    assert canvas.session.analysis.is_valid
    canvas.session.undo()
    assert not canvas.session.analysis.is_valid


def test_enter_unfolds_a_composite_and_folds_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    click(canvas, middle(canvas, "block"))
    key(canvas, Qt.Key.Key_Return)
    assert "block/branch3x3" in canvas.picture.index
    key(canvas, Qt.Key.Key_Return)
    assert "block/branch3x3" not in canvas.picture.index
    assert canvas.session.document.undo_label is None


def test_zoom_keys(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(3))
    seen: list[float] = []
    canvas.zoom_changed.connect(seen.append)
    key(canvas, Qt.Key.Key_0)
    fitted = canvas.zoom
    assert fitted < 1.0
    left, top, right, bottom = canvas.viewport.seen
    x1, y1, x2, y2 = canvas.picture.bounds()
    assert left < x1 and top < y1 and right > x2 and bottom > y2
    key(canvas, Qt.Key.Key_1)
    assert canvas.zoom == 1.0
    key(canvas, Qt.Key.Key_Minus)
    assert canvas.zoom == 0.8
    canvas.choose({"r0"})
    key(canvas, Qt.Key.Key_F)
    assert canvas.zoom == 1.0
    assert canvas.rect().contains(canvas.screen_rect(canvas.picture.index["r0"]).toRect())
    assert seen == [fitted, 1.0, 0.8, 1.0]


def test_escape_selects_nothing(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    click(canvas, middle(canvas, "relu1"))
    key(canvas, Qt.Key.Key_Escape)
    assert not canvas.selection.nodes


def two_rows() -> Design:
    """Maps in one row, and in the next one a Linear that gets them, a column from the edge."""
    design = chain(
        ("image", make("Input", 1, 28, 28)),
        ("conv1", make("Conv2d", 16, 5, 2, "same")),
        ("relu1", make("ReLU")),
        ("fc1", make("Linear", 128)),
        ("relu2", make("ReLU")),
    )
    return Move({"fc1": (192.0, 120.0), "relu2": (384.0, 120.0)}).apply(design)


def test_what_mends_stands_in_the_gap_and_in_view(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(two_rows())
    before = dict(canvas.picture.places)
    canvas.selection.set({"fc1"})
    key(canvas, Qt.Key.Key_Return)
    places = canvas.picture.places
    assert places["flatten1"] == (0.0, 120.0)
    assert {node: places[node] for node in before} == before
    window = QRectF(canvas.rect())
    for node in ("flatten1", "fc1"):
        assert window.contains(canvas.screen_rect(canvas.picture.index[node]))


def test_where_a_chain_is_full_what_comes_after_makes_room(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    canvas.selection.set({"fc1"})
    key(canvas, Qt.Key.Key_Return)
    xs = [canvas.picture.places[n][0] for n in ("conv1", "flatten1", "fc1", "relu1")]
    assert xs == [192.0, 384.0, 576.0, 768.0]


def test_a_view_too_narrow_for_the_gap_follows_what_was_added(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    canvas.set_viewport(replace(canvas.viewport, x=-100.0 + 700.0, scale=2.0))
    canvas.selection.set({"fc1"})
    key(canvas, Qt.Key.Key_Return)
    window = QRectF(canvas.rect())
    for node in ("flatten1", "fc1"):
        assert window.contains(canvas.screen_rect(canvas.picture.index[node]))


@pytest.mark.parametrize("chosen", [set(), {"conv1"}])
def test_enter_applies_the_only_remedy_that_its_card_offers(
    make_canvas: MakeCanvas, chosen: set[str]
) -> None:
    canvas = make_canvas(broken())
    canvas.selection.set(chosen)
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    assert card.has_key
    assert card.lines[-1].text.endswith("↵")
    key(canvas, Qt.Key.Key_Return)
    assert canvas.session.analysis.is_valid


def test_of_two_remedies_enter_applies_none_unasked(make_canvas: MakeCanvas) -> None:
    design = broken()
    canvas = make_canvas(design)
    canvas.session.execute(
        AddNode(Node("fc2", make("Linear", 10), (0, 200)), (Edge("image", "fc2"),))
    )
    cards = fault_cards(canvas.picture, canvas.viewport)
    assert len(cards) == 2
    assert not any(card.has_key for card in cards)
    before = canvas.session.design
    key(canvas, Qt.Key.Key_Return)
    assert canvas.session.design is before


def test_a_composite_keeps_enter_for_its_inside(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    canvas.session.execute(AddNode(Node("fc", make("Linear", 9), (0, 200)), (Edge("image", "fc"),)))
    canvas.selection.set({"block"})
    assert not any(card.has_key for card in fault_cards(canvas.picture, canvas.viewport))
    key(canvas, Qt.Key.Key_Return)
    assert "block/branch3x3" in canvas.picture.index
