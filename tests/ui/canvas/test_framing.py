"""Frames and comments by hand: framed, named, moved, fitted, removed; each one step."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.core.graph import Point
from designer.ui.canvas.view import CanvasView
from designer.ui.main_window import MainWindow
from tests.ui.canvas.hands import LEFT, NONE, click, drag, key, middle, pixel, press, pull, release

CTRL = Qt.KeyboardModifier.ControlModifier


def ready(qtbot: QtBot, window: MainWindow) -> CanvasView:
    """The canvas of a window that takes keys."""
    canvas = window.canvas
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    canvas.set_viewport(replace(canvas.viewport, scale=0.6, x=-100.0, y=-300.0))
    canvas.setFocus()
    return canvas


def write(canvas: CanvasView, text: str) -> None:
    writing = canvas.frames.writing
    assert writing.isVisible()
    QTest.keyClicks(writing, text)
    QTest.keyClick(writing, Qt.Key.Key_Return)
    assert not writing.isVisible()


def title_of(canvas: CanvasView, number: int = 0) -> Point:
    """A point of a frame's title bar."""
    (panel,) = [p for p in canvas.picture.panels if p.frame == number]
    return (panel.rect[0] + 40.0, panel.rect[1] + 14.0)


def framed(qtbot: QtBot, window: MainWindow) -> CanvasView:
    """conv1 and relu1 in a frame called stem, by keys."""
    canvas = ready(qtbot, window)
    canvas.choose({"conv1", "relu1"})
    key(canvas, Qt.Key.Key_G, CTRL)
    write(canvas, "stem")
    return canvas


def test_ctrl_g_frames_what_is_selected_and_takes_a_title(qtbot: QtBot, window: MainWindow) -> None:
    begin = window.session.design
    canvas = framed(qtbot, window)
    (frame,) = canvas.session.design.frames
    assert (frame.title, frame.nodes) == ("stem", ("conv1", "relu1"))
    (x, y), (width, height) = frame.position, frame.size
    assert x < 200.0 and x + width > 400.0 + 148.0
    assert y < 0.0 and y + height > 46.0
    assert canvas.hasFocus()
    canvas.session.undo()
    assert canvas.session.design is begin


def test_a_title_is_plain_text_on_one_line(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    canvas.choose({"conv1"})
    key(canvas, Qt.Key.Key_G, CTRL)
    QApplication.clipboard().setText("<b>a</b>\nb")
    QTest.keyClick(canvas.frames.writing, Qt.Key.Key_V, CTRL)
    write(canvas, "c")
    assert canvas.session.design.frames[0].title == "<b>a</b> bc"


def test_a_double_click_or_f2_writes_the_title_and_escape_does_not(
    qtbot: QtBot, window: MainWindow
) -> None:
    canvas = framed(qtbot, window)
    QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, *title_of(canvas)))
    write(canvas, "first")
    assert canvas.session.design.frames[0].title == "first"
    click(canvas, (300.0, 400.0))
    click(canvas, title_of(canvas))
    key(canvas, Qt.Key.Key_F2)
    write(canvas, "second")
    assert canvas.session.design.frames[0].title == "second"
    key(canvas, Qt.Key.Key_F2)
    QTest.keyClicks(canvas.frames.writing, "third")
    QTest.keyClick(canvas.frames.writing, Qt.Key.Key_Escape)
    assert canvas.session.design.frames[0].title == "second"
    assert not canvas.frames.writing.isVisible()


def test_a_click_elsewhere_takes_the_title(qtbot: QtBot, window: MainWindow) -> None:
    canvas = framed(qtbot, window)
    key(canvas, Qt.Key.Key_F2)
    QTest.keyClicks(canvas.frames.writing, "head")
    click(canvas, (300.0, 400.0))
    assert canvas.session.design.frames[0].title == "head"


def test_the_title_bar_moves_the_frame_with_its_nodes(qtbot: QtBot, window: MainWindow) -> None:
    canvas = framed(qtbot, window)
    begin, (x, y) = canvas.session.design, title_of(canvas)
    drag(canvas, (x, y), (x + 40.0, y - 200.0))
    after = canvas.session.design
    dx = after.frames[0].position[0] - begin.frames[0].position[0]
    dy = after.frames[0].position[1] - begin.frames[0].position[1]
    assert abs(dx - 40.0) <= 4.0 and abs(dy + 200.0) <= 4.0
    assert after.nodes["conv1"].position == (200.0 + dx, dy)
    assert after.nodes["relu1"].position == (400.0 + dx, dy)
    assert after.nodes["conv2"].position == (600.0, 0.0)
    assert canvas.session.document.undo_label == "move stem"
    canvas.session.undo()
    assert canvas.session.design is begin


