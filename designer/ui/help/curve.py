"""A function of one number, drawn over its axes."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.help.page import Curve
from designer.ui.theme.fonts import CAPTION, exact_words
from designer.ui.theme.scale import fine, px
from designer.ui.theme.theme import Theme

UNIT = 44.0
"""Pixels a unit, on both axes alike, so that a slope of 1 looks like one."""
MOST = 3.0
"""How far up and down is drawn."""
EDGE = 22.0


class CurveView(QWidget):
    """Points joined by a line; a grid of whole numbers, the axes a little stronger."""

    def __init__(self, curve: Curve, theme: Theme) -> None:
        super().__init__()
        self._points, self._theme = curve.points, theme
        ys = [y for _, y in curve.points]
        self._low = min(-1, math.floor(max(-MOST, min(ys)) + 0.01))
        self._high = math.ceil(min(MOST, max(ys)) - 0.01)
        self._left = math.floor(curve.points[0][0])
        self._right = math.ceil(curve.points[-1][0])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"The curve of {curve.name}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = (self._right - self._left) * UNIT + 2 * EDGE
        return QSize(px(width), px((self._high - self._low) * UNIT + 2 * EDGE))

    def _at(self, x: float, y: float) -> QPointF:
        return QPointF(EDGE + (x - self._left) * UNIT, EDGE + (self._high - y) * UNIT)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(fine(1), fine(1))
            painter.setFont(exact_words(CAPTION))
            for x in range(self._left, self._right + 1):
                self._line(painter, self._at(x, self._low), self._at(x, self._high), x == 0)
                below = QRectF(self._at(x, min(0.0, self._low)) + QPointF(-20, 6), QSize(40, 14))
                self._number(painter, below, x, Qt.AlignmentFlag.AlignHCenter)
            for y in range(self._low, self._high + 1):
                self._line(painter, self._at(self._left, y), self._at(self._right, y), y == 0)
                beside = QRectF(self._at(self._left, y) + QPointF(-20, -7), QSize(14, 14))
                self._number(painter, beside, y, Qt.AlignmentFlag.AlignRight)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            room = QRectF(self._at(self._left, self._high), self._at(self._right, self._low))
            painter.setClipRect(room.adjusted(0, -1, 0, 1))
            path = QPainterPath(self._at(*self._points[0]))
            for point in self._points[1:]:
                path.lineTo(self._at(*point))
            painter.drawPath(path)

    def _line(self, painter: QPainter, begin: QPointF, end: QPointF, is_axis: bool) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.wire if is_axis else tokens.line), 1))
        painter.drawLine(begin, end)

    def _number(self, painter: QPainter, room: QRectF, value: int, side: Qt.AlignmentFlag) -> None:
        painter.setPen(QColor(self._theme.tokens.text_faint))
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, f"{value}".replace("-", "−"))
