"""The floor of Qt's own way to draw a graph: a QGraphicsScene of bare shapes, all in C++."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

Numbers = Sequence[Sequence[float]]


class Floor:
    """A shown view of a rectangle for each box and a curve for each wire, antialiased.

    ``boxes`` are x, y, width, height; ``ends`` are x1, y1, x2, y2; ``joined`` has for each wire
    the two boxes that it joins. A method does one step, and paints what became different.
    """

    def __init__(
        self, boxes: Numbers, ends: Numbers, joined: Numbers, size: tuple[int, int]
    ) -> None:
        self.ends: list[Sequence[float]] = list(ends)
        self.wires_of: dict[int, list[tuple[int, bool]]] = {}
        for wire, (first, last) in enumerate(joined):
            self.wires_of.setdefault(first, []).append((wire, True))
            self.wires_of.setdefault(last, []).append((wire, False))
        scene = self.build(boxes, ends)
        self.view = QGraphicsView(scene)
        scene.setParent(self.view)
        self.view.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.view.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.view.resize(*size)
        self.view.show()
        QApplication.processEvents()

    def build(self, boxes: Numbers, ends: Numbers) -> QGraphicsScene:
        """Make a scene of these rectangles and curves, with what finds them."""
        scene = QGraphicsScene()
        brush, outline = QBrush(QColor("#21252b")), QPen(QColor("#3a414b"))
        self.boxes = []
        for x, y, w, h in boxes:
            item = scene.addRect(QRectF(0, 0, w, h), outline, brush)
            item.setPos(x, y)
            self.boxes.append(item)
        pen = QPen(QColor("#66717f"))
        self.wires = [scene.addPath(_curve(*end), pen) for end in ends]
        scene.items(QPointF(0, 0))  # Qt puts off its index until something is looked for
        return scene

    def fit(self) -> None:
        """Show all of the scene."""
        view = self.view
        view.fitInView(view.scene().itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
        QApplication.processEvents()

    def show_at(self, x: float, y: float) -> None:
        """Show this place at 1:1 in the middle."""
        self.view.resetTransform()
        self.view.centerOn(x, y)
        QApplication.processEvents()

    def hide_bars(self) -> None:
        """Do without scroll bars, which Qt shows where it is told nothing else."""
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.view.setHorizontalScrollBarPolicy(never)
        self.view.setVerticalScrollBarPolicy(never)
        QApplication.processEvents()

    def repaint(self) -> None:
        """Paint all that is seen."""
        self.view.viewport().repaint()

    def zoom(self, factor: float) -> None:
        """One step of the wheel."""
        self.view.scale(factor, factor)
        QApplication.processEvents()

    def pan(self, dx: int, dy: int) -> None:
        """Move what is seen by pixels."""
        across, down = self.view.horizontalScrollBar(), self.view.verticalScrollBar()
        across.setValue(across.value() - dx)
        down.setValue(down.value() - dy)
        QApplication.processEvents()

    def drag(self, box: int, dx: float, dy: float) -> None:
        """Move a rectangle, and the ends of the curves that are joined to it."""
        self.boxes[box].moveBy(dx, dy)
        for wire, begins in self.wires_of[box]:
            x1, y1, x2, y2 = self.ends[wire]
            moved = (x1 + dx, y1 + dy, x2, y2) if begins else (x1, y1, x2 + dx, y2 + dy)
            self.ends[wire] = moved
            self.wires[wire].setPath(_curve(*moved))
        QApplication.processEvents()

    def clear(self) -> None:
        """Remove everything."""
        self.view.scene().clear()
        QApplication.processEvents()

    def restore(self, boxes: Numbers, ends: Numbers) -> None:
        """Put everything back."""
        scene = self.build(boxes, ends)
        scene.setParent(self.view)
        self.view.setScene(scene)
        QApplication.processEvents()


def _curve(x1: float, y1: float, x2: float, y2: float) -> QPainterPath:
    path = QPainterPath(QPointF(x1, y1))
    path.cubicTo(x1 + 60, y1, x2 - 60, y2, x2, y2)
    return path
