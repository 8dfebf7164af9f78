"""The ground: the colour of the canvas, and its dots, which fade with the zoom."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QRegion

from designer.ui.canvas.drawing.ink import colour, mixed
from designer.ui.canvas.drawing.lines import draw_points
from designer.ui.canvas.scene.measure import DOTS
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

AT_ONCE = 192
"""Device pixels from the top of a tile to its bottom, about: few tiles are put, all wide."""
MOST_BARE = 0.5
"""The part of an area that is painted for itself where all else will be covered."""
MOST_DOTS = 8000
"""Dots of an area of which those that stay bare are put one by one."""
ROOM = 1.0
"""Pixels above and below the middle of a dot that a row of dots has."""


def paint_ground(
    painter: QPainter,
    viewport: Viewport,
    tokens: Tokens,
    area: QRectF,
    covered: Sequence[QRect] = (),
) -> None:
    """Paint an area of the screen, in pixels; what is `covered` later may be left out."""
    strength = min(1.0, max(0.0, (viewport.scale - 0.3) / 0.45))
    if strength == 0.0:
        painter.fillRect(area, colour(tokens.canvas))
        return
    bare = _bare(area, covered) if covered else []
    size = DOTS * viewport.scale * viewport.ratio
    if bare:
        _paint_bare(painter, viewport, tokens, area, strength, covered, bare)
    elif size == round(size):
        # a dot every whole number of device pixels: many of them are one tile
        _put_tiles(painter, viewport, tokens, area, strength, round(size))
    else:
        painter.fillRect(area, colour(tokens.canvas))
        _paint_dots(painter, viewport, tokens, area, strength)


def _bare(area: QRectF, covered: Sequence[QRect]) -> list[QRect]:
    """What of an area will not be covered; nothing where it is much of it."""
    region = QRegion(area.toAlignedRect())
    for rect in covered:
        region -= rect
    rects: list[QRect] = [*region]  # type: ignore[misc]
    size = sum(rect.width() * rect.height() for rect in rects)
    return rects if size < MOST_BARE * area.width() * area.height() else []


def _paint_bare(
    painter: QPainter, viewport: Viewport, tokens: Tokens, area: QRectF, strength: float,
    covered: Sequence[QRect], bare: Sequence[QRect],
) -> None:  # fmt: skip
    """Paint little ground, and its dots one by one where they are not too many."""
    ground = colour(tokens.canvas)
    for rect in bare:
        painter.fillRect(rect, ground)
    xs, ys, (first_x, first_y), pitch = _places(viewport, area)
    if len(xs) * len(ys) > MOST_DOTS:
        _paint_dots(painter, viewport, tokens, area, strength)
        return
    shown = np.ones((len(ys), len(xs)), dtype=bool)
    for rect in covered:
        left, right = rect.left() - first_x, rect.right() - first_x
        top, bottom = rect.top() - first_y, rect.bottom() - first_y
        across = slice(max(math.ceil(left / pitch), 0), max(math.ceil(right / pitch), 0))
        shown[max(math.ceil(top / pitch), 0) : max(math.ceil(bottom / pitch), 0), across] = False
    row, column = shown.nonzero()
    painter.setPen(_dot_pen(tokens, strength, viewport.scale))
    draw_points(painter, np.stack([xs[column], ys[row]], axis=1))


def _put_tiles(
    painter: QPainter,
    viewport: Viewport,
    tokens: Tokens,
    area: QRectF,
    strength: float,
    size: int,
) -> None:
    ratio = viewport.ratio
    # as wide as the window: a row of memory is copied at once
    across = int(viewport.width * ratio // size) + 2
    tile = _tile(tokens, strength, size, ratio, across, max(1, AT_ONCE // size))
    high, pitch = tile.height() / ratio, size / ratio
    x, y = (round(v * viewport.scale * ratio) / ratio for v in (viewport.x, viewport.y))
    left = area.left() - (area.left() + x) % pitch
    top = area.top() - (area.top() + y) % high
    wide = tile.width() / ratio
    for y in np.arange(top, area.bottom(), high).tolist():
        for x in np.arange(left, area.right(), wide).tolist():
            part = QRectF(x, y, wide, high).intersected(area)
            corner = ((part.x() - x) * ratio, (part.y() - y) * ratio)
            source = QRectF(*corner, part.width() * ratio, part.height() * ratio)
            painter.drawPixmap(part, tile, source)


def _paint_dots(
    painter: QPainter, viewport: Viewport, tokens: Tokens, area: QRectF, strength: float
) -> None:
    """One row of dots, and that row again at every height: many times faster than all dots."""
    ratio = viewport.ratio
    xs, ys, *_ = _places(viewport, area)
    left, above = math.floor(area.left() * ratio) / ratio, math.ceil(ROOM * ratio) / ratio
    wide = math.ceil((area.right() - left) * ratio)
    row = QPixmap(max(wide, 1), round(2 * above * ratio))
    row.setDevicePixelRatio(ratio)
    row.fill(colour(tokens.canvas))
    with QPainter(row) as pixels:
        pixels.setPen(_dot_pen(tokens, strength, viewport.scale))
        draw_points(pixels, np.stack([xs - left, np.full_like(xs, above)], axis=1))
    for y in (ys - above).tolist():
        painter.drawPixmap(QPointF(left, y), row)


def _places(viewport: Viewport, area: QRectF) -> tuple[Floats, Floats, tuple[float, float], float]:
    """Where the dots of an area are, across and down, on whole device pixels; about where the
    first is, and how far it is from one to the next."""
    pitch, ratio = DOTS * viewport.scale, viewport.ratio
    x = area.left() - (area.left() + viewport.x * viewport.scale) % pitch
    y = area.top() - (area.top() + viewport.y * viewport.scale) % pitch
    xs = np.round(np.arange(x, area.right() + pitch, pitch) * ratio) / ratio
    ys = np.round(np.arange(y, area.bottom() + pitch, pitch) * ratio) / ratio
    return xs, ys, (x, y), pitch


def _dot_pen(tokens: Tokens, strength: float, scale: float) -> QPen:
    dot = QPen(mixed(tokens.canvas, tokens.grid_dot, strength), 2 if scale >= 0.6 else 1)
    dot.setCapStyle(Qt.PenCapStyle.SquareCap)
    return dot


@lru_cache(maxsize=4)
def _tile(
    tokens: Tokens, strength: float, size: int, ratio: float, across: int, down: int
) -> QPixmap:
    """A piece of the ground that can be put side by side: several dots, so that it is large."""
    tile = QPixmap(size * across, size * down)
    tile.setDevicePixelRatio(ratio)
    width, height = size * across / ratio, size * down / ratio
    viewport = Viewport(size / ratio / DOTS, 0.0, 0.0, width, height, ratio)
    tile.fill(colour(tokens.canvas))
    with QPainter(tile) as painter:
        # the dots at the right and lower edge are also those of the left and upper one
        _paint_dots(painter, viewport, tokens, QRectF(0, 0, width, height), strength)
    return tile