def test_escape_puts_a_dragged_frame_back(qtbot: QtBot, window: MainWindow) -> None:
    canvas = framed(qtbot, window)
    begin, (x, y) = canvas.session.design, title_of(canvas)
    rect, place = canvas.picture.panels[0].rect, middle(canvas, "conv1")
    press(canvas, (x, y))
    pull(canvas, (x, y), (x + 60.0, y + 160.0))
    assert canvas.picture.panels[0].rect != rect
    assert middle(canvas, "conv1") != place
    key(canvas, Qt.Key.Key_Escape)
    release(canvas, (x + 60.0, y + 160.0))
    assert canvas.session.design is begin
    assert canvas.picture.panels[0].rect == rect
    assert middle(canvas, "conv1") == place


def test_delete_removes_the_frame_and_none_of_its_nodes(qtbot: QtBot, window: MainWindow) -> None:
    canvas = framed(qtbot, window)
    nodes = canvas.session.design.nodes
    click(canvas, title_of(canvas))
    assert not canvas.selection.nodes
    key(canvas, Qt.Key.Key_Delete)
    assert canvas.session.design.frames == ()
    assert canvas.session.design.nodes == nodes
    key(canvas, Qt.Key.Key_Delete)
    assert canvas.session.design.nodes == nodes


def test_a_node_that_is_selected_then_is_what_delete_means(
    qtbot: QtBot, window: MainWindow
) -> None:
    canvas = framed(qtbot, window)
    click(canvas, title_of(canvas))
    click(canvas, middle(canvas, "relu2"))
    key(canvas, Qt.Key.Key_Delete)
    assert len(canvas.session.design.frames) == 1
    assert "relu2" not in canvas.session.design.nodes


def test_f_fits_the_frame(qtbot: QtBot, window: MainWindow) -> None:
    canvas = framed(qtbot, window)
    click(canvas, title_of(canvas))
    key(canvas, Qt.Key.Key_F)
    left, top, right, bottom = canvas.viewport.seen
    x, y, width, height = canvas.picture.panels[0].rect
    assert left <= x and top <= y and x + width <= right and y + height <= bottom
    assert abs((left + right) / 2 - (x + width / 2)) < 4.0
    assert abs((top + bottom) / 2 - (y + height / 2)) < 4.0
    assert canvas.viewport.scale > 0.6


def test_a_frame_around_frames_holds_them_and_moves_them(qtbot: QtBot, window: MainWindow) -> None:
    canvas = framed(qtbot, window)
    canvas.choose({"image", "conv1", "relu1"})
    key(canvas, Qt.Key.Key_G, CTRL)
    write(canvas, "all")
    outer, inner = canvas.session.design.frames
    assert (outer.title, inner.title) == ("all", "stem")
    assert outer.position[1] < inner.position[1]
    x, y = title_of(canvas, 0)
    drag(canvas, (x, y), (x, y + 100.0))
    moved = canvas.session.design.frames
    assert moved[1].position[1] - inner.position[1] == moved[0].position[1] - outer.position[1] > 90


def test_a_comment_is_written_moved_and_removed(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    begin = canvas.session.design
    QTest.mouseMove(canvas, pixel(canvas, 240.0, 260.0))
    key(canvas, Qt.Key.Key_T, CTRL)
    QTest.keyClicks(canvas.frames.writing, "why two")
    QTest.keyClick(canvas.frames.writing, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write(canvas, "strides?")
    (frame,) = canvas.session.design.frames
    assert (frame.title, frame.text, frame.nodes) == ("", "why two\nstrides?", ())
    x, y = frame.position
    assert abs(x - 240.0) <= 4.0 and abs(y - 260.0) <= 4.0
    drag(canvas, (x + 30.0, y + 30.0), (x + 30.0, y + 130.0))
    assert canvas.session.design.frames[0].position[1] > y + 90.0
    key(canvas, Qt.Key.Key_Delete)
    assert canvas.session.design.frames == ()
    for _ in range(3):
        canvas.session.undo()
    assert canvas.session.design is begin


def test_a_comment_without_words_is_none(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    begin = canvas.session.design
    key(canvas, Qt.Key.Key_T, CTRL)
    write(canvas, "  ")
    assert canvas.session.design is begin
