"""Words of panels: titles and what is written in them, which no wire strikes out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QRegion

from designer.ui.canvas.drawing.draw import elided, font, readable, text_width
from designer.ui.canvas.drawing.far import FAR
from designer.ui.canvas.drawing.ink import colour
from designer.ui.canvas.drawing.panels import seen_panels
from designer.ui.canvas.scene.measure import COMMENT_INSET, FRAME_TITLE
from designer.ui.canvas.scene.parts import Panel
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

TITLES_ONLY = 0.58
"""Below this zoom a frame shows its title only, as large as it needs to be read."""
INSET, BASE = 16.0, FRAME_TITLE / 2 + 4.0
"""Where the title of a panel begins, in canvas units from its corner."""
BESIDE = 3.0
"""Units beside a title that are kept free of wires."""


def paint_words(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    areas: Sequence[QRectF],
    *,
    as_pixels: bool,
) -> None:
    """Write what the panels say that some areas of the screen show, before the wires.

    Where a later panel lies on an earlier one it covers its words, too. From afar nothing is
    written in them.
    """
    if viewport.scale < FAR or not picture.panels:
        return
    numbers, rects = seen_panels(picture, viewport, areas)
    heads = rects[numbers]
    is_short = np.array([not picture.panels[number].text for number in numbers], dtype=bool)
    heads[is_short, 3] = FRAME_TITLE * viewport.scale
    above = _above(heads, rects[numbers])
    covered = set(np.flatnonzero(above.any(axis=1)).tolist())
    for k, (number, rect) in enumerate(zip(numbers, rects[numbers].tolist(), strict=True)):
        panel = picture.panels[number]
        if k in covered:
            _but(painter, heads[k], rects[numbers][above[k]])
        _say(painter, panel, QRectF(*rect), viewport, tokens, as_pixels=as_pixels)
        if k in covered:
            painter.restore()


def _above(heads: Floats, rects: Floats) -> NDArray[np.bool_]:
    """Which of the rectangles that come later lie on which heads, both N × 4."""
    first, last = heads[:, None, :2], heads[:, None, :2] + heads[:, None, 2:]
    meet = (rects[None, :, :2] < last) & (rects[None, :, :2] + rects[None, :, 2:] > first)
    found: NDArray[np.bool_] = np.triu(meet.all(axis=2), 1)
    return found


def _but(painter: QPainter, head: Floats, above: Floats) -> None:
    """Draw, until the painter is restored, only in the head and where nothing lies above it."""
    region = QRegion(QRectF(*head.tolist()).toAlignedRect())
    for other in above.tolist():
        region -= QRectF(*other).toAlignedRect()
    painter.save()
    painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)


def _ground(panel: Panel, tokens: Tokens) -> str:
    return tokens.frame_tint if panel.family else tokens.frame


def _say(
    painter: QPainter, panel: Panel, rect: QRectF, viewport: Viewport, tokens: Tokens, *,
    as_pixels: bool,
) -> None:  # fmt: skip
    """Write what a panel says; on a screen a title alone is drawn once, in a font of whole pixels.

    Where Qt has to stretch words it takes many times as long.
    """
    scale, ratio = viewport.scale, viewport.ratio
    if not as_pixels or panel.subtitle or panel.text:
        _write(painter, panel, rect, scale, tokens)
        return
    if not panel.title:
        return
    room, pixels = rect.width() / scale - 2 * INSET, 13
    if scale < TITLES_ONLY:
        pixels = readable(panel.title, room, scale)
    pixels = max(1, round(pixels * scale))
    title = elided(panel.title, pixels, True, max(room, 20.0) * scale)
    x, y = rect.left() + INSET * scale - BESIDE, rect.top() + BASE * scale - pixels
    at = QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)
    painter.drawPixmap(at, _title(title, pixels, ratio, tokens.text, _ground(panel, tokens)))


@lru_cache(maxsize=256)
def _title(title: str, pixels: int, ratio: float, ink: str, ground: str) -> QPixmap:
    """A title whose words stand as far below the top as they are high."""
    width, height = text_width(title, pixels, True) + 2 * BESIDE, 1.3 * pixels
    drawn = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(colour(ground))
    with QPainter(drawn) as painter:
        painter.setFont(font(pixels, True))
        painter.setPen(colour(ink))
        painter.drawText(QPointF(BESIDE, pixels), title)
    return drawn


def _write(painter: QPainter, panel: Panel, rect: QRectF, scale: float, tokens: Tokens) -> None:
    """Write what a panel says."""
    *_, w, h = panel.rect
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    room, pixels = w - 2 * INSET, 13
    ground = _ground(panel, tokens)
    if scale < TITLES_ONLY:
        pixels = readable(panel.title, room, scale)
    elif panel.subtitle:
        width = text_width(panel.subtitle, 12)
        _put(painter, w - INSET - width, panel.subtitle, (12, False), tokens.text_muted, ground)
        room -= width + 12
    title = elided(panel.title, pixels, True, max(room, 20.0))
    _put(painter, INSET, title, (pixels, True), tokens.text, ground)
    if panel.text:
        painter.setFont(font(12))
        painter.setPen(colour(tokens.text_muted))
        top = FRAME_TITLE - 6 if panel.title else COMMENT_INSET
        body = QRectF(INSET, top, w - 2 * INSET, h - top)
        painter.drawText(body, Qt.TextFlag.TextWordWrap.value, panel.text)
    painter.restore()


def _put(
    painter: QPainter, x: float, text: str, size: tuple[int, bool], ink: str, ground: str
) -> None:
    """Write a line of the title on a plate of the panel's colour."""
    if not text:
        return
    pixels, strong = size
    width = text_width(text, pixels, strong) + 2 * BESIDE
    painter.fillRect(QRectF(x - BESIDE, BASE - pixels, width, 1.3 * pixels), colour(ground))
    painter.setFont(font(pixels, strong))
    painter.setPen(colour(ink))
    painter.drawText(QPointF(x, BASE), text)
