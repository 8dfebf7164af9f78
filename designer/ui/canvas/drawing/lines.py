"""Many lines, rectangles or points in one call, drawn straight from numpy memory."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from shiboken6 import Shiboken

from designer.ui.canvas.scene.strips import Floats

FROM_MEMORY = True
"""Whether Qt reads numpy's memory itself; lists of objects give the same pixels, slower."""


def draw_lines(painter: QPainter, lines: Floats, *, from_memory: bool | None = None) -> None:
    """Draw N × 4 numbers (x1, y1, x2, y2) as lines with the painter's pen."""
    _draw(painter.drawLines, QLineF, lines, from_memory)


def draw_pieces(painter: QPainter, lines: Floats, pen: QPen) -> None:
    """Draw the pieces of wires, N × 4, with a pen whose ends are flat.

    Level and upright ones are filled as rectangles: the same pixels, many times faster than the
    thin smooth lines of Qt.
    """
    x1, y1, x2, y2 = lines.T
    is_level, is_upright = y1 == y2, x1 == x2
    painter.setPen(pen)
    draw_lines(painter, lines[~(is_level | is_upright)])
    is_bar = is_level ^ is_upright  # what is both has no length
    if not is_bar.any():
        return
    ends, half = lines[is_bar], pen.widthF() / 2
    low, high = np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])
    grown = np.where(is_level[is_bar, None], (0.0, half), (half, 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pen.color())
    draw_rects(painter, np.concatenate([low - grown, high - low + 2 * grown], axis=1))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_rects(painter: QPainter, rects: Floats, *, from_memory: bool | None = None) -> None:
    """Draw N × 4 numbers (x, y, width, height) as rectangles with the painter's pen and brush."""
    _draw(painter.drawRects, QRectF, rects, from_memory)


def draw_points(painter: QPainter, points: Floats, *, from_memory: bool | None = None) -> None:
    """Draw N × 2 numbers as points with the painter's pen."""
    _draw(painter.drawPoints, QPointF, points, from_memory)


def _draw(method: Any, kind: type, array: Floats, from_memory: bool | None) -> None:
    if not len(array):
        return
    if FROM_MEMORY if from_memory is None else from_memory:
        # Qt's classes of doubles lie in memory as numpy's rows do; the array lives until the end
        array = np.ascontiguousarray(array, dtype=np.float64)
        method(Shiboken.wrapInstance(array.ctypes.data, kind), len(array))
    else:
        method([kind(*row) for row in array.tolist()])
