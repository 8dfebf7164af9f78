"""Plates: the round rectangles of frames, put together of filled parts and kept corners."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.drawing.ink import colour, pen
from designer.ui.canvas.drawing.lines import draw_rects
from designer.ui.canvas.scene.strips import Floats
from designer.ui.theme.tokens import Tokens

SMOOTH = QPainter.RenderHint.Antialiasing

Corners = tuple[QPixmap, QPixmap, QPixmap, QPixmap]
"""Top left, top right, bottom left, bottom right."""


def put_plates(
    painter: QPainter, rects: Floats, radius: float, tokens: Tokens, ratio: float
) -> bool:
    """Put plates (P × 4: x, y, width, height) that do not overlap, in pixels.

    Their edges come to lie on whole device pixels, and need no smoothing: that takes Qt three times
    as long. False, and nothing is put, where one of them is too small to have such corners.
    """
    corners = _corners(round(4 * radius * ratio) / 4, ratio, tokens)
    side, thin = corners[0].width() / ratio, round(ratio) / ratio
    x1, y1 = np.floor(rects[:, :2].T * ratio + 0.5) / ratio
    x2, y2 = np.floor((rects[:, :2] + rects[:, 2:]).T * ratio + 0.5) / ratio
    inner_x, inner_y = x1 + side, y1 + side
    across, down = x2 - x1 - 2 * side, y2 - y1 - 2 * side
    if across.min() < 0 or down.min() < 0:
        return False
    sides, thins = np.full_like(x1, side), np.full_like(x1, thin)
    was_smooth = painter.testRenderHint(SMOOTH)
    painter.setRenderHint(SMOOTH, False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens.frame))
    upright = [(x, inner_y, sides, down) for x in (x1, x2 - side)]
    draw_rects(painter, np.hstack([(inner_x, y1, across, y2 - y1), *upright]).T)
    painter.setBrush(colour(tokens.frame_line))
    level = [(inner_x, y, across, thins) for y in (y1, y2 - thin)]
    upright = [(x, inner_y, thins, down) for x in (x1, x2 - thin)]
    draw_rects(painter, np.hstack([*level, *upright]).T)
    painter.setRenderHint(SMOOTH, was_smooth)
    for left, top, right, bottom in np.stack([x1, y1, x2 - side, y2 - side], axis=1).tolist():
        painter.drawPixmap(QPointF(left, top), corners[0])
        painter.drawPixmap(QPointF(right, top), corners[1])
        painter.drawPixmap(QPointF(left, bottom), corners[2])
        painter.drawPixmap(QPointF(right, bottom), corners[3])
    return True


@lru_cache(maxsize=64)
def _corners(radius: float, ratio: float, tokens: Tokens) -> Corners:
    """The corners of a plate; the radius is in device pixels."""
    side = math.ceil(radius) + 1
    pixmap = QPixmap(2 * side, 2 * side)
    pixmap.fill(Qt.GlobalColor.transparent)
    width = round(ratio)
    inside = QRectF(pixmap.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(SMOOTH)
        painter.setBrush(colour(tokens.frame))
        painter.setPen(pen(tokens.frame_line, width))
        painter.drawRoundedRect(inside, radius, radius)
    parts = [pixmap.copy(x, y, side, side) for y in (0, side) for x in (0, side)]
    for part in parts:
        part.setDevicePixelRatio(ratio)
    return parts[0], parts[1], parts[2], parts[3]
