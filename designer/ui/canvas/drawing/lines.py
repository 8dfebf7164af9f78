"""Many lines, rectangles or points in one call, drawn straight from numpy memory."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from shiboken6 import Shiboken

from designer.ui.canvas.scene.straight import Straight
from designer.ui.canvas.scene.strips import Floats

AT_ONCE = 1024
"""Lines that are drawn in one call: Qt keeps Python's lock meanwhile, for which the window waits
while a picture is written by another thread."""
FROM_MEMORY = True
"""Whether Qt reads numpy's memory itself; lists of objects give the same pixels, slower."""


def draw_lines(painter: QPainter, lines: Floats, *, from_memory: bool | None = None) -> None:
    """Draw N × 4 numbers (x1, y1, x2, y2) as lines with the painter's pen."""
    _draw(painter.drawLines, QLineF, lines, from_memory)


def draw_pieces(painter: QPainter, pieces: Straight, pen: QPen, *, crisp: bool = False) -> None:
    """Draw the pieces of wires with a pen whose ends are flat.

    Level and upright ones are filled as rectangles: the same pixels, many times faster than the
    thin smooth lines of Qt; where they shall be `crisp`, on whole pixels.
    """
    painter.setPen(pen)
    draw_lines(painter, pieces.slanting)
    if not len(pieces.bars):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, not crisp)
    draw_rects(painter, pieces.rects(pen.widthF()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_rects(painter: QPainter, rects: Floats, *, from_memory: bool | None = None) -> None:
    """Draw N × 4 numbers (x, y, width, height) as rectangles with the painter's pen and brush."""
    _draw(painter.drawRects, QRectF, rects, from_memory)


def outlines(rects: Floats, thin: Floats | float = 1.0) -> Floats:
    """The four sides of rectangles (N × 4), as 4 N rectangles that are so thin."""
    x, y, width, height = rects.T
    thins = np.full_like(x, thin)
    level = [(x, side, width, thins) for side in (y, y + height - thin)]
    upright = [(side, y, thins, height) for side in (x, x + width - thin)]
    return np.ascontiguousarray(np.hstack([*level, *upright]).T)


def draw_points(painter: QPainter, points: Floats, *, from_memory: bool | None = None) -> None:
    """Draw N × 2 numbers as points with the painter's pen."""
    _draw(painter.drawPoints, QPointF, points, from_memory)


def _draw(method: Any, kind: type, array: Floats, from_memory: bool | None) -> None:
    if not len(array):
        return
    if FROM_MEMORY if from_memory is None else from_memory:
        # Qt's classes of doubles lie in memory as numpy's rows do; the array lives until the end
        array = np.ascontiguousarray(array, dtype=np.float64)
        for begin in range(0, len(array), AT_ONCE):
            part = array[begin : begin + AT_ONCE]
            method(Shiboken.wrapInstance(part.ctypes.data, kind), len(part))
    else:
        method([kind(*row) for row in array.tolist()])
