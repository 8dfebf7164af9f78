"""Painting: one function for the screen, the minimap and pictures alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.drawing.cards import draw_card, fault_cards, within
from designer.ui.canvas.drawing.draw import draw_node
from designer.ui.canvas.drawing.far import BEYOND, FAR, FARTHER, paint_bars
from designer.ui.canvas.drawing.ground import paint_ground
from designer.ui.canvas.drawing.ink import colour, pen, wire_pen
from designer.ui.canvas.drawing.lines import draw_pieces
from designer.ui.canvas.drawing.panels import covers, paint_panels
from designer.ui.canvas.drawing.sprite import Sprite, Sprites
from designer.ui.canvas.drawing.titles import paint_titles_above
from designer.ui.canvas.drawing.words import paint_words
from designer.ui.canvas.scene.look import ALL_MARKS, Mark
from designer.ui.canvas.scene.measure import MARGIN
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.route import Detail, Routes
from designer.ui.canvas.scene.straight import Straight
from designer.ui.canvas.scene.strips import Floats, Ints
from designer.ui.canvas.scene.viewport import Rect, Viewport
from designer.ui.theme.tokens import Tokens

DOTS_FROM = 0.3
"""Below this zoom the points of wires are not drawn."""
DOT = 4.0
WEIGHED = 1.2
"""From this zoom on wires are as thick as their channels are many, by the logarithm; not where
blocks say so."""
CROWD = 600
"""Nodes that are seen at once on a large screen only; half as many where pixels are finer."""
FINE = 24
"""Nodes that are stretched smoothly; more of them, and smaller, are not until the zoom rests."""
SMOOTH = QPainter.RenderHint.SmoothPixmapTransform
ERROR = Mark.ERROR.value
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
    ground: bool = True,
    under: Under | None = None,
) -> bool:
    """Paint the picture as the viewport shows it; say whether there are cards on it.

    With `sprites` nodes are stamped from that cache, without it they are drawn, so that text
    stays text. `exposed` limits what is painted to some rectangles, in pixels. While not `sharp`
    (during a zoom) sprites of the nearest usual scale are stretched. Without `ground` nothing is
    painted where there is nothing. `under` is what lies under the nodes, without the wires that
    move, painted before.
    """
    if sprites is not None:
        sprites.begin(in_haste=not sharp)
    areas = [QRectF(rect) for rect in exposed] or [QRectF(0, 0, viewport.width, viewport.height)]
    seen = [_seen(viewport, area) for area in areas]
    as_pixels = sprites is not None
    if under is None:
        paint_under(
            painter, picture, viewport, tokens, areas,
            grid=grid, ground=ground, sharp=sharp, as_pixels=as_pixels,
        )  # fmt: skip
    else:
        _put_under(painter, picture, viewport, tokens, areas, under)
    if grid and viewport.scale >= DOTS_FROM:
        _paint_dots(painter, picture, viewport, tokens)
    paint_titles_above(painter, picture, viewport, tokens, areas, as_pixels=as_pixels)
    found = [within(picture, rect) for rect in seen]
    items: Ints = found[0] if len(found) == 1 else np.unique(np.concatenate(found))
    # more than can be stretched in the time of a frame are bars until the zoom rests
    if viewport.scale < FAR or (not sharp and len(items) * viewport.ratio > CROWD):
        paint_bars(painter, picture, items, viewport, tokens, sharp=sharp)
    elif sprites is None:
        _draw_items(painter, picture, items, viewport, tokens)
    else:
        _stamp_items(painter, picture, items, viewport, tokens, sprites, sharp)
    shown = fault_cards(picture, viewport) if cards else []
    for card in shown:
        draw_card(painter, card, tokens)
    return bool(shown)


class Under(NamedTuple):
    """What lies under the nodes of a window, but some wires, as pixels."""

    pixels: QPixmap
    wires: Ints
    """Those that are not on it."""


def paint_under(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    areas: Sequence[QRectF],
    *,
    grid: bool = True,
    ground: bool = True,
    sharp: bool = True,
    as_pixels: bool = True,
    without: Ints | None = None,
) -> None:
    """Paint what lies under the nodes: the ground, the panels, the wires but some, and words."""
    covered = covers(picture, viewport) if grid else []
    for area in areas:
        if grid:
            paint_ground(painter, viewport, tokens, area, covered)
        elif ground:
            painter.fillRect(area, colour(tokens.canvas))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_panels(painter, picture, viewport, tokens, areas, in_haste=not sharp, as_pixels=as_pixels)
    near = _near(picture.routes.sides, [_seen(viewport, area) for area in areas])
    if without is not None:
        near[without] = False
    _paint_wires(painter, picture, viewport, tokens, np.flatnonzero(near), sharp=sharp)
    paint_words(painter, picture, viewport, tokens, areas, as_pixels=as_pixels)


def _put_under(
    painter: QPainter, picture: Picture, viewport: Viewport, tokens: Tokens,
    areas: Sequence[QRectF], under: Under,
) -> None:  # fmt: skip
    """Put what was painted of what lies under the nodes, and paint the wires that are not on it."""
    for area in areas:
        ratio = viewport.ratio
        source = QRectF(area.topLeft() * ratio, area.size() * ratio)
        painter.drawPixmap(area, under.pixels, source)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_wires(painter, picture, viewport, tokens, under.wires)


def _seen(viewport: Viewport, area: QRectF) -> Rect:
    """The canvas rectangle that an area of the screen shows, with what nodes draw around them."""
    left, top = viewport.to_canvas(area.left(), area.top())
    right, bottom = viewport.to_canvas(area.right(), area.bottom())
    edge = max(MARGIN, BEYOND / viewport.scale)
    return (left - edge, top - edge, right + edge, bottom + edge)


def _near(sides: Floats, seen: Sequence[Rect]) -> NDArray[np.bool_]:
    """Which of the wires that lie between these sides may be seen in some rectangles."""
    x1, y1, x2, y2 = sides
    near = np.zeros(len(x1), dtype=bool)
    for left, top, right, bottom in seen:
        near |= (x1 < right) & (x2 > left) & (y1 < bottom) & (y2 > top)
    return near


def _paint_wires(
    painter: QPainter,
    picture: Picture,
    viewport: Viewport,
    tokens: Tokens,
    wires: Ints,
    *,
    sharp: bool = True,
) -> None:
    """Paint some wires: first what is neither selected nor at fault.

    While not `sharp` they are of one pixel, which Qt paints in a third of the time; level ones lie
    on whole pixels then, and from afar.
    """
    marks = picture.wire_mark[wires]
    is_marked = marks != 0
    plain = wires[~is_marked]
    thick, thin = (1.75, 1.25) if viewport.scale >= 0.5 else (1.25, 1.0)
    if not sharp:
        thin = 1.0
    # from afar what is marked covers all of what it is drawn on
    groups = [(wires if viewport.scale < FAR else plain, tokens.wire, thin)]
    if sharp and viewport.scale >= WEIGHED and not picture.shown.alone:
        # close by, what carries many channels is seen to
        step = np.minimum(picture.depth[plain] // 3, 3)
        groups = [(plain[step == n], tokens.wire, thin + 0.5 * n) for n in (3, 2, 1, 0)]
    if len(plain) < len(wires):
        faulty = (marks & ERROR) != 0
        groups += [(wires[is_marked & ~faulty], tokens.accent, thick)]
        groups += [(wires[faulty], tokens.error, thick)]
    crisp = not sharp or viewport.scale < FAR
    for chosen, ink, width in groups:
        if len(chosen):
            drawn = _pieces(picture.routes, chosen, viewport, sharp=sharp)
            draw_pieces(painter, drawn, wire_pen(ink, width), crisp=crisp)


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


def _pieces(routes: Routes, wires: Ints, viewport: Viewport, *, sharp: bool) -> Straight:
    """The straight pieces of these wires, in pixels; of many curves half of theirs in a zoom."""
    detail: Detail = "whole"
    if not sharp and len(wires) > CROWD:
        detail = "half"
    if viewport.scale < FAR and len(routes.segments) > MANY:
        detail = "coarse" if viewport.scale < FARTHER else "half"
    place = viewport.x, viewport.y, viewport.scale
    if len(wires) == len(routes.bounds):
        return routes.all_pieces(detail).placed(*place)
    return Straight.of(routes.pieces(wires, detail)).placed(*place)


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
    stretched: list[tuple[int, Sprite]] = []
    painter.setRenderHint(SMOOTH)
    for k, (number, (x, y)) in enumerate(zip(numbers.tolist(), whole.tolist(), strict=True)):
        sprite = known.get(number)
        if sprite is None:
            sprite = sprites.ready(picture.look(int(items[k])), drawn, ratio, tokens)
            if not sprites.is_behind:
                known[number] = sprite
        if sprite.scale == scale:
            painter.drawPixmap(QPointF(x, y), sprite.pixmap)
        else:
            stretched.append((k, sprite))
    if stretched:
        painter.setRenderHint(SMOOTH, len(stretched) <= FINE)
        _stretch(painter, stretched, corners, scale, ratio)


def _stretch(
    painter: QPainter,
    sprites: Sequence[tuple[int, Sprite]],
    corners: Floats,
    scale: float,
    ratio: float,
) -> None:
    """Put sprites of other scales, each at the corner with its number."""
    places = corners.tolist()
    for k, (pixmap, drawn, core, before, (width, height)) in sprites:
        (x, y), factor = places[k], scale / drawn / ratio
        edge = before * factor
        target = QRectF(x - edge, y - edge, width * factor, height * factor)
        painter.drawPixmap(target, pixmap, core)
