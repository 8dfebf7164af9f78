"""What is drawn above the picture: pills, sentences at the pointer, what is lit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QRegion

from designer.core.graph import spoken
from designer.ui.canvas.drawing.cards import Card, Line, draw_card, wrapped
from designer.ui.canvas.drawing.draw import font, text_width
from designer.ui.canvas.drawing.ink import colour, faded, pen
from designer.ui.canvas.drawing.lines import draw_lines
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.scale import fine
from designer.ui.theme.tokens import Tokens

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

Tone = Literal["error", "warning"]


def draw_pill(
    painter: QPainter, at: QPointF, words: str, tokens: Tokens, *, strong: bool = False
) -> None:
    """A short label with its left edge at a point."""
    painter.save()
    painter.translate(at)
    painter.scale(fine(1), fine(1))
    rect = QRectF(0, -11, text_width(words, 12, strong) + 16, 22)
    painter.setBrush(colour(tokens.raised))
    painter.setPen(pen(tokens.accent if strong else tokens.line_strong))
    painter.drawRoundedRect(rect, 6, 6)
    painter.setFont(font(12, strong))
    painter.setPen(colour(tokens.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def draw_sentence(
    painter: QPainter,
    at: QPointF,
    sentence: str,
    tone: Tone,
    view: CanvasView,
) -> None:
    """A sentence at the pointer, inside the window."""
    lines = wrapped(Line(sentence, tone))
    scale = view.viewport.interface
    width = (max(text_width(line.text, 12) for line in lines) + 22) * scale
    height = (17 * len(lines) + 15) * scale
    x = max(4.0, min(at.x(), view.width() - width - 4.0))
    y = max(4.0, min(at.y(), view.height() - height - 4.0))
    rect = QRectF(round(x), round(y), round(width), round(height))
    draw_card(painter, Card(rect, lines, -1, tone, scale=scale), view.tokens)


def on_screen(points: Floats, viewport: Viewport) -> Floats:
    """The pieces between the corners of a line, N × 2 on the canvas: N − 1 × 4 in pixels."""
    lines = np.concatenate([points[:-1], points[1:]], axis=1)
    shown: Floats = (lines - np.array([viewport.x, viewport.y] * 2)) * viewport.scale
    return shown


def draw_wire_target(
    painter: QPainter, picture: Picture, wire: int, view: CanvasView, over: QRectF
) -> None:
    """The wire that a node would be put on: lit, as far as it is seen beside the node that lies
    `over` it, which is lit too; its ends in words below."""
    tokens, edge = view.tokens, picture.wires[wire].edge
    lines = on_screen(picture.routes.of(wire), view.viewport)
    painter.save()
    painter.setClipRegion(QRegion(view.rect()) - QRegion(over.toAlignedRect()))
    for width, ink in ((7.0, faded(tokens.accent, 0.25)), (2.0, colour(tokens.accent))):
        painter.setPen(pen(ink, width))
        draw_lines(painter, lines)
    painter.restore()
    draw_glow(painter, over, view)
    if edge is not None:
        words = f"between {spoken(edge.source)} and {spoken(edge.target)}"
        draw_pill(painter, over.bottomLeft() + QPointF(0, 20), words, tokens, strong=True)


def draw_glow(painter: QPainter, rect: QRectF, view: CanvasView) -> None:
    """The light around a node that takes something."""
    around, radius = rect.adjusted(-2, -2, 2, 2), 9 * view.viewport.scale
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((faded(view.tokens.accent, 0.22), 5.0), (colour(view.tokens.accent), 1.5)):
        painter.setPen(pen(ink, width))
        painter.drawRoundedRect(around, radius, radius)


def draw_focus(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """The frame of what has the keys."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(tokens.focus))
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
