"""State on the node: a badge, a fault or a shape paints what shows it, and never everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.core.edit import Edit
from designer.core.edits import SetNode, SetParam, SetTraining
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import click, key, middle
from tests.ui.canvas.nets import blocks
from tests.ui.canvas.test_camera import alike, on_screen

WHOLE = 1200 * 700


class Painted(QObject):
    """How many pixels of the canvas were painted."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.area = 0
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            region: Iterator[object] = iter(event.region())  # type: ignore[arg-type]
            self.area += sum(r.width() * r.height() for r in region)  # type: ignore[attr-defined]
        return False


def at_rest(qtbot: QtBot, canvas: CanvasView) -> None:
    """Wait until nothing is to be painted any more but for what is done next."""
    on_screen(canvas)
    qtbot.waitUntil(lambda: not canvas._sharpen.isActive(), timeout=5000)
    on_screen(canvas)


@pytest.fixture
def canvas(make_canvas: MakeCanvas, qtbot: QtBot) -> CanvasView:
    made = make_canvas(blocks(40))
    made.sprites.patience = 60.0  # what is not drawn in time is painted later, and wholly
    made.set_viewport(made.viewport.centred((1500.0, 120.0), 0.8))
    at_rest(qtbot, made)
    return made


@pytest.mark.parametrize(
    "edit",
    [
        SetNode("b7", "frozen", True),
        SetNode("b7", "note", "why?"),
        SetNode("b7", "label", "another"),
        SetNode("b7", "bypassed", True),
        SetParam("b7", "bias", False),
        SetTraining("epochs", 3),
    ],
    ids=lambda edit: edit.label,
)
def test_what_one_node_shows_is_painted_and_little_else(canvas: CanvasView, edit: Edit) -> None:
    for step in (lambda: canvas.session.execute(edit), canvas.session.undo):
        painted = Painted(canvas)
        assert step() is not False
        found = on_screen(canvas)
        area, painted.area = painted.area, 0
        canvas.repaint()
        assert alike(found, on_screen(canvas))
        assert painted.area >= 0.95 * WHOLE
        assert area < 0.4 * WHOLE
        canvas.removeEventFilter(painted)


def test_a_node_that_is_selected_is_painted_and_little_else(canvas: CanvasView) -> None:
    canvas.choose({"b3"})
    on_screen(canvas)
    painted = Painted(canvas)
    click(canvas, middle(canvas, "b7"))
    found = on_screen(canvas)
    area = painted.area
    canvas.repaint()
    assert alike(found, on_screen(canvas))
    assert 0 < area < 0.4 * WHOLE


def test_a_node_that_moves_is_painted_where_it_was_and_where_it_is(canvas: CanvasView) -> None:
    canvas.choose({"b7"})
    key(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    found = on_screen(canvas)
    canvas.repaint()
    assert alike(found, on_screen(canvas))
