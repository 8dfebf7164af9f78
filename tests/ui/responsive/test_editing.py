"""Nothing blocks the window while a net of 500 nodes is edited and a run reports."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from designer.app.trainer import Trainer
from designer.core.graph import Point
from designer.ui.canvas.view import CanvasView
from designer.ui.main_window import MainWindow
from tests.ui.canvas.hands import LEFT, input_, middle, output, pixel
from tests.ui.responsive.conftest import Open
from tests.ui.responsive.nets import large
from tests.ui.responsive.watchdog import Watch, idle, never_holds, play, until

pytestmark = pytest.mark.alone

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Hands = Iterator[object]


def drag(canvas: CanvasView, first: Point, last: Point) -> Hands:
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, pixel(canvas, *first))
    for step in range(1, 9):
        yield
        x = first[0] + (last[0] - first[0]) * step / 8
        y = first[1] + (last[1] - first[1]) * step / 8
        QTest.mouseMove(canvas, pixel(canvas, x, y))
    yield
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, pixel(canvas, *last))
    yield


def key(widget: QWidget, which: Qt.Key, keys: Qt.KeyboardModifier) -> Hands:
    QTest.keyClick(widget, which, keys)
    yield


def type_into(line: QLineEdit, text: str) -> Hands:
    QTest.mouseClick(line, LEFT)
    yield from key(line, Qt.Key.Key_A, CTRL)
    for letter in text:
        QTest.keyClick(line, letter)
        yield
    yield from key(line, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)


def line_of(window: MainWindow, name: str) -> QLineEdit:
    found = window.inspector.nodes.form.fields[name].findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def hands(window: MainWindow) -> Hands:
    """Type, move, connect, undo, redo, copy and paste, as a person does."""
    canvas, session = window.canvas, window.session
    canvas.zoom_actual()
    canvas.reveal({"conv2d0_1_2"})
    yield
    QTest.mouseClick(canvas, LEFT, pos=pixel(canvas, *middle(canvas, "conv2d0_1_2")))
    yield
    assert window.selection.nodes == {"conv2d0_1_2"}
    before = session.design
    yield from type_into(line_of(window, "out_channels"), "12")
    assert session.design.nodes["conv2d0_1_2"].layer.out_channels == 12
    for node in ("relu0_1_1", "join0"):
        x, y = middle(canvas, node)
        yield from drag(canvas, (x, y), (x + 40, y + 30))
    yield from drag(canvas, output(canvas, "relu0_1_1"), input_(canvas, "conv2d0_2_2"))
    assert session.design != before
    for _ in range(3):
        yield from key(canvas, Qt.Key.Key_Z, CTRL)
    for _ in range(3):
        yield from key(canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    yield from key(canvas, Qt.Key.Key_A, CTRL)
    assert len(window.selection.nodes) == len(session.design.nodes)
    window.selection.set({f"conv2d{b}_1_2" for b in range(10)})
    yield
    count = len(session.design.nodes)
    yield from key(canvas, Qt.Key.Key_C, CTRL)
    yield from key(canvas, Qt.Key.Key_V, CTRL)
    assert len(session.design.nodes) == count + 10
    yield from key(canvas, Qt.Key.Key_Z, CTRL)
    yield from key(canvas, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    for _ in range(12):
        yield from key(canvas, Qt.Key.Key_Z, CTRL)
    assert session.design == before
    for _ in range(12):
        yield from key(canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    assert session.is_dirty


@pytest.mark.parametrize("tab", ["Training", "Problems", "Summary", "Code"])
def test_a_large_net_is_edited_while_a_run_reports(open_window: Open, tab: str) -> None:
    def scenario(watch: Watch) -> None:
        window = open_window(large(500))
        window.dock.show_tab("Training")
        trainer = window.findChild(Trainer)
        assert trainer is not None
        with watch():
            window.train()
            until(lambda: trainer.run is not None and trainer.run.steps > 200)
            window.dock.show_tab(tab)
            run = trainer.run
            assert run is not None
            reported = run.steps
            play(hands(window))
            idle(700)  # the recovery journal is written
        assert window.journal.file.exists()
        assert run.steps > reported + 500

    never_holds(scenario)
