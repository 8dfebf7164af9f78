"""Drawing the pyramid: solids in the colours of their families, arrows, and what each one is."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.ui.canvas.drawing.draw import font, text_width
from designer.ui.canvas.drawing.ink import colour, pen
from designer.ui.canvas.drawing.lines import draw_lines
from designer.ui.canvas.drawing.maps import draw_solid
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.pyramid.captions import CAPTION, LEADING, TITLE
from designer.ui.pyramid.figure import (
    NARROW_EDGE,
    PAGE,
    Block,
    Figure,
    figure,
    page_of,
)
from designer.ui.sheet import EDGE, Sheet, around
from designer.ui.theme.tokens import Tokens

HEAD = 6.0
"""How long the head of an arrow is."""
WORDS_FROM = 0.4
"""Below this zoom the blocks stand without words."""


def blocks_sheet(
    design: Design,
    analysis: Analysis,
    tokens: Tokens,
    *,
    with_shapes: bool = True,
    has_ground: bool = True,
    width: float | None = None,
) -> Sheet:
    """The whole net as blocks, for a picture; in rows that are read in a `width` (centimetres)."""
    page = PAGE if width is None else page_of(width)
    made = figure(design, analysis, with_shapes=with_shapes, page=page)
    viewport = around(made.bounds, edge=EDGE if width is None else NARROW_EDGE)

    def painted(painter: QPainter, band: QRectF | None) -> None:
        draw_figure(painter, made, viewport, tokens, has_ground=has_ground)

    return Sheet(design.name, viewport, painted, width)


def draw_figure(
    painter: QPainter,
    blocks: Figure,
    viewport: Viewport,
    tokens: Tokens,
    chosen: frozenset[str] = frozenset(),
    *,
    has_ground: bool = True,
) -> None:
    """Paint the whole figure through a viewport; the blocks of chosen nodes are outlined."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if has_ground:
        painter.fillRect(QRectF(0, 0, viewport.width, viewport.height), colour(tokens.canvas))
    painter.scale(viewport.scale, viewport.scale)
    painter.translate(-viewport.x, -viewport.y)
    for way in blocks.arrows:
        _draw_arrow(painter, way, tokens)
    left, top, right, bottom = viewport.seen
    for block in blocks.blocks:
        across = block.x < right and block.x + block.width > left
        if across and block.y < bottom and block.y + block.height > top:
            known = block.shape is not None
            draw_solid(
                painter,
                block.solid.corner(*block.middle),
                block.solid,
                tokens.family(block.family) if known else tokens.text_faint,
                tokens,
                is_known=known,
                is_chosen=not chosen.isdisjoint(block.nodes),
            )
            if viewport.scale >= WORDS_FROM:
                _draw_words(painter, block, tokens)
    painter.restore()


def _draw_arrow(painter: QPainter, way: Floats, tokens: Tokens) -> None:
    painter.setPen(pen(tokens.wire, 1.25))
    draw_lines(painter, np.concatenate([way[:-1], way[1:]], axis=1))
    tip, before = way[-1], way[-2]
    if np.hypot(*(tip - before)) < HEAD / 2:
        before = way[max(-len(way), -4)]  # of a curve, whose last piece is too short to tell
    angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    along = np.array([math.cos(angle), math.sin(angle)])
    across = np.array([-along[1], along[0]]) * HEAD / 2
    back = tip - along * HEAD
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens.wire))
    corners = (tip, back + across, back - across)
    painter.drawPolygon(QPolygonF([QPointF(float(x), float(y)) for x, y in corners]))


def _draw_words(painter: QPainter, block: Block, tokens: Tokens) -> None:
    """The lines below one another, each in the middle."""
    inks = {TITLE: tokens.text, CAPTION: tokens.text_muted}
    y = block.words_top
    for text, pixels in block.lines:
        strong = pixels == TITLE
        y += pixels
        painter.setFont(font(pixels, strong))
        painter.setPen(colour(inks.get(pixels, tokens.text_faint)))
        x = block.middle[0] - text_width(text, pixels, strong) / 2
        painter.drawText(QPointF(x, y), text)
        y += LEADING
