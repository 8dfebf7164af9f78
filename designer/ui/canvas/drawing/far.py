"""Nodes from afar: bars in the colours of their families, and their blocks as rectangles."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from designer.ui.canvas.drawing.ink import colour, mixed, pen, wire_pen
from designer.ui.canvas.drawing.lines import draw_lines, draw_pieces, draw_rects
from designer.ui.canvas.scene.look import Mark
from designer.ui.canvas.scene.measure import STRIPE
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.straight import Straight
from designer.ui.canvas.scene.strips import Floats, Ints
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

LIT = (Mark.SELECTED | Mark.HOVERED).value
FAR = 0.34
"""Below this zoom nodes are bars in the colour of their family."""
FLAG = 4.0
"""Pixels that the flag of a node with a warning stands above it."""
BEYOND = FLAG + 2.0
"""Pixels around a bar that its marks take."""
FARTHER = 0.16
"""Below this zoom bars are plain, and the wires of large nets straight."""


def _far_blocks(
    painter: QPainter,
    rects: Floats,
    picture: Picture,
    items: Ints,
    scale: float,
    tokens: Tokens,
) -> Floats | None:
    """What is drawn of the blocks of these nodes from afar; `rects` becomes what is of the nodes.

    Blocks that stand alone take the place of the cards.
    """
    blocks = picture.blocks[items] * scale
    blocks[:, :2] += rects[:, :2]
    if picture.shown.alone:
        if not picture.is_down:
            _draw_far_leads(painter, rects, blocks, tokens)
        rects[:] = blocks
        return None
    rects[:, 3] = picture.heights[items] * scale
    return blocks


def _draw_far_leads(painter: QPainter, rects: Floats, blocks: Floats, tokens: Tokens) -> None:
    """What leads from the edges of nodes, where wires end, to their blocks."""
    level = blocks[:, 1] + blocks[:, 3] / 2
    ends = [rects[:, 0], blocks[:, 0], blocks[:, 0] + blocks[:, 2], rects[:, 0] + rects[:, 2]]
    lines = [np.stack([a, level, b, level], axis=1) for a, b in (ends[:2], ends[2:])]
    draw_pieces(painter, Straight.of(np.concatenate(lines)), wire_pen(tokens.wire, 1.0))


def paint_bars(
    painter: QPainter,
    picture: Picture,
    items: Ints,
    viewport: Viewport,
    tokens: Tokens,
    *,
    sharp: bool = True,
) -> None:
    """Nodes from afar: bars in the colours of their families, like a score.

    While not `sharp`, as during a zoom, their edges lie on whole pixels.
    """
    scale = viewport.scale
    rects = (picture.boxes[items] - (viewport.x, viewport.y, 0, 0)) * scale
    blocks = (
        _far_blocks(painter, rects, picture, items, scale, tokens) if picture.shown.any else None
    )
    families, marks = picture.family[items], picture.item_mark[items]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, sharp and scale >= FARTHER)
    painter.setPen(Qt.PenStyle.NoPen)
    striped = scale >= FARTHER and not picture.shown.alone
    for number, name in enumerate(picture.families):
        chosen = rects[families == number]
        ink = tokens.family(name)
        painter.setBrush(mixed(tokens.node, ink, 0.45) if striped else colour(ink))
        draw_rects(painter, chosen)
        if blocks is not None:
            draw_rects(painter, blocks[families == number])
        if striped:
            painter.setBrush(colour(ink))
            chosen = chosen.copy()
            chosen[:, 2] = np.maximum(STRIPE * 2.5 * scale, 2.0)
            draw_rects(painter, chosen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(tokens.accent, 2.0))
    draw_rects(painter, _around(rects[(marks & LIT) != 0]))
    _mark_faults(painter, rects, picture, items, tokens)


def _mark_faults(
    painter: QPainter, rects: Floats, picture: Picture, items: Ints, tokens: Tokens
) -> None:
    """Errors are framed and struck through, warnings have a flag: not all see the colours."""
    if not picture.faults:
        return
    at: dict[str, list[int]] = {"warning": [], "error": []}
    for i, fault in picture.faults.items():
        at.get(fault.severity, []).append(i)
    for severity, ink in (("warning", tokens.warning), ("error", tokens.error)):
        found = rects[np.isin(items, at[severity])]
        if not len(found):
            continue
        x, y, width, height = found.T
        painter.setPen(pen(ink, 2.0))
        if severity == "error":
            draw_rects(painter, _around(found))
            draw_lines(painter, np.stack([x, y + height, x + width, y], axis=1))
        else:
            pole, top = x + width - 1.0, y - FLAG
            draw_lines(painter, np.stack([pole, top, pole, y + height], axis=1))
            cloth = np.stack(
                [pole - FLAG, top, np.full_like(x, FLAG), np.full_like(x, FLAG / 2)], 1
            )
            painter.setBrush(colour(ink))
            draw_rects(painter, cloth)
            painter.setBrush(Qt.BrushStyle.NoBrush)


def _around(rects: Floats) -> Floats:
    """Rectangles a little larger than these."""
    made: Floats = rects + np.array([-1.5, -1.5, 3.0, 3.0])
    return made
