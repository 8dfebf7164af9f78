"""Mouse and keys, as a person would use them on the canvas."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.core.graph import Point
from designer.ui.canvas.gestures.drop import MIME
from designer.ui.canvas.view import CanvasView

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def pixel(canvas: CanvasView, x: float, y: float) -> QPoint:
    """The pixel that shows a point of the canvas."""
    return QPointF(*canvas.viewport.to_screen(x, y)).toPoint()


def middle(canvas: CanvasView, node: str) -> Point:
    """The middle of a node, on the canvas."""
    x, y, w, h = canvas.picture.boxes[canvas.picture.index[node]].tolist()
    return (x + w / 2, y + h / 2)


def output(canvas: CanvasView, node: str, port: int = 0) -> Point:
    return canvas.picture.port_place(canvas.picture.index[node], port, output=True)


def input_(canvas: CanvasView, node: str, port: int = 0) -> Point:
    return canvas.picture.port_place(canvas.picture.index[node], port, output=False)


def click(canvas: CanvasView, place: Point, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(canvas, LEFT, keys, pixel(canvas, *place))


def press(canvas: CanvasView, place: Point, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(canvas, LEFT, keys, pixel(canvas, *place))


def pull(canvas: CanvasView, first: Point, last: Point) -> None:
    """Move with the button down, in steps."""
    for step in range(1, 6):
        x = first[0] + (last[0] - first[0]) * step / 5
        y = first[1] + (last[1] - first[1]) * step / 5
        QTest.mouseMove(canvas, pixel(canvas, x, y))


def release(canvas: CanvasView, place: Point, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseRelease(canvas, LEFT, keys, pixel(canvas, *place))


def drag(canvas: CanvasView, first: Point, last: Point, keys: Qt.KeyboardModifier = NONE) -> None:
    press(canvas, first, keys)
    pull(canvas, first, last)
    release(canvas, last, keys)


def key(canvas: CanvasView, which: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or canvas, which, keys)


class Palette:
    """Drags a layer from the palette over the canvas."""

    def __init__(self, canvas: CanvasView, kind: str, keys: Qt.KeyboardModifier = NONE) -> None:
        self.canvas = canvas
        self.keys = keys
        self.data = QMimeData()
        self.data.setData(MIME, kind.encode())

    def _arguments(self, place: Point) -> tuple[object, ...]:
        return (
            Qt.DropAction.CopyAction,
            self.data,
            LEFT,
            self.keys,
        )

    def enter(self, place: Point) -> QDragEnterEvent:
        event = QDragEnterEvent(pixel(self.canvas, *place), *self._arguments(place))  # type: ignore[arg-type]
        QApplication.sendEvent(self.canvas, event)
        return event

    def over(self, place: Point) -> None:
        event = QDragMoveEvent(pixel(self.canvas, *place), *self._arguments(place))  # type: ignore[arg-type]
        QApplication.sendEvent(self.canvas, event)

    def leave(self) -> None:
        QApplication.sendEvent(self.canvas, QDragLeaveEvent())

    def drop(self, place: Point) -> None:
        self.enter(place)
        self.over(place)
        at = QPointF(pixel(self.canvas, *place))
        event = QDropEvent(at, *self._arguments(place))  # type: ignore[arg-type]
        QApplication.sendEvent(self.canvas, event)
