"""Titles of frames as they are seen from afar: on the frame, in words that can be read."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.drawing.draw import elided, font, text_width
from designer.ui.canvas.drawing.far import FAR
from designer.ui.canvas.drawing.ink import colour
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

TITLES_ABOVE = 0.13
"""Down to this zoom, and below FAR, the titles of a design's frames stand on them."""
PIXELS = 11
LEAST_ROOM = 20.0
HEIGHT = 14.0
BASE = 11.0
"""How far below the top of a title its words stand."""
LEFT, BESIDE = 5.0, 3.0
"""How far from the corner of its frame a title begins, and what is kept free beside its words."""


def paint_titles_above(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    areas: Sequence[QRectF],
    *,
    as_pixels: bool,
) -> None:
    """Paint the titles that some areas of the screen show, before all wires.

    They are shown between TITLES_ABOVE and FAR; `as_pixels`, on a screen, each is drawn once.
    """
    if not TITLES_ABOVE <= viewport.scale < FAR:
        return
    if as_pixels:
        ratio = viewport.ratio
        for x, y, title in _placed(picture, viewport, areas):
            at = QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)
            painter.drawPixmap(at, _pixels(title, ratio, tokens))
        return
    for x, y, title in _placed(picture, viewport, areas):
        _draw(painter, QPointF(x, y), title, tokens)


def _placed(
    picture: Picture, viewport: Viewport, areas: Sequence[QRectF]
) -> Iterator[tuple[float, float, str]]:
    """The top left corners of the titles, in pixels, with what is shown of their words."""
    scale = viewport.scale
    x, y, width, _ = ((picture.panel_rects - (viewport.x, viewport.y, 0.0, 0.0)) * scale).T
    near = np.zeros(len(x), dtype=bool)
    for area in areas:
        near |= (
            (x < area.right())
            & (x + width > area.left())
            & (y - HEIGHT < area.bottom())
            & (y > area.top())
        )
    seen = np.flatnonzero(near)
    places = np.stack([x, y, width], axis=1)[seen].tolist()
    for i, (left, top, wide) in zip(seen.tolist(), places, strict=True):
        panel = picture.panels[i]
        if panel.title and not panel.family:
            room = max(wide - LEFT - BESIDE, LEAST_ROOM)
            yield left + LEFT, top - HEIGHT, elided(panel.title, PIXELS, False, room)


def _draw(painter: QPainter, at: QPointF, title: str, tokens: Tokens) -> None:
    """A title on a plate of the ground's colour, which no wire strikes out."""
    plate = QRectF(at.x(), at.y(), text_width(title, PIXELS) + 2 * BESIDE, HEIGHT - 1.0)
    painter.fillRect(plate, colour(tokens.canvas))
    painter.setFont(font(PIXELS))
    painter.setPen(colour(tokens.text_muted))
    painter.drawText(at + QPointF(BESIDE, BASE), title)


@lru_cache(maxsize=512)
def _pixels(title: str, ratio: float, tokens: Tokens) -> QPixmap:
    """A title, drawn once."""
    width = text_width(title, PIXELS) + 2 * BESIDE
    pixmap = QPixmap(math.ceil(width * ratio), math.ceil((HEIGHT - 1.0) * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(colour(tokens.canvas))
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw(painter, QPointF(), title, tokens)
    return pixmap
