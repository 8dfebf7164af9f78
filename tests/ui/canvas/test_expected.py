"""What people expect of a node editor, by mouse and keys, where no other test does it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.core.design import Frame
from designer.core.edits import AddNode, Disconnect
from designer.core.graph import Edge, Node
from designer.ui.canvas.view import CanvasView
from designer.ui.main_window import MainWindow
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import (
    LEFT,
    NONE,
    Palette,
    click,
    drag,
    key,
    middle,
    pixel,
    press,
    pull,
    release,
)
from tests.ui.canvas.nets import blocks, broken, chain, loose, make, small

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def xs(canvas: CanvasView) -> list[float]:
    return [canvas.picture.places[n][0] for n in ("image", "conv1", "relu1", "conv2")]


# --- onto a wire --------------------------------------------------------------------------------


def test_with_alt_a_layer_dropped_on_a_wire_moves_nothing_else(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = xs(canvas)
    Palette(canvas, "Dropout", ALT).drop((362.0, 23.0))
    assert Edge("conv1", "dropout1") in canvas.session.design.edges
    assert xs(canvas) == before


def test_with_alt_a_node_dragged_onto_a_wire_moves_nothing_else(make_canvas: MakeCanvas) -> None:
    design = AddNode(Node("bn", make("BatchNorm2d"), (300.0, 160.0))).apply(small())
    canvas = make_canvas(design)
    before = xs(canvas)
    drag(canvas, middle(canvas, "bn"), (362.0, 23.0), ALT)
    edges = canvas.session.design.edges
    assert Edge("conv1", "bn") in edges and Edge("bn", "relu1") in edges
    assert xs(canvas) == before


def test_a_layer_is_dragged_out_of_the_palette_onto_the_canvas(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas, view = window.canvas, window.palette_panel.list
    carried: list[QDrag] = []
    monkeypatch.setattr(QDrag, "exec", lambda self, *_: carried.append(self))
    item = window.palette_panel.item("ReLU")
    assert item is not None
    view.scrollToItem(item)
    at = view.visualItemRect(item).center()
    QTest.mousePress(view.viewport(), LEFT, NONE, at)
    for step in range(1, 5):
        QTest.mouseMove(view.viewport(), at + QPoint(12 * step, 0))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, at)
    (made,) = carried
    dropped = Palette(canvas, "ReLU")
    dropped.data = made.mimeData()
    dropped.drop((300.0, 160.0))
    assert "relu4" in window.session.design.nodes
    image = made.pixmap().toImage()
    assert image.pixelColor(0, 0).alpha() == 0, "the node itself is seen, and nothing lies on it"


# --- selecting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("held", [SHIFT, CTRL])
def test_a_rubber_band_extends_with_shift_and_with_ctrl(
    make_canvas: MakeCanvas, held: Qt.KeyboardModifier
) -> None:
    canvas = make_canvas(small())
    click(canvas, middle(canvas, "image"))
    drag(canvas, (350.0, -60.0), (600.0, 20.0), held)
    assert canvas.selection.nodes == {"image", "relu1", "conv2"}
    drag(canvas, (350.0, -60.0), (400.0, 20.0))
    assert canvas.selection.nodes == {"relu1"}


def test_the_right_button_selects_what_it_is_on_and_asks_for_a_menu(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(small())
    asked: list[object] = []
    canvas.menu_requested.connect(asked.append)
    for node in ("conv1", "relu1"):
        at = pixel(canvas, *middle(canvas, node))
        where = canvas.mapToGlobal(at)
        QTest.mouseClick(canvas, Qt.MouseButton.RightButton, NONE, at)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, where)
        QApplication.sendEvent(canvas, event)
        assert canvas.selection.nodes == {node}
    canvas.choose({"conv1", "relu1"})
    QApplication.sendEvent(canvas, event)
    assert canvas.selection.nodes == {"conv1", "relu1"}, "what is selected stays so"
    assert len(asked) == 3


# --- changing nodes -------------------------------------------------------------------------------


def test_r_replaces_a_layer_and_keeps_its_wires(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = canvas.session.design.edges
    click(canvas, middle(canvas, "relu1"))
    key(canvas, K.Key_R)
    assert canvas.quick_add.kinds[0] in ("ReLU6", "LeakyReLU", "ELU", "GELU", "SiLU", "Tanh")
    QTest.keyClicks(QApplication.focusWidget(), "gelu")
    key(canvas, K.Key_Return)
    assert canvas.session.design.nodes["relu1"].layer.kind() == "GELU"
    assert canvas.session.design.edges == before


def test_b_bypasses_where_the_shapes_allow_it_and_gives_the_reason_else(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(
        chain(
            ("image", make("Input", 1, 28, 28)),
            ("relu1", make("ReLU")),
            ("flatten", make("Flatten")),
            ("fc1", make("Linear", 10)),
        )
    )
    said: list[str] = []
    canvas.refused.connect(said.append)
    click(canvas, middle(canvas, "relu1"))
    key(canvas, K.Key_B)
    assert canvas.session.design.nodes["relu1"].bypassed and not said
    assert canvas.session.analysis.is_valid
    bypassed = canvas.session.design
    click(canvas, middle(canvas, "flatten"))
    key(canvas, K.Key_B)
    click(canvas, middle(canvas, "image"))
    key(canvas, K.Key_B)
    assert canvas.session.design is bypassed
    assert said[0].startswith("flatten cannot be bypassed: fc1 is a Linear and needs a vector")
    assert said[1] == "image has no input that it could pass on"
    click(canvas, middle(canvas, "relu1"))
    key(canvas, K.Key_B)
    assert not canvas.session.design.nodes["relu1"].bypassed


def test_what_was_wrong_before_is_no_reason_against_a_bypass(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    click(canvas, middle(canvas, "fc1"))
    key(canvas, K.Key_B)
    assert canvas.session.design.nodes["fc1"].bypassed
    assert canvas.session.analysis.facts["relu1"].outputs is not None


# --- putting in order -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "held", "axis", "lines"),
    [
        (K.Key_A, ALT, 0, {0.0}),
        (K.Key_H, ALT, 0, {240.0}),
        (K.Key_D, ALT, 0, {480.0}),
        (K.Key_W, ALT, 1, {0.0}),
        (K.Key_V, ALT, 1, {120.0}),
        (K.Key_S, ALT, 1, {240.0}),
        (K.Key_H, ALT | SHIFT, 0, {0.0, 240.0, 480.0}),
        (K.Key_V, ALT | SHIFT, 1, {0.0, 120.0, 240.0}),
    ],
)
def test_keys_align_and_distribute(
    make_canvas: MakeCanvas,
    which: Qt.Key,
    held: Qt.KeyboardModifier,
    axis: int,
    lines: set[float],
) -> None:
    relu = make("ReLU")
    canvas = make_canvas(loose(("a", relu, 0, 0), ("b", relu, 180, 80), ("c", relu, 480, 240)))
    canvas.choose("abc")
    key(canvas, which, held)
    positions = [node.position for node in canvas.session.design.nodes.values()]
    assert {p[axis] for p in positions if p} == lines


def test_s_makes_wires_level(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    drag(canvas, middle(canvas, "relu1"), (middle(canvas, "relu1")[0], 140.0))
    key(canvas, K.Key_S)
    assert canvas.session.design.nodes["relu1"].position == (384.0, 0.0)


# --- keys -----------------------------------------------------------------------------------------


def test_c_and_a_letter_wire_the_selected_node(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(Disconnect((Edge("relu1", "conv2"),)).apply(small()))
    click(canvas, middle(canvas, "relu1"))
    key(canvas, K.Key_C)
    hints = canvas.keyboard.hints
    assert hints is not None
    told = {hint.edge.target: hint.verdict.outputs for hint in hints._hints}
    assert str((told["conv2"] or ("",))[0]) == "8 × 12 × 12", "the hint says what would come of it"
    assert "image" not in told and "conv1" not in told
    key(canvas, K.Key_A)
    assert Edge("relu1", "conv2") in canvas.session.design.edges


def test_tab_and_shift_tab_leave_the_canvas(qtbot: QtBot, window: MainWindow) -> None:
    for held in (NONE, SHIFT):
        window.canvas.setFocus()
        assert window.canvas.hasFocus()
        QTest.keyClick(window.canvas, K.Key_Tab if not held else K.Key_Backtab, held)
        assert not window.canvas.hasFocus()
        assert not window.canvas.quick_add.isVisible()
        focus = QApplication.focusWidget()
        assert focus is not None and not window.canvas.isAncestorOf(focus)


def test_a_text_field_s_undo_is_its_own_and_the_next_is_the_window_s(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv1"})
    key(canvas, K.Key_G, CTRL)
    framed = canvas.session.design
    writing = canvas.frames.writing
    QTest.keyClicks(writing, "ab")
    QTest.keyClick(writing, K.Key_Z, CTRL)
    assert canvas.session.design is framed
    assert writing.toPlainText() != "ab"


# --- the camera -----------------------------------------------------------------------------------


def test_the_camera_is_moved_and_nothing_else_is(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(4))
    begin = canvas.session.design
    canvas.choose({"r0"})
    seen = [canvas.viewport]
    for which in (K.Key_0, K.Key_1, K.Key_F, K.Key_Plus, K.Key_Minus):
        key(canvas, which)
        seen.append(canvas.viewport)
    middle_button = Qt.MouseButton.MiddleButton
    at = pixel(canvas, *middle(canvas, "r0"))
    QTest.mousePress(canvas, middle_button, NONE, at)
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    QTest.mouseMove(canvas, at + QPoint(40, 30))
    QTest.mouseRelease(canvas, middle_button, NONE, at + QPoint(40, 30))
    seen.append(canvas.viewport)
    assert all(a != b for a, b in pairwise(seen))
    assert canvas.session.design is begin and not canvas.session.can_undo
    assert canvas.selection.nodes == {"r0"}


def test_space_and_a_drag_pan_and_space_alone_offers_layers(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = canvas.viewport
    QTest.keyPress(canvas, K.Key_Space)
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    press(canvas, middle(canvas, "conv1"))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    pull(canvas, middle(canvas, "conv1"), (400.0, 120.0))
    release(canvas, (400.0, 120.0))
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor, "while Space is held"
    QTest.keyRelease(canvas, K.Key_Space)
    assert canvas.viewport != before and not canvas.quick_add.isVisible()
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    QTest.keyClick(canvas, K.Key_Space)
    assert canvas.quick_add.isVisible()


def test_a_banner_that_comes_and_goes_moves_nothing_under_the_pointer(
    qtbot: QtBot, window: MainWindow
) -> None:
    canvas = window.canvas

    def place() -> QPoint:
        rect = canvas.screen_rect(canvas.picture.index["conv1"])
        return canvas.mapTo(window, rect.center().toPoint())

    before, top = place(), canvas.mapTo(window, QPoint(0, 0)).y()
    window.session.refused.emit("there is no net to train yet")
    qtbot.waitUntil(lambda: canvas.mapTo(window, QPoint(0, 0)).y() > top)
    assert (place() - before).manhattanLength() <= 1
    window.column.banner.hide()
    qtbot.waitUntil(lambda: canvas.mapTo(window, QPoint(0, 0)).y() == top)
    assert (place() - before).manhattanLength() <= 1


def test_the_right_button_on_a_frame_means_the_frame(make_canvas: MakeCanvas) -> None:
    frame = Frame("stem", (164.0, -40.0), (204.0, 110.0), nodes=("conv1",))
    canvas = make_canvas(replace(small(), frames=(frame,)))
    at = pixel(canvas, 200.0, -24.0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
    QApplication.sendEvent(canvas, event)
    assert canvas.frames.chosen == 0


def test_what_is_dragged_is_not_hidden_by_what_is_wrong(
    make_canvas: MakeCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = make_canvas(broken())
    drawn: list[object] = []
    monkeypatch.setattr(
        "designer.ui.canvas.drawing.paint.draw_card",
        lambda painter, card, tokens: drawn.append(card),
    )
    canvas.grab()
    assert drawn, "a fault says what it is"
    place = middle(canvas, "fc1")
    press(canvas, place)
    pull(canvas, place, (place[0], place[1] + 90.0))
    drawn.clear()
    canvas.grab()
    assert not drawn
    key(canvas, K.Key_Escape)
    canvas.grab()
    assert drawn


def test_over_a_wire_it_is_said_between_what_a_node_will_stand(
    make_canvas: MakeCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = make_canvas(AddNode(Node("bn", make("BatchNorm2d"), (300.0, 160.0))).apply(small()))
    said: list[str] = []
    monkeypatch.setattr(
        "designer.ui.canvas.overlay.draw_pill",
        lambda painter, at, words, *_, **__: said.append(words),
    )
    press(canvas, middle(canvas, "bn"))
    pull(canvas, middle(canvas, "bn"), (362.0, 23.0))
    canvas.grab()
    key(canvas, K.Key_Escape)
    palette = Palette(canvas, "ReLU")
    palette.enter((170.0, 23.0))
    palette.over((170.0, 23.0))
    canvas.grab()
    palette.leave()
    assert said == ["between conv1 and relu1", "between image and conv1"]
