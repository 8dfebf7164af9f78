"""The box of a control: its ground, and an edge that tells the focus and the pointer."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from designer.ui.theme.scale import px


def paint_box(painter: QPainter, widget: QWidget) -> None:
    """Paint the box around a whole widget; what is in it is painted after it."""
    colours = widget.palette()
    edge = QPalette.ColorRole.Mid
    if widget.hasFocus():
        edge = QPalette.ColorRole.Highlight
    elif widget.underMouse():
        edge = QPalette.ColorRole.PlaceholderText
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.color(edge), 1))
    painter.setBrush(colours.color(QPalette.ColorRole.Base))
    painter.drawRoundedRect(widget.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
