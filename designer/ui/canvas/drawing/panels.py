"""Panels: the frames of a design, free comments, and what unfolded composites lie on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from designer.ui.canvas.drawing.draw import elided, font, readable, text_width
from designer.ui.canvas.drawing.far import FAR
from designer.ui.canvas.drawing.ink import colour, mixed, pen
from designer.ui.canvas.drawing.lines import draw_rects
from designer.ui.canvas.scene.measure import COMMENT_INSET, FRAME_TITLE
from designer.ui.canvas.scene.parts import Panel
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

TITLES_ONLY = 0.58
"""Below this zoom a frame shows its title only, as large as it needs to be read."""
TITLES_ABOVE = 0.13
"""Down to this zoom, and below FAR, the titles of a design's frames stand on them."""
SQUARE = 0.2
"""Below this zoom nobody sees that corners are round; square ones are drawn many at once."""
MANY = 24
"""Panels that are painted with round corners in the time of a frame."""
HALO = 4.0
"""Pixels that are drawn around a panel."""


def paint_panels(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    areas: Sequence[QRectF],
    *,
    in_haste: bool = False,
) -> None:
    """Paint the panels that some areas of the screen show, what comes later above.

    In haste, as during a zoom, many of them are square at every scale.
    """
    if not picture.panels:
        return
    scale = viewport.scale
    rects = (picture.panel_rects - (viewport.x, viewport.y, 0.0, 0.0)) * scale
    seen = np.zeros(len(rects), dtype=bool)
    for area in areas:
        seen |= _meets(rects, area)
    are_square = scale < SQUARE or (in_haste and np.count_nonzero(seen) > MANY)
    square = np.array([_is_plain(panel, picture) for panel in picture.panels]) & are_square
    for is_square, alike in groupby(np.flatnonzero(seen).tolist(), square.__getitem__):
        numbers = list(alike)
        if is_square:
            _paint_squares(painter, rects[numbers], tokens)
        for number in numbers:
            panel, rect = picture.panels[number], QRectF(*rects[number])
            if not is_square:
                _paint_round(painter, panel, rect, scale, tokens, chosen=_is_chosen(panel, picture))
            if scale >= FAR:
                _write(painter, panel, rect, scale, tokens)


def _meets(rects: Floats, area: QRectF) -> NDArray[np.bool_]:
    """Which panels show something in an area."""
    x, y, width, height = rects.T
    left, top = area.left() - HALO, area.top() - HALO
    right, bottom = area.right() + HALO, area.bottom() + HALO
    found: NDArray[np.bool_] = (x < right) & (y < bottom) & (x + width > left) & (y + height > top)
    return found


def _is_plain(panel: Panel, picture: Picture) -> bool:
    return not panel.family and not _is_chosen(panel, picture)


def _is_chosen(panel: Panel, picture: Picture) -> bool:
    is_whole = panel.id != "" and panel.id == panel.owner
    if is_whole and panel.owner in picture.chosen:
        return True
    return panel.frame is not None and panel.frame == picture.framed


def _paint_squares(painter: QPainter, rects: Floats, tokens: Tokens) -> None:
    """Frames from afar, with lines on whole pixels; of those that overlap all lines are seen."""
    was_smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(colour(tokens.frame))
    painter.setPen(pen(tokens.frame_line))
    draw_rects(painter, rects)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, was_smooth)


def _paint_round(
    painter: QPainter, panel: Panel, rect: QRectF, scale: float, tokens: Tokens, *, chosen: bool
) -> None:
    radius = 10 * scale
    if chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(mixed(tokens.canvas, tokens.accent, 0.3), 4.0))
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
    if panel.family:
        painter.setBrush(colour(tokens.frame_tint))
        ink = mixed(tokens.frame_tint, tokens.family_merge, 0.42)
        painter.setPen(pen(tokens.accent, 1.25) if chosen else pen(ink))
    else:
        painter.setBrush(colour(tokens.frame))
        painter.setPen(pen(tokens.accent, 1.25) if chosen else pen(tokens.frame_line))
    painter.drawRoundedRect(rect, radius, radius)


def _write(painter: QPainter, panel: Panel, rect: QRectF, scale: float, tokens: Tokens) -> None:
    """Write what a panel says."""
    *_, w, h = panel.rect
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    inset, base = 16.0, FRAME_TITLE / 2 + 4.0
    room, pixels = w - 2 * inset, 13
    if scale < TITLES_ONLY:
        pixels = readable(panel.title, room, scale)
    elif panel.subtitle:
        width = text_width(panel.subtitle, 12)
        painter.setFont(font(12))
        painter.setPen(colour(tokens.text_muted))
        painter.drawText(QPointF(w - inset - width, base), panel.subtitle)
        room -= width + 12
    painter.setFont(font(pixels, True))
    painter.setPen(colour(tokens.text))
    painter.drawText(QPointF(inset, base), elided(panel.title, pixels, True, max(room, 20.0)))
    if panel.text:
        painter.setFont(font(12))
        painter.setPen(colour(tokens.text_muted))
        top = FRAME_TITLE - 6 if panel.title else COMMENT_INSET
        body = QRectF(inset, top, w - 2 * inset, h - top)
        painter.drawText(body, Qt.TextFlag.TextWordWrap.value, panel.text)
    painter.restore()


def paint_titles_above(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    areas: Sequence[QRectF],
) -> None:
    """From afar the title of a frame stands on it, in words that can be read, before all wires."""
    painter.setFont(font(11))
    painter.setPen(colour(tokens.text_muted))
    for panel in picture.panels:
        if panel.family or not panel.title:
            continue
        x, y, width, _ = panel.rect
        left, top = viewport.to_screen(x, y)
        room = QRectF(left, top - 14.0, width * viewport.scale, 14.0)
        if not any(area.intersects(room) for area in areas):
            continue
        title = elided(panel.title, 11, False, max(room.width() - 8.0, 20.0))
        plate = QRectF(left + 5.0, top - 14.0, text_width(title, 11) + 6.0, 13.0)
        painter.fillRect(plate, colour(tokens.canvas))
        painter.drawText(QPointF(left + 8.0, top - 3.0), title)
