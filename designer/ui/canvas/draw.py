"""Drawing one node: the function that fills the sprites and that pictures use directly."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from designer.ui.canvas.ink import colour, faded, mixed, pen
from designer.ui.canvas.look import Look, Mark
from designer.ui.canvas.measure import (
    NODE_HEIGHT,
    NODE_WIDTH,
    PORT,
    RADIUS,
    STRIPE,
    port_offset,
    spread,
)
from designer.ui.theme.fonts import exact_words
from designer.ui.theme.tokens import Tokens

LEFT = 14.0
RIGHT = NODE_WIDTH - 11.0
LARGER = 0.75
"""Below this zoom name and shape are written larger, so that they can still be read."""
NAMES_ONLY = 0.45
"""Below this zoom the name stands alone, as large as it needs to be read."""
LEGIBLE = 9.0
"""Pixels of the screen that the smallest text of a node has while its shape is shown."""


@lru_cache(maxsize=64)
def font(pixels: int, strong: bool = False) -> QFont:
    """A font of the theme, kept."""
    return exact_words(pixels, strong=strong)


@lru_cache(maxsize=4096)
def elided(text: str, pixels: int, strong: bool, width: float) -> str:
    """The text, shortened by … where it is wider than `width`."""
    metrics = QFontMetricsF(font(pixels, strong))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=4096)
def text_width(text: str, pixels: int, strong: bool = False) -> float:
    """How wide a text is, in canvas units."""
    return QFontMetricsF(font(pixels, strong)).horizontalAdvance(text)


def draw_node(painter: QPainter, look: Look, tokens: Tokens, scale: float = 1.0) -> None:
    """Draw a node with its top left corner at (0, 0), in canvas units.

    `scale` is the zoom that it will be seen at: small nodes show name and shape in larger words,
    the smallest their name only.
    """
    draw_body(painter, look, tokens)
    draw_words(painter, look, tokens, scale)


def draw_body(painter: QPainter, look: Look, tokens: Tokens) -> None:
    """Draw all of a node but its words."""
    _draw_ground(painter, look, tokens, QRectF(0, 0, NODE_WIDTH, look.height))
    _draw_ports(painter, look, tokens)


def draw_words(painter: QPainter, look: Look, tokens: Tokens, scale: float) -> None:
    """Draw what a node says."""
    if scale < NAMES_ONLY:
        _draw_name(painter, look, tokens, QRectF(0, 0, NODE_WIDTH, look.height), scale)
    elif scale < LARGER:
        _draw_large_words(painter, look, tokens, math.ceil(LEGIBLE / scale))
    else:
        _draw_words(painter, look, tokens)


def _draw_ground(painter: QPainter, look: Look, tokens: Tokens, body: QRectF) -> None:
    mark = look.mark
    painter.setPen(Qt.PenStyle.NoPen)
    if mark & Mark.SELECTED:
        painter.setBrush(faded(tokens.accent, 0.30))
        painter.drawRoundedRect(body.adjusted(-4, -4, 4, 4), RADIUS + 4, RADIUS + 4)
    else:
        _draw_shadow(painter, tokens, body)
    if mark & Mark.COMPOSITE:
        painter.setBrush(colour(tokens.node))
        painter.setPen(pen(tokens.node_line))
        painter.drawRoundedRect(body.adjusted(5.5, 3.5, -5.5, 3.5), RADIUS, RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens.node))
    painter.drawRoundedRect(body, RADIUS, RADIUS)
    shape = QPainterPath()
    shape.addRoundedRect(body, RADIUS, RADIUS)
    stripe = QPainterPath()
    stripe.addRect(QRectF(0, 0, STRIPE, body.height()))
    painter.fillPath(shape.intersected(stripe), colour(tokens.family(look.family)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_outline(look, tokens))
    painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 0.5, RADIUS - 0.5)


def _outline(look: Look, tokens: Tokens) -> QPen:
    mark = look.mark
    if mark & Mark.ERROR:
        made = pen(tokens.error, 1.25)
    elif mark & Mark.SELECTED:
        made = pen(tokens.accent, 1.25)
    elif mark & Mark.HOVERED:
        made = pen(mixed(tokens.node_line, tokens.text_faint, 0.6))
    else:
        made = pen(tokens.node_line)
    if mark & (Mark.BYPASSED | Mark.GHOST):
        made.setDashPattern([4, 3])
    return made


def _draw_shadow(painter: QPainter, tokens: Tokens, body: QRectF) -> None:
    ink = colour(tokens.shadow)
    soft = faded(tokens.shadow, ink.alphaF() * 0.22)
    painter.setBrush(soft)
    for grow, drop in ((2.5, 2.5), (1.5, 1.75), (0.75, 1.25), (0.0, 1.0)):
        rect = body.adjusted(-grow, -grow + drop, grow, grow + drop)
        painter.drawRoundedRect(rect, RADIUS + grow, RADIUS + grow)


def _draw_words(painter: QPainter, look: Look, tokens: Tokens) -> None:
    top = (look.height - NODE_HEIGHT) / 2
    room = RIGHT - LEFT
    if look.corner:
        # the name comes first: what it leaves is the corner's
        spare = room - text_width(look.title, 13, True) - 8
        corner = elided(look.corner, 11, False, max(spare, 24.0))
        width = text_width(corner, 11)
        painter.setFont(font(11))
        painter.setPen(colour(tokens.text_muted))
        painter.drawText(QPointF(RIGHT - width, top + 19.5), corner)
        room -= width + 8
    painter.setFont(font(13, True))
    painter.setPen(colour(tokens.text_muted if look.mark & Mark.BYPASSED else tokens.text))
    painter.drawText(QPointF(LEFT, top + 19.5), elided(look.title, 13, True, room))
    room = RIGHT - LEFT
    faulty = look.mark & (Mark.WARNING | Mark.ERROR)
    if faulty and not look.says_fault:
        painter.setFont(font(12, True))
        painter.setPen(colour(tokens.error if faulty & Mark.ERROR else tokens.warning))
        painter.drawText(QPointF(RIGHT - 4, top + 36.5), "!")
        room -= 12
    elif look.sign:
        painter.setFont(font(11))
        painter.setPen(colour(tokens.text_faint))
        painter.drawText(QPointF(RIGHT - text_width(look.sign, 11), top + 36.5), look.sign)
        room -= text_width(look.sign, 11) + 8
    elif look.mark & Mark.COMPOSITE:
        _draw_chevron(painter, tokens, top + 32.5)
        room -= 16
    painter.setFont(font(12))
    painter.setPen(colour(tokens.error if look.says_fault else tokens.text_muted))
    painter.drawText(QPointF(LEFT, top + 36.5), elided(look.second, 12, False, room))


def _draw_large_words(painter: QPainter, look: Look, tokens: Tokens, pixels: int) -> None:
    """Name and shape alone, both in words of this size."""
    top = (look.height - NODE_HEIGHT) / 2
    left, room = LEFT - 2, NODE_WIDTH - 22.0
    painter.setFont(font(pixels, True))
    painter.setPen(colour(tokens.text_muted if look.mark & Mark.BYPASSED else tokens.text))
    painter.drawText(QPointF(left, top + 19.5), elided(look.title, pixels, True, room))
    base = top + 36.5 + 0.55 * (pixels - 12)
    faulty = look.mark & (Mark.WARNING | Mark.ERROR)
    if faulty and not look.says_fault:
        room -= text_width("!", pixels, True) + 4
        painter.setPen(colour(tokens.error if faulty & Mark.ERROR else tokens.warning))
        painter.drawText(QPointF(left + room + 4, base), "!")
    painter.setFont(font(pixels))
    painter.setPen(colour(tokens.error if look.says_fault else tokens.text_muted))
    # without its spaces a shape needs a quarter less
    second = look.second.replace(" × ", "×")
    painter.drawText(QPointF(left, base), elided(second, pixels, False, room))


def _draw_chevron(painter: QPainter, tokens: Tokens, y: float) -> None:
    """The sign of a node that can be unfolded."""
    painter.setPen(pen(tokens.text_faint, 1.4))
    tip = QPointF(RIGHT - 4, y + 2)
    painter.drawPolyline([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)])


def _draw_name(painter: QPainter, look: Look, tokens: Tokens, body: QRectF, scale: float) -> None:
    room = NODE_WIDTH - 22.0
    pixels = readable(look.title, room, scale)
    painter.setFont(font(pixels, True))
    painter.setPen(colour(tokens.error if look.mark & Mark.ERROR else tokens.text))
    painter.drawText(
        body.adjusted(LEFT - 2, 0, 0, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        elided(look.title, pixels, True, room),
    )


def readable(text: str, room: float, scale: float) -> int:
    """The size of a text that is to be read at a small zoom: smaller where it would not fit."""
    largest = min(9.5 / scale, 22.0)
    fitting = 13.0 * room / max(text_width(text, 13, True), 1.0)
    return round(max(min(largest, fitting), min(7.5 / scale, largest)))


def _draw_ports(painter: QPainter, look: Look, tokens: Tokens) -> None:
    for x, ports in ((0.0, look.inputs), (NODE_WIDTH, look.outputs)):
        if ports.any_number:
            _draw_long_port(painter, ports.number, look.height, tokens)
            continue
        for port in range(ports.number):
            y = port_offset(port, ports.number, look.height)
            _draw_port(painter, QPointF(x, y), bool(ports.wired >> min(port, 62) & 1), tokens)


def _draw_port(painter: QPainter, at: QPointF, wired: bool, tokens: Tokens) -> None:
    painter.setBrush(colour(tokens.wire if wired else tokens.canvas))
    painter.setPen(pen(tokens.canvas if wired else tokens.wire, 1.25))
    radius = PORT / 2 - (0.0 if wired else 0.6)
    painter.drawEllipse(at, radius, radius)


def _draw_long_port(painter: QPainter, wires: int, height: float, tokens: Tokens) -> None:
    """A port for any number of wires: as long as the fan of those that it has."""
    length = PORT + float(spread(max(wires, 2), height))
    wired = wires > 0
    painter.setBrush(colour(tokens.wire if wired else tokens.canvas))
    painter.setPen(pen(tokens.canvas if wired else tokens.wire, 1.25))
    inset = 0.0 if wired else 0.6
    rect = QRectF(-PORT / 2 + inset, (height - length) / 2, PORT - 2 * inset, length)
    painter.drawRoundedRect(rect, rect.width() / 2, rect.width() / 2)
