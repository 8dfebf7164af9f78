"""Alignment guides: a node that is dragged goes to the lines of its neighbours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from designer.ui.canvas.view import CanvasView
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import key, middle, pixel, press, pull, release
from tests.ui.canvas.nets import loose, make

ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def apart() -> object:
    return loose(("a", make("ReLU"), 0, 0), ("b", make("ReLU"), 302, 101))


def blue(canvas: CanvasView, x: float, y: float) -> bool:
    """Whether a guide is drawn at a place."""
    at = pixel(canvas, x, y)
    image, wanted = canvas.grab().toImage(), QColor(canvas.tokens.accent)
    ratio = image.devicePixelRatio()
    found = [image.pixelColor(int((at.x() + d) * ratio), int((at.y() + e) * ratio))
             for d in range(-5, 6) for e in (-1, 0, 1)]  # fmt: skip
    return any(abs(c.red() - wanted.red()) + abs(c.blue() - wanted.blue()) < 60 for c in found)


def test_a_dragged_node_goes_to_the_middle_of_its_neighbour(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(apart())  # type: ignore[arg-type]
    x, y = middle(canvas, "b")
    end = (x + 40.0, y - 96.0)
    press(canvas, (x, y))
    pull(canvas, (x, y), end)
    assert middle(canvas, "b")[1] == middle(canvas, "a")[1]
    between = (200.0, 0.0)
    assert blue(canvas, *between)
    release(canvas, end)
    assert not blue(canvas, *between)
    place = canvas.session.design.nodes["b"].position
    assert place is not None and place[1] == 0.0
    canvas.session.undo()
    assert canvas.session.design.nodes["b"].position == (302.0, 101.0)


def test_far_from_all_lines_it_stays_on_the_grid(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(apart())  # type: ignore[arg-type]
    x, y = middle(canvas, "b")
    press(canvas, (x, y))
    pull(canvas, (x, y), (x + 40.0, y - 60.0))
    assert middle(canvas, "b")[1] - middle(canvas, "a")[1] > 30.0
    assert not blue(canvas, 200.0, middle(canvas, "b")[1] - 23.0)
    key(canvas, Qt.Key.Key_Escape)
    release(canvas, (x + 40.0, y - 60.0))
    assert middle(canvas, "b") == (x, y)


def test_with_alt_it_goes_to_no_line(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(apart())  # type: ignore[arg-type]
    x, y = middle(canvas, "b")
    press(canvas, (x, y))
    QTest.keyPress(canvas, Qt.Key.Key_Alt, ALT)
    first, last = pixel(canvas, x, y), pixel(canvas, x + 40.0, y - 96.0)
    for at in (first, last):
        _move(canvas, at, ALT)
    assert middle(canvas, "b")[1] != middle(canvas, "a")[1]
    _move(canvas, last, NONE)
    assert middle(canvas, "b")[1] == middle(canvas, "a")[1]
    release(canvas, (x + 40.0, y - 96.0))


def test_edges_are_lines_too(make_canvas: MakeCanvas) -> None:
    tall = make("Split")
    canvas = make_canvas(loose(("a", tall, 0, 0), ("b", make("ReLU"), 400, 200)))
    x, y = middle(canvas, "b")
    press(canvas, (x, y))
    pull(canvas, (x, y), (x - 397.0, y))
    assert middle(canvas, "b")[0] == middle(canvas, "a")[0]
    release(canvas, (x - 397.0, y))
    place = canvas.session.design.nodes["b"].position
    assert place is not None and place[0] == 0.0


def _move(canvas: CanvasView, at: object, keys: Qt.KeyboardModifier) -> None:
    """QTest's mouse moves hold no keys."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    where = QPointF(at)  # type: ignore[call-overload]
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(QEvent.Type.MouseMove, where, canvas.mapToGlobal(where), left, left, keys)
    QApplication.sendEvent(canvas, event)
