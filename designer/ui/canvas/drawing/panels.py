"""Panels: the frames of a design, free comments, and what unfolded composites lie on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter

from designer.ui.canvas.drawing.ink import colour, mixed, pen
from designer.ui.canvas.drawing.lines import draw_rects, outlines
from designer.ui.canvas.drawing.plate import put_plates
from designer.ui.canvas.scene.parts import Panel
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

SQUARE = 0.2
"""Below this zoom nobody sees that corners are round; square ones are drawn many at once."""
MANY = 24
"""Panels that are painted with round corners in the time of a frame."""
RADIUS = 10.0
"""Of a panel's corners, in canvas units."""
MOST_COVERS = 128
"""Panels that are cut out of the ground sooner than all of it is painted."""
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
    as_pixels: bool = False,
) -> None:
    """Paint the panels that some areas of the screen show, what comes later above.

    In haste, as during a zoom, many of them are square at every scale. `as_pixels` is said of a
    screen: their edges lie on whole pixels there.
    """
    if not picture.panels:
        return
    scale = viewport.scale
    numbers, rects = seen_panels(picture, viewport, areas)
    are_square = scale < SQUARE or (in_haste and len(numbers) > MANY)
    plain = {number for number in numbers if _is_plain(picture.panels[number], picture)}
    for group in _groups(numbers, plain, alone=not are_square and _overlap(rects[numbers])):
        is_plain = group[0] in plain
        if is_plain and are_square:
            _paint_squares(painter, rects[group], tokens)
        elif not (
            is_plain
            and as_pixels
            and put_plates(painter, rects[group], RADIUS * scale, tokens, viewport.ratio)
        ):
            for number in group:
                panel, rect = picture.panels[number], QRectF(*rects[number].tolist())
                _paint_round(painter, panel, rect, scale, tokens, chosen=_is_chosen(panel, picture))


def _groups(numbers: Sequence[int], plain: Set[int], *, alone: bool) -> Iterator[list[int]]:
    """The panels to paint in their order: those that are alike together, or each alone."""
    for _, alike in groupby(numbers, plain.__contains__):
        if alone:
            yield from ([number] for number in alike)
        else:
            yield list(alike)


def _overlap(rects: Floats) -> bool:
    """Whether any two of the rectangles have something in common."""
    first, last = rects[:, :2], rects[:, :2] + rects[:, 2:]
    meet = ((first[:, None] <= last) & (last[:, None] >= first)).all(axis=2)
    return bool(np.count_nonzero(meet) > len(rects))


def seen_panels(
    picture: Picture, viewport: Viewport, areas: Sequence[QRectF]
) -> tuple[list[int], Floats]:
    """The numbers of the panels that some areas of the screen show; the pixels that all take."""
    rects = (picture.panel_rects - (viewport.x, viewport.y, 0.0, 0.0)) * viewport.scale
    seen = np.zeros(len(rects), dtype=bool)
    for area in areas:
        seen |= _meets(rects, area)
    return np.flatnonzero(seen).tolist(), rects


def covers(picture: Picture, viewport: Viewport) -> list[QRect]:
    """What panels cover of the window for certain, in whole pixels, where they are few."""
    if not picture.panels:
        return []
    numbers, rects = seen_panels(picture, viewport, [QRectF(0, 0, viewport.width, viewport.height)])
    if len(numbers) > MOST_COVERS:
        return []
    edge = math.ceil(RADIUS * viewport.scale) + 2
    inside = np.floor(rects[numbers]).astype(int) + np.array([edge, edge, -2 * edge, -2 * edge])
    return [QRect(*rect) for rect in inside.tolist() if min(rect[2:]) > 0]


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
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens.frame))
    draw_rects(painter, rects)
    painter.setBrush(colour(tokens.frame_line))
    # thin rectangles take a sixth of the time of a pen
    draw_rects(painter, outlines(rects))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, was_smooth)


def _paint_round(
    painter: QPainter, panel: Panel, rect: QRectF, scale: float, tokens: Tokens, *, chosen: bool
) -> None:
    radius = RADIUS * scale
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
