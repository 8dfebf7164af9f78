"""Drawing the pyramid: solids in the colours of their families, arrows, and what each one is."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.ui.canvas.draw import elided, font
from designer.ui.canvas.ink import colour, faded, mixed, pen
from designer.ui.canvas.lines import draw_lines
from designer.ui.canvas.strips import Floats
from designer.ui.canvas.viewport import Viewport
from designer.ui.pyramid.figure import LABEL, SLANT, Block, Figure, figure
from designer.ui.sheet import Sheet, around
from designer.ui.theme.tokens import Tokens

HEAD = 6.0
"""How long the head of an arrow is."""
WORDS_FROM = 0.4
"""Below this zoom the blocks stand without words."""


def blocks_sheet(design: Design, analysis: Analysis, tokens: Tokens) -> Sheet:
    """The whole net as blocks, for a picture."""
    made = figure(design, analysis)
    viewport = around(made.bounds)

    def painted(painter: QPainter, band: QRectF | None) -> None:
        draw_figure(painter, made, viewport, tokens)

    return Sheet(design.name, viewport, painted)


def draw_figure(
    painter: QPainter,
    blocks: Figure,
    viewport: Viewport,
    tokens: Tokens,
    chosen: frozenset[str] = frozenset(),
) -> None:
    """Paint the whole figure through a viewport; the blocks of chosen nodes are outlined."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, viewport.width, viewport.height), colour(tokens.canvas))
    painter.scale(viewport.scale, viewport.scale)
    painter.translate(-viewport.x, -viewport.y)
    for way in blocks.arrows:
        _draw_arrow(painter, way, tokens)
    left, top, right, bottom = viewport.seen
    for block in blocks.blocks:
        across = block.x < right and block.x + block.width > left
        if across and block.y < bottom and block.y + block.height > top:
            _draw_solid(painter, block, tokens, not chosen.isdisjoint(block.nodes))
            if viewport.scale >= WORDS_FROM:
                _draw_words(painter, block, tokens)
    painter.restore()


def _draw_arrow(painter: QPainter, way: Floats, tokens: Tokens) -> None:
    painter.setPen(pen(tokens.wire, 1.25))
    draw_lines(painter, np.concatenate([way[:-1], way[1:]], axis=1))
    tip = way[-1]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens.wire))
    painter.drawPolygon(
        _polygon(tip, (tip[0] - HEAD, tip[1] - HEAD / 2), (tip[0] - HEAD, tip[1] + HEAD / 2))
    )


def _draw_solid(painter: QPainter, block: Block, tokens: Tokens, is_chosen: bool) -> None:
    """The front, the top and the right side, three shades of the family's colour."""
    x, y = block.corner
    solid = block.solid
    dx, dy = solid.back * SLANT[0], solid.back * SLANT[1]
    right, bottom = x + solid.thickness, y + solid.height
    known = block.shape is not None
    ink = tokens.family(block.family) if known else tokens.text_faint
    outline = pen(colour(tokens.accent) if is_chosen else mixed(tokens.canvas, ink, 0.85), 1.0)
    if not known:
        outline.setDashPattern([3, 3])
    painter.setPen(outline)
    front = [(x, y), (right, y), (right, bottom), (x, bottom)]
    top = [(x, y), (x + dx, y + dy), (right + dx, y + dy), (right, y)]
    side = [(right, y), (right + dx, y + dy), (right + dx, bottom + dy), (right, bottom)]
    for face, part in ((top, 0.22), (side, 0.50), (front, 0.36)):
        painter.setBrush(_shade(tokens, ink, part))
        painter.drawPolygon(_polygon(*face))
    if is_chosen:
        rim = [front[0], top[1], top[2], side[2], front[2], front[3]]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(faded(tokens.accent, 0.3), 6.0))
        painter.drawPolygon(_polygon(*rim))
        painter.setPen(pen(tokens.accent, 1.75))
        painter.drawPolygon(_polygon(*rim))


def _shade(tokens: Tokens, ink: str, part: float) -> QColor:
    return mixed(tokens.canvas, ink, part)


def _draw_words(painter: QPainter, block: Block, tokens: Tokens) -> None:
    """The first node's name, the shape, and the layers, below one another and centred."""
    shape = "?" if block.shape is None else str(block.shape)
    top = block.y + block.height - LABEL + 4
    lines = (
        (block.title, 12, True, tokens.text),
        (shape, 11, False, tokens.text_muted),
        (block.words, 10, False, tokens.text_faint),
    )
    for i, (words, pixels, strong, ink) in enumerate(lines):
        painter.setFont(font(pixels, strong))
        painter.setPen(colour(ink))
        room = QRectF(block.x - 8, top + 14 * i, block.width + 16, 14)
        shown = elided(words, pixels, strong, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)


def _polygon(*corners: tuple[float, float] | Floats) -> QPolygonF:
    return QPolygonF([QPointF(float(x), float(y)) for x, y in corners])
