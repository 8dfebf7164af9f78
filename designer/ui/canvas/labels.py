"""Labels: the shapes that wires carry, as words on those that are selected or pointed at."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.drawing.draw import font, text_width
from designer.ui.canvas.drawing.ink import colour, pen
from designer.ui.canvas.scene.legal import output_shape
from designer.ui.canvas.scene.look import UNKNOWN, Mark
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

LABELS_FROM = 0.45
MOST_LABELS = 24
LABELLED = (Mark.SELECTED | Mark.HOVERED).value
HOVERED = Mark.HOVERED.value
BEYOND = 600.0
"""Pixels beyond the window within which labels are drawn: it is painted ahead where one pans to."""
HEIGHT = 18.0
ABOVE = 16.0
"""How far above its wire the label is that the pointer is on."""


def draw_labels(painter: QPainter, picture: Picture, viewport: Viewport, tokens: Tokens) -> None:
    """The shapes on the wires that are selected or under the pointer."""
    if viewport.scale < LABELS_FROM:
        return
    asked = np.flatnonzero((picture.wire_mark & LABELLED) != 0)[:MOST_LABELS]
    if not len(asked):
        return
    beyond = BEYOND / viewport.scale
    left, top, right, bottom = viewport.seen
    x1, y1, x2, y2 = picture.routes.bounds[asked].T
    near = (x1 < right + beyond) & (x2 > left - beyond)
    near &= (y1 < bottom + beyond) & (y2 > top - beyond)
    widths = (x2 - x1) * viewport.scale
    for w, wide in zip(asked[near].tolist(), widths[near].tolist(), strict=True):
        words = wire_words(picture, w)
        hovered = bool(picture.wire_mark[w] & HOVERED)
        if words == UNKNOWN and not hovered:
            continue
        # the gap between neighbours is too narrow: there the node's own second line says it
        if not hovered and wide < (_width(words) + 24.0) * viewport.interface:
            continue
        _put(painter, words, picture.routes.middle(w), hovered, viewport, tokens)


def wire_words(picture: Picture, wire: int) -> str:
    """The shape that a wire carries."""
    source, output = picture.wires.source[wire], picture.wires.output[wire]
    facts = picture.items[source].facts
    if facts is not None and facts.outputs is not None and 0 <= output < len(facts.outputs):
        return str(facts.outputs[output])
    edge = picture.wires[wire].edge
    shape = output_shape(picture.analysis, edge.source, edge.output) if edge else None
    return str(shape) if shape else UNKNOWN


def _width(words: str) -> float:
    return text_width(words, 11) + 12.0


def _put(
    painter: QPainter,
    words: str,
    middle: tuple[float, float],
    above: bool,
    viewport: Viewport,
    tokens: Tokens,
) -> None:
    """Put a label on whole device pixels."""
    ratio, scale = viewport.ratio, viewport.interface
    pixmap = _pixels(words, scale, ratio, tokens)
    x, y = viewport.to_screen(*middle)
    left = x * ratio - pixmap.width() / 2
    top = (y - ABOVE * scale * above) * ratio - pixmap.height() / 2
    painter.drawPixmap(QPointF(round(left) / ratio, round(top) / ratio), pixmap)


@lru_cache(maxsize=64)
def _pixels(words: str, scale: float, ratio: float, tokens: Tokens) -> QPixmap:
    """A label, drawn once."""
    width, factor = _width(words), scale * ratio
    size = math.ceil(width * factor) + 2, math.ceil(HEIGHT * factor) + 2
    pixmap = QPixmap(*size)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(1.0, 1.0)
        painter.scale(factor, factor)
        rect = QRectF(0.0, 0.0, width, HEIGHT)
        painter.setBrush(colour(tokens.canvas))
        painter.setPen(pen(tokens.line_strong))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setFont(font(11))
        painter.setPen(colour(tokens.text_muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
