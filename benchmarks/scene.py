"""The floor of Qt's own way to draw a graph: a QGraphicsScene of bare shapes, all in C++."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

Numbers = list[list[float]]


def scene_view(boxes: Numbers, ends: Numbers, width: int, height: int) -> QGraphicsView:
    """A shown view of a rectangle for each box and a curve for each wire, antialiased.

    ``boxes`` are x, y, width, height; ``ends`` are x1, y1, x2, y2.
    """
    scene = QGraphicsScene()
    brush, outline = QBrush(QColor("#21252b")), QPen(QColor("#3a414b"))
    for x, y, w, h in boxes:
        item = scene.addRect(QRectF(0, 0, w, h), outline, brush)
        item.setPos(x, y)
    wire = QPen(QColor("#66717f"))
    for x1, y1, x2, y2 in ends:
        path = QPainterPath(QPointF(x1, y1))
        path.cubicTo(x1 + 60, y1, x2 - 60, y2, x2, y2)
        scene.addPath(path, wire)
    view = QGraphicsView(scene)
    scene.setParent(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(width, height)
    view.show()
    return view


def fit(view: QGraphicsView) -> None:
    """Show all of the scene."""
    view.fitInView(view.scene().itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
