"""Painting: one function for the screen, the minimap and pictures alike."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from designer.ui.canvas.cards import draw_card, fault_cards, within
from designer.ui.canvas.draw import (
    draw_node,
    elided,
    font,
    readable,
    text_width,
)
from designer.ui.canvas.ground import paint_ground
from designer.ui.canvas.ink import colour, mixed, pen, wire_pen
from designer.ui.canvas.lines import draw_pieces, draw_rects
from designer.ui.canvas.look import ALL_MARKS, Mark
from designer.ui.canvas.measure import COMMENT_INSET, FRAME_TITLE, MARGIN, STRIPE
from designer.ui.canvas.picture import Panel, Picture
from designer.ui.canvas.route import Detail, Routes
from designer.ui.canvas.sprite import Sprite, Sprites
from designer.ui.canvas.strips import Floats, Ints
from designer.ui.canvas.viewport import Rect, Viewport
from designer.ui.theme.tokens import Tokens

FAR = 0.34
"""Below this zoom nodes are bars in the colour of their family."""
TITLES_ONLY = 0.58
"""Below this zoom a frame shows its title only, as large as it needs to be read."""
TITLES_ABOVE = 0.13
"""Down to this zoom, and below FAR, the titles of a design's frames stand on them."""
DOTS_FROM = 0.3
"""Below this zoom the points of wires are not drawn."""
DOT = 4.0
FARTHER = 0.16
"""Below this zoom bars are plain, and the wires of large nets straight."""
WEIGHED = 1.2
"""From this zoom on wires are as thick as their channels are many, by the logarithm."""
CROWD = 600
"""Nodes that are seen at once on a large screen only; half as many where pixels are finer."""
MANY = 3000
"""Pieces of wires that a large net has more of."""


def paint(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    sprites: Sprites | None = None,
    exposed: Sequence[QRect | QRectF] = (),
    *,
    sharp: bool = True,
    grid: bool = True,
    cards: bool = True,
) -> bool:
    """Paint the picture as the viewport shows it; say whether there are cards on it.

    With `sprites` nodes are stamped from that cache, without it they are drawn, so that text
    stays text. `exposed` limits what is painted to some rectangles, in pixels. While not `sharp`
    (during a zoom) sprites of the nearest usual scale are stretched.
    """
    if sprites is not None:
        sprites.begin(in_haste=not sharp)
    areas = [QRectF(rect) for rect in exposed] or [QRectF(0, 0, viewport.width, viewport.height)]
    seen = [_seen(viewport, area) for area in areas]
    for area in areas:
        if grid:
            paint_ground(painter, viewport, tokens, area)
        else:
            painter.fillRect(area, colour(tokens.canvas))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for panel in picture.panels:
        is_whole = panel.id != "" and panel.id == panel.owner
        chosen = is_whole and panel.owner in picture.chosen
        chosen |= panel.frame is not None and panel.frame == picture.framed
        _paint_panel(painter, panel, viewport, tokens, chosen=chosen)
    _paint_wires(painter, picture, viewport, tokens, seen)
    if grid and viewport.scale >= DOTS_FROM:
        _paint_dots(painter, picture, viewport, tokens)
    if TITLES_ABOVE <= viewport.scale < FAR:
        _paint_titles_above(painter, picture, viewport, tokens)
    found = [within(picture, rect) for rect in seen]
    items: Ints = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
    # more than can be stretched in the time of a frame are bars until the zoom rests
    if viewport.scale < FAR or (not sharp and len(items) * viewport.ratio > CROWD):
        _paint_bars(painter, picture, items, viewport, tokens)
    elif sprites is None:
        _draw_items(painter, picture, items, viewport, tokens)
    else:
        _stamp_items(painter, picture, items, viewport, tokens, sprites, sharp)
    shown = fault_cards(picture, viewport) if cards else []
    for card in shown:
        draw_card(painter, card, tokens)
    return bool(shown)


def _seen(viewport: Viewport, area: QRectF) -> Rect:
    """The canvas rectangle that an area of the screen shows, with what nodes draw around them."""
    left, top = viewport.to_canvas(area.left(), area.top())
    right, bottom = viewport.to_canvas(area.right(), area.bottom())
    return (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)


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
        painter.setPen(pen(tokens.accent, 1.25) if chosen else pen(tokens.line))
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
        top = FRAME_TITLE - 6 if panel.title else COMMENT_INSET
        body = QRectF(inset, top, w - 2 * inset, h - top)
        painter.drawText(body, Qt.TextFlag.TextWordWrap.value, panel.text)
    painter.restore()


