"""What shows when the pointer rests, and which cards speak up."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.core.edits import AddNode, SetParam
from designer.core.graph import Node
from designer.ui.canvas.drawing.cards import PATH, fault_cards
from designer.ui.canvas.labels import wire_words
from designer.ui.canvas.scene.look import Mark
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import middle, pixel
from tests.ui.canvas.nets import broken, loose, make, small


def test_a_rest_on_a_node_shows_its_arithmetic(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    canvas = make_canvas(small())
    QTest.mouseMove(canvas, pixel(canvas, *middle(canvas, "conv1")))
    assert canvas.hover.card is None
    qtbot.waitUntil(lambda: canvas.hover.card is not None, timeout=3000)
    card = canvas.hover.card
    assert card is not None
    words = [line.text for line in card.lines]
    assert words[0] == "Conv2d"
    assert any("⌈28 / 2⌉ = 14" in text for text in words)
    assert words[-1] == "416 parameters · 78,400 MACs"
    QTest.mouseMove(canvas, pixel(canvas, 300.0, 200.0))
    assert canvas.hover.card is None


def test_a_wire_under_the_pointer_is_marked_and_says_its_shape(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas, pixel(canvas, 362.0, 23.0))
    assert canvas.hover.wire == 1
    assert wire_words(canvas.picture, 1) == "16 × 14 × 14"
    assert canvas.picture.wire_mark[1] & Mark.HOVERED
    assert canvas.grab().toImage() != plain
    QTest.mouseMove(canvas, pixel(canvas, 362.0, 123.0))
    assert canvas.hover.wire is None
    assert canvas.grab().toImage() == plain


@pytest.mark.parametrize("interface", [1.0, 1.25, 2.0])
def test_the_label_of_a_wire_is_painted_whole_and_taken_away(
    make_canvas: MakeCanvas, interface: float
) -> None:
    canvas = make_canvas(small())
    canvas.set_viewport(replace(canvas.viewport, interface=interface))

    def on_screen() -> QImage:
        QApplication.processEvents()
        return canvas.screen().grabWindow(canvas.winId()).toImage()

    plain = on_screen()
    QTest.mouseMove(canvas, pixel(canvas, 362.0, 23.0))
    hovered = on_screen()
    assert hovered != plain
    canvas.update()
    assert on_screen() == hovered, "no part of it is missing"
    QTest.mouseMove(canvas, pixel(canvas, 362.0, 323.0))
    assert on_screen() == plain, "nothing is left behind"


def test_a_hovered_node_is_repainted_and_nothing_is_left(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    plain = canvas.grab().toImage()
    QTest.mouseMove(canvas, pixel(canvas, *middle(canvas, "relu1")))
    assert canvas.grab().toImage() != plain
    QTest.mouseMove(canvas, pixel(canvas, 362.0, 123.0))
    canvas.hover.leave()
    assert canvas.grab().toImage() == plain


def test_the_card_of_a_fault_says_what_and_how_to_mend_it(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    text = " ".join(line.text for line in card.lines)
    assert "fc1 is a Linear and needs a vector" in text
    assert text.endswith("Insert Flatten (3,136 values) ↵")
    canvas.choose({"fc1"})
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    assert card.lines[-1].text.endswith("↵")


def test_a_card_goes_above_or_keeps_quiet_where_it_would_cover_nodes(
    make_canvas: MakeCanvas,
) -> None:
    below, above = (Node(n, make("Input"), (384.0, y)) for n, y in (("b", 60.0), ("a", -60.0)))
    crowded = AddNode(below).apply(broken())
    canvas = make_canvas(crowded)
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    place = canvas.screen_rect(canvas.picture.index["fc1"])
    assert card.rect.bottom() < place.top()
    canvas.session.execute(AddNode(above))
    assert not fault_cards(canvas.picture, canvas.viewport)
    canvas.choose({"fc1"})
    (card,) = fault_cards(canvas.picture, canvas.viewport)
    assert card.rect.top() > place.bottom()


def test_an_open_input_is_marked_but_keeps_quiet(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("conv1", make("Conv2d"), 0, 0)))
    assert canvas.picture.look(0).second == "missing input"
    codes = {fault.code for fault in canvas.picture.faults.values()}
    assert codes == {"missing-input"}
    assert not fault_cards(canvas.picture, canvas.viewport)


def test_every_shape_follows_an_edit(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.session.execute(SetParam("conv1", "stride", 1))
    seconds = [canvas.picture.look(i).second for i in range(4)]
    assert seconds == ["1 × 28 × 28", "16 × 28 × 28", "16 × 28 × 28", "8 × 26 × 26"]
    canvas.session.undo()
    assert canvas.picture.look(1).second == "16 × 14 × 14"


def test_the_pointer_over_nothing_is_nothing(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    assert canvas.hover.fault_card(QPointF(5, 5)) is None


def test_a_card_keeps_off_the_corner_where_the_level_is_named(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("add1", make("Add"), 0, 0), ("relu1", make("ReLU"), 0, 70)))
    canvas.choose({"add1"})
    # the card goes above its node, as below there is another one
    canvas.set_viewport(replace(canvas.viewport, x=-20.0, y=-75.0))
    (card, *_) = fault_cards(canvas.picture, canvas.viewport)
    assert card.item == canvas.picture.index["add1"]
    corner = QRectF(0, 0, PATH[0], PATH[1])
    assert card.rect.top() < PATH[1], "it is up there"
    assert not card.rect.intersects(corner)
