"""Painting: one function for the screen, the minimap and pictures alike."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from designer.ui.canvas.cards import draw_card, fault_cards, within
from designer.ui.canvas.draw import (
    draw_node,
    elided,
    font,
    readable,
    text_width,
)
from designer.ui.canvas.ink import colour, mixed, pen, wire_pen
from designer.ui.canvas.lines import draw_lines, draw_points, draw_rects
from designer.ui.canvas.look import Mark
from designer.ui.canvas.measure import DOTS, FRAME_TITLE, MARGIN, STRIPE
from designer.ui.canvas.picture import Panel, Picture
from designer.ui.canvas.sprite import Sprites
from designer.ui.canvas.strips import Floats, Ints
from designer.ui.canvas.viewport import Rect, Viewport
from designer.ui.theme.tokens import Tokens

FAR = 0.34
"""Below this zoom nodes are bars in the colour of their family."""
TITLES_ONLY = 0.58
"""Below this zoom a frame shows its title only, as large as it needs to be read."""
FARTHER = 0.16
"""Below this zoom bars are plain, and the wires of large nets straight."""
WEIGHED = 1.2
"""From this zoom on wires are as thick as their channels are many, by the logarithm."""
MANY = 3000
"""Pieces of wires that a large net has more of."""


def paint(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    sprites: Sprites | None = None,
    exposed: QRectF | None = None,
    *,
    sharp: bool = True,
    grid: bool = True,
    cards: bool = True,
) -> None:
    """Paint the picture as the viewport shows it.

    With `sprites` nodes are stamped from that cache, without it they are drawn, so that text
    stays text. `exposed` limits what is painted, in pixels. While not `sharp` (during a zoom)
    sprites of the nearest usual scale are stretched.
    """
    area = exposed or QRectF(0, 0, viewport.width, viewport.height)
    seen = _seen(viewport, area)
    if grid:
        _paint_ground(painter, viewport, tokens, area)
    else:
        painter.fillRect(area, colour(tokens.canvas))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for panel in picture.panels:
        chosen = panel.id != "" and panel.id == panel.owner and panel.owner in picture.chosen
        _paint_panel(painter, panel, viewport, tokens, chosen=chosen)
    _paint_wires(painter, picture, viewport, tokens, seen)
    items = within(picture, seen)
    if viewport.scale < FAR:
        _paint_bars(painter, picture, items, viewport, tokens)
    elif sprites is None:
        _draw_items(painter, picture, items, viewport, tokens)
    else:
        _stamp_items(painter, picture, items, viewport, tokens, sprites, sharp)
    for card in fault_cards(picture, viewport) if cards else ():
        draw_card(painter, card, tokens)


def _seen(viewport: Viewport, area: QRectF) -> Rect:
    """The canvas rectangle that an area of the screen shows, with what nodes draw around them."""
    left, top = viewport.to_canvas(area.left(), area.top())
    right, bottom = viewport.to_canvas(area.right(), area.bottom())
    return (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)


def _paint_ground(painter: QPainter, viewport: Viewport, tokens: Tokens, area: QRectF) -> None:
    """The canvas and its dots, which fade with the zoom."""
    strength = min(1.0, max(0.0, (viewport.scale - 0.3) / 0.45))
    pitch = DOTS * viewport.scale
    size = pitch * viewport.ratio
    if strength > 0.0 and size == round(size):
        # a dot every whole number of device pixels: many of them are one tile
        tile = _tile(tokens, strength, round(size), viewport.ratio)
        x, y = (round(v * viewport.scale * viewport.ratio) / viewport.ratio
                for v in (viewport.x, viewport.y))  # fmt: skip
        painter.drawTiledPixmap(area, tile, QPointF(x + area.left(), y + area.top()))
        return
    painter.fillRect(area, colour(tokens.canvas))
    if strength > 0.0:
        _paint_dots(painter, viewport, tokens, area, strength)


def _paint_dots(
    painter: QPainter, viewport: Viewport, tokens: Tokens, area: QRectF, strength: float
) -> None:
    pitch = DOTS * viewport.scale
    first_x = area.left() - (area.left() + viewport.x * viewport.scale) % pitch
    first_y = area.top() - (area.top() + viewport.y * viewport.scale) % pitch
    xs = np.arange(first_x, area.right() + pitch, pitch)
    ys = np.arange(first_y, area.bottom() + pitch, pitch)
    points = np.empty((len(xs), len(ys), 2))
    points[:, :, 0], points[:, :, 1] = np.round(xs)[:, None], np.round(ys)[None, :]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(_dot_pen(tokens, strength, viewport.scale))
    draw_points(painter, points.reshape(-1, 2))


def _dot_pen(tokens: Tokens, strength: float, scale: float) -> QPen:
    dot = QPen(mixed(tokens.canvas, tokens.grid_dot, strength), 2 if scale >= 0.6 else 1)
    dot.setCapStyle(Qt.PenCapStyle.SquareCap)
    return dot


@lru_cache(maxsize=8)
def _tile(tokens: Tokens, strength: float, size: int, ratio: float) -> QPixmap:
    """A piece of the ground that can be put side by side: several dots, so that it is large."""
    several = max(1, 256 // size)
    tile = QPixmap(size * several, size * several)
    tile.setDevicePixelRatio(ratio)
    side = size * several / ratio
    viewport = Viewport(size / ratio / DOTS, 0.0, 0.0, side, side, ratio)
    tile.fill(colour(tokens.canvas))
    with QPainter(tile) as painter:
        # the dots at the right and lower edge are also those of the left and upper one
        _paint_dots(painter, viewport, tokens, QRectF(0, 0, side, side), strength)
    return tile


def _paint_panel(
    painter: QPainter, panel: Panel, viewport: Viewport, tokens: Tokens, *, chosen: bool
) -> None:
    x, y, w, h = panel.rect
    left, top = viewport.to_screen(x, y)
    rect = QRectF(left, top, w * viewport.scale, h * viewport.scale)
    radius = 10 * viewport.scale
    if chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(mixed(tokens.canvas, tokens.accent, 0.3), 4.0))
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
    if panel.family:
        painter.setBrush(colour(tokens.frame_tint))
        ink = mixed(tokens.frame_tint, tokens.family_merge, 0.42)
        painter.setPen(pen(tokens.accent, 1.25) if chosen else pen(ink))
    else:
        painter.setBrush(mixed(tokens.canvas, tokens.raised, 0.6))
        painter.setPen(pen(tokens.line))
    painter.drawRoundedRect(rect, radius, radius)
    if viewport.scale < FAR:
        return
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(viewport.scale, viewport.scale)
    inset, base = 16.0, FRAME_TITLE / 2 + 4.0
    room, pixels = w - 2 * inset, 13
    if viewport.scale < TITLES_ONLY:
        pixels = readable(panel.title, room, viewport.scale)
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
        body = QRectF(inset, FRAME_TITLE - 6, w - 2 * inset, h - FRAME_TITLE)
        painter.drawText(body, Qt.TextFlag.TextWordWrap.value, panel.text)
    painter.restore()


def _paint_wires(
    painter: QPainter, picture: Picture, viewport: Viewport, tokens: Tokens, seen: Rect
) -> None:
    if not picture.wires:
        return
    marks = picture.wire_mark
    is_close = viewport.scale >= 0.5
    thick, thin = (1.75, 1.25) if is_close else (1.25, 1.0)
    faulty = (marks & Mark.ERROR) != 0
    groups = [((marks != 0) & ~faulty, tokens.accent, thick), (faulty, tokens.error, thick)]
    if viewport.scale < WEIGHED:
        groups.insert(0, (marks == 0, tokens.wire, thin))
    else:
        # close by, what carries many channels is seen to
        step = np.minimum(picture.depth // 3, 3)
        for number in np.unique(step).tolist():
            chosen = (marks == 0) & (step == number)
            groups.insert(0, (chosen, tokens.wire, thin + 0.5 * number))
    bounds = picture.routes.bounds
    left, top, right, bottom = seen
    near = (bounds[:, 0] < right) & (bounds[:, 2] > left)
    near &= (bounds[:, 1] < bottom) & (bounds[:, 3] > top)
    everything = bool(near.all())
    for chosen, ink, width in groups:
        if not chosen.any():
            continue
        lines = _lines(picture, chosen & near, viewport, everything and bool(chosen.all()))
        painter.setPen(wire_pen(ink, width))
        draw_lines(painter, lines)


def _lines(
    picture: Picture, wires: np.ndarray[tuple[int], np.dtype[np.bool_]], viewport: Viewport,
    everything: bool,
) -> Floats:  # fmt: skip
    """The straight pieces of these wires, in pixels."""
    if viewport.scale < FARTHER and len(picture.routes.segments) > MANY:
        lines = picture.ends if everything else picture.ends[wires]
    else:
        routes = picture.routes
        lines = routes.segments if everything else routes.segments[wires[routes.owner]]
    origin = np.array([viewport.x, viewport.y, viewport.x, viewport.y])
    made: Floats = (lines - origin) * viewport.scale
    return made


def _draw_items(
    painter: QPainter, picture: Picture, items: Ints, viewport: Viewport, tokens: Tokens
) -> None:
    for i in items.tolist():
        painter.save()
        painter.translate(*viewport.to_screen(*picture.boxes[i, :2].tolist()))
        painter.scale(viewport.scale, viewport.scale)
        draw_node(painter, picture.look(i), tokens, viewport.scale)
        painter.restore()


def _stamp_items(
    painter: QPainter, picture: Picture, items: Ints, viewport: Viewport, tokens: Tokens,
    sprites: Sprites, sharp: bool,
) -> None:  # fmt: skip
    scale, ratio = viewport.scale, viewport.ratio
    drawn = scale if sharp else min(1.0, 2.0 ** (round(2 * math.log2(scale)) / 2))
    margin = round(MARGIN * drawn * ratio) / ratio
    corners = (picture.boxes[items, :2] - (viewport.x, viewport.y)) * scale
    if drawn == scale:
        corners = np.round(corners * ratio) / ratio - margin
        for i, (x, y) in zip(items.tolist(), corners.tolist(), strict=True):
            painter.drawPixmap(QPointF(x, y), sprites.get(picture.look(i), scale, ratio, tokens))
        return
    stretch = scale / drawn
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    corners -= margin * stretch
    for i, (x, y) in zip(items.tolist(), corners.tolist(), strict=True):
        sprite = sprites.get(picture.look(i), drawn, ratio, tokens)
        size = sprite.deviceIndependentSize() * stretch
        target = QRectF(x, y, size.width(), size.height())
        painter.drawPixmap(target, sprite, QRectF(sprite.rect()))


def _paint_bars(
    painter: QPainter, picture: Picture, items: Ints, viewport: Viewport, tokens: Tokens
) -> None:
    """Nodes from afar: bars in the colours of their families, like a score."""
    scale = viewport.scale
    rects = (picture.boxes[items] - (viewport.x, viewport.y, 0, 0)) * scale
    families, marks = picture.family[items], picture.item_mark[items]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, scale >= FARTHER)
    painter.setPen(Qt.PenStyle.NoPen)
    striped = scale >= FARTHER
    for number, name in enumerate(picture.families):
        chosen = rects[families == number]
        ink = tokens.family(name)
        painter.setBrush(mixed(tokens.node, ink, 0.45) if striped else colour(ink))
        draw_rects(painter, chosen)
        if striped:
            painter.setBrush(colour(ink))
            chosen = chosen.copy()
            chosen[:, 2] = np.maximum(STRIPE * 2.5 * scale, 2.0)
            draw_rects(painter, chosen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    faulty = np.zeros(len(picture.items), dtype=bool)
    faulty[[i for i, fault in picture.faults.items() if fault.severity == "error"]] = True
    for ink, chosen in (
        (tokens.error, rects[faulty[items]]),
        (tokens.accent, rects[(marks & (Mark.SELECTED | Mark.HOVERED)) != 0]),
    ):
        painter.setPen(pen(ink, 2.0))
        draw_rects(painter, chosen + np.array([-1.5, -1.5, 3.0, 3.0]))