def _paint_titles_above(
    painter: QPainter, picture: Picture, viewport: Viewport, tokens: Tokens
) -> None:
    """From afar the title of a frame stands on it, in words that can be read, before all wires."""
    painter.setFont(font(11))
    painter.setPen(colour(tokens.text_muted))
    for panel in picture.panels:
        if panel.family or not panel.title:
            continue
        x, y, width, _ = panel.rect
        left, top = viewport.to_screen(x, y)
        title = elided(panel.title, 11, False, max(width * viewport.scale - 8.0, 20.0))
        plate = QRectF(left + 5.0, top - 14.0, text_width(title, 11) + 6.0, 13.0)
        painter.fillRect(plate, colour(tokens.canvas))
        painter.drawText(QPointF(left + 8.0, top - 3.0), title)


def _paint_wires(
    painter: QPainter, picture: Picture, viewport: Viewport, tokens: Tokens, seen: Sequence[Rect]
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
    near = np.zeros(len(bounds), dtype=bool)
    for left, top, right, bottom in seen:
        meets = (bounds[:, 0] < right) & (bounds[:, 2] > left)
        near |= meets & (bounds[:, 1] < bottom) & (bounds[:, 3] > top)
    for chosen, ink, width in groups:
        wires = np.flatnonzero(chosen & near)
        if len(wires):
            draw_pieces(painter, _lines(picture.routes, wires, viewport), wire_pen(ink, width))


def _paint_dots(painter: QPainter, picture: Picture, viewport: Viewport, tokens: Tokens) -> None:
    """The points that wires are led through: what can be grasped there."""
    radius = min(DOT * viewport.scale, DOT)
    for wire, points in picture.via.items():
        ink = tokens.accent if picture.wire_mark[wire] else tokens.wire
        for number, point in enumerate(points):
            is_chosen = picture.dot == (picture.wires.edge[wire], number)
            painter.setPen(pen(tokens.accent if is_chosen else ink, 1.5))
            painter.setBrush(colour(tokens.canvas if not is_chosen else tokens.accent))
            size = radius + 1.5 if is_chosen else radius
            painter.drawEllipse(QPointF(*viewport.to_screen(*point)), size, size)


def _lines(routes: Routes, wires: Ints, viewport: Viewport) -> Floats:
    """The straight pieces of these wires, in pixels."""
    detail: Detail = "whole"
    if viewport.scale < FAR and len(routes.segments) > MANY:
        detail = "coarse" if viewport.scale < FARTHER else "half"
    origin = np.array([viewport.x, viewport.y, viewport.x, viewport.y])
    made: Floats = (routes.pieces(wires, detail) - origin) * viewport.scale
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
    whole = np.floor(corners * ratio + 0.5) / ratio - margin
    known = sprites.of_items(picture, drawn, ratio, tokens)
    numbers = items * ALL_MARKS + picture.item_mark[items]
    stretched: list[tuple[Sprite, float, float]] = []
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for k, (number, (x, y)) in enumerate(zip(numbers.tolist(), whole.tolist(), strict=True)):
        sprite = known.get(number)
        if sprite is None:
            sprite = sprites.ready(picture.look(int(items[k])), drawn, ratio, tokens)
            if not sprites.is_behind:
                known[number] = sprite
        if sprite.scale == scale:
            painter.drawPixmap(QPointF(x, y), sprite.pixmap)
        else:
            stretched.append((sprite, *corners[k].tolist()))
    for sprite, x, y in stretched:
        _stretch(painter, sprite, x, y, scale, ratio)


def _stretch(
    painter: QPainter, sprite: Sprite, x: float, y: float, scale: float, ratio: float
) -> None:
    """Put a sprite of another scale."""
    stretch = scale / sprite.scale
    margin = round(MARGIN * sprite.scale * ratio) / ratio * stretch
    size = (sprite.rect.width() * stretch / ratio, sprite.rect.height() * stretch / ratio)
    painter.drawPixmap(QRectF(x - margin, y - margin, *size), sprite.pixmap, sprite.rect)


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
