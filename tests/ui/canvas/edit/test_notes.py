"""Notes on nodes: written on the canvas and in the inspector, kept in the file, seen and found."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.core.edits import SetNode
from designer.storage import from_text, to_text
from designer.ui.canvas.scene.look import Mark
from designer.ui.main_window import MainWindow
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import LEFT, NONE, click, key, middle, pixel
from tests.ui.canvas.nets import small

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_n_writes_a_note_below_the_node_in_one_step(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    click(canvas, middle(canvas, "conv1"))
    key(canvas, Qt.Key.Key_N)
    writing = canvas.frames.writing
    assert writing.isVisible() and writing.hasFocus()
    rect = canvas.screen_rect(canvas.picture.index["conv1"])
    assert writing.geometry().top() >= rect.bottom()
    low = writing.height()
    QTest.keyClicks(writing, "why stride 2?")
    QTest.keyClick(writing, Qt.Key.Key_Return, SHIFT)
    QTest.keyClicks(writing, "ask Ada")
    assert writing.height() > low
    QTest.keyClick(writing, Qt.Key.Key_Return)
    assert canvas.session.design.nodes["conv1"].note == "why stride 2?\nask Ada"
    assert canvas.session.document.undo_label == "set note of conv1"
    assert canvas.hasFocus()
    assert from_text(to_text(canvas.session.design)).nodes["conv1"].note.startswith("why")
    canvas.session.undo()
    assert canvas.session.design is begin


def test_ctrl_enter_takes_it_and_trains_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(type(window), "train", lambda _: asked.append(True))
    window.selection.set({"conv1"})
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_N)
    writing = window.canvas.frames.writing
    QTest.keyClicks(writing, "why")
    QTest.keyClick(writing, Qt.Key.Key_Return, CTRL)
    assert window.session.design.nodes["conv1"].note == "why"
    assert asked == []
    QTest.keyClick(window.canvas, Qt.Key.Key_Return, CTRL)
    assert asked == [True]


def test_escape_drops_it_and_no_words_take_it_away(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.session.execute(SetNode("conv1", "note", "kept"))
    click(canvas, middle(canvas, "conv1"))
    key(canvas, Qt.Key.Key_N)
    assert canvas.frames.writing.toPlainText() == "kept"
    QTest.keyClicks(canvas.frames.writing, "other")
    QTest.keyClick(canvas.frames.writing, Qt.Key.Key_Escape)
    assert canvas.session.design.nodes["conv1"].note == "kept"
    key(canvas, Qt.Key.Key_N)
    QTest.keyClick(canvas.frames.writing, Qt.Key.Key_Delete)
    QTest.keyClick(canvas.frames.writing, Qt.Key.Key_Return)
    assert canvas.session.design.nodes["conv1"].note == ""


def test_a_node_shows_that_it_bears_a_note_and_its_card_reads_it(
    make_canvas: MakeCanvas, qtbot: QtBot
) -> None:
    canvas = make_canvas(small())
    item = canvas.picture.index["conv1"]
    plain = canvas.grab().toImage()
    canvas.session.execute(SetNode("conv1", "note", "<b>why</b>\n\n" + "one more line\n" * 40))
    assert canvas.picture.look(item).mark & Mark.NOTED
    assert canvas.grab().toImage() != plain
    canvas.hover.move(canvas.pointer(QPointF(canvas.screen_rect(item).center())))
    qtbot.waitUntil(lambda: canvas.hover.card is not None, timeout=5000)
    card = canvas.hover.card
    assert card is not None
    words = [line.text for line in card.lines]
    assert "Note: <b>why</b>" in words and words[-1] == "…"
    assert card.rect.height() < canvas.height() / 2


def test_what_is_not_known_shows_its_note_all_the_same(
    make_canvas: MakeCanvas, qtbot: QtBot
) -> None:
    canvas = make_canvas(small())
    canvas.choose({"image"})
    key(canvas, Qt.Key.Key_Delete)
    canvas.session.execute(SetNode("conv2", "note", "still to do"))
    place = canvas.screen_rect(canvas.picture.index["conv2"]).center()
    canvas.hover.move(canvas.pointer(QPointF(place)))
    qtbot.waitUntil(lambda: canvas.hover.card is not None, timeout=5000)
    assert canvas.hover.card is not None
    assert "Note: still to do" in [line.text for line in canvas.hover.card.lines]


def test_the_inspector_holds_many_lines_and_its_typing_is_one_step(
    qtbot: QtBot, window: MainWindow
) -> None:
    begin = window.session.design
    window.selection.set({"conv1"})
    note = window.inspector.nodes.note
    low = note.sizeHint().height()
    note.setFocus()
    QTest.keyClicks(note, "first")
    QTest.keyClick(note, Qt.Key.Key_Return)
    QTest.keyClicks(note, "second")
    assert window.session.design.nodes["conv1"].note == "first\nsecond"
    qtbot.waitUntil(lambda: note.sizeHint().height() > low)
    QApplication.clipboard().setText("<i>x</i>")
    QTest.keyClick(note, Qt.Key.Key_V, CTRL)
    assert window.session.design.nodes["conv1"].note == "first\nsecond<i>x</i>"
    QTest.keyClick(note, Qt.Key.Key_Z, CTRL)  # the field's own
    assert note.hasFocus() and "<i>" not in note.toPlainText() != ""
    assert window.session.design.nodes["conv1"].note == note.toPlainText()
    window.selection.set({"conv2"})
    assert window.inspector.nodes.note is note
    assert note.toPlainText() == ""
    window.canvas.setFocus()
    window.session.undo()
    assert window.session.design is begin
    window.selection.set({"conv1", "conv2"})
    assert not window.inspector.nodes.note.isVisible()


def test_a_node_is_found_by_its_note(qtbot: QtBot, window: MainWindow) -> None:
    window.session.execute(SetNode("relu2", "note", "Ask Ada about the dead units"))
    window.command_palette.open("dead units")
    assert window.command_palette.titles() == ["Go to relu2"]
    QGuiApplication.clipboard().clear()


def test_a_double_click_writes_the_name_where_it_stands(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    begin, said = canvas.session.design, []
    canvas.refused.connect(said.append)
    canvas.session.refused.connect(said.append)
    writing = canvas.frames.writing
    for typed, name in (("first", "first"), ("2nd", "first"), ("relu1", "first")):
        node = "first" if "first" in canvas.session.design.nodes else "conv1"
        place = middle(canvas, node)
        click(canvas, place)
        QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, *place))
        assert writing.hasFocus() and writing.toPlainText() == node
        QTest.keyClicks(writing, typed)
        QTest.keyClick(writing, Qt.Key.Key_Return)
        assert name in canvas.session.design.nodes and canvas.selection.nodes == {name}
    assert len(said) == 2 and "cannot be an id" in said[0] and "already" in said[1]
    canvas.session.undo()
    assert canvas.session.design is begin


def test_of_a_node_with_a_label_the_label_is_written(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.session.execute(SetNode("conv1", "label", "stem"))
    QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, *middle(canvas, "conv1")))
    QTest.keyClicks(canvas.frames.writing, "the <b>stem</b>")
    QTest.keyClick(canvas.frames.writing, Qt.Key.Key_Return)
    assert canvas.session.design.nodes["conv1"].label == "the <b>stem</b>"
