"""Keys on the canvas: walking, moving, deleting, mending, zooming."""

from PySide6.QtCore import Qt

from designer.core.graph import Edge
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import click, key, middle
from tests.ui.canvas.nets import blocks, broken, small, with_inception

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
