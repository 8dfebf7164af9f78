"""Drawing the pyramid: solids in the colours of their families, arrows, and what each one is."""

from __future__ import annotations

import math
from collections.abc import Sequence

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
    _draw_arrows(painter, blocks.arrows, tokens)
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


def _draw_arrows(painter: QPainter, ways: Sequence[Floats], tokens: Tokens) -> None:
    """All lines at once, and the heads: Python has no time for each piece of 600 ways."""
    if not ways:
        return
    painter.setPen(pen(tokens.wire, 1.25))
    draw_lines(painter, np.concatenate([np.hstack([way[:-1], way[1:]]) for way in ways]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens.wire))
    for way in ways:
        painter.drawPolygon(_head(way))


def _head(way: Floats) -> QPolygonF:
    """The triangle at the end of a way."""
    x, y = way[-1].tolist()
    from_x, from_y = way[-2].tolist()
    if math.hypot(x - from_x, y - from_y) < HEAD / 2:
        # of a curve, whose last piece is too short to tell
        from_x, from_y = way[max(-len(way), -4)].tolist()
    angle = math.atan2(y - from_y, x - from_x)
    cosine, sine = HEAD * math.cos(angle), HEAD * math.sin(angle)
    back_x, back_y = x - cosine, y - sine
    left = QPointF(back_x - sine / 2, back_y + cosine / 2)
    right = QPointF(back_x + sine / 2, back_y - cosine / 2)
    return QPolygonF([QPointF(x, y), left, right])


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
