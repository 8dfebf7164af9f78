"""Drawing one node: the function that fills the sprites and that pictures use directly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from designer.ui.canvas.drawing.ink import colour, faded, mixed, pen
from designer.ui.canvas.drawing.maps import draw_maps, legend_top
from designer.ui.canvas.scene.look import Look, Mark
from designer.ui.canvas.scene.measure import (
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
EAR = 11.0
LARGER = 0.75
"""Below this zoom name and shape are written larger, so that they can still be read."""
NAMES_ONLY = 0.45
"""Below this zoom the name stands alone, as large as it needs to be read."""
LEGIBLE = 9.0
"""Pixels of the screen that the smallest text of a node has while its shape is shown."""


_is_tabular = ContextVar("is_tabular", default=True)


@contextmanager
def proportional() -> Iterator[None]:
    """Draw and measure with figures as wide as each is, in this thread.

    A PDF knows the figures of one width as drawings only: its text would lack them. And other
    programs that show an SVG would not put them as wide.
    """
    token = _is_tabular.set(False)
    try:
        yield
    finally:
        _is_tabular.reset(token)


def font(pixels: int, strong: bool = False) -> QFont:
    """A font of the theme, kept."""
    return _font(pixels, strong, _is_tabular.get())


def elided(text: str, pixels: int, strong: bool, width: float) -> str:
    """The text, shortened by … where it is wider than `width`."""
    if text_width(text, pixels, strong) <= width:
        return text  # which is found at every width, as while one zooms
    return _elided(text, pixels, strong, width, _is_tabular.get())


def text_width(text: str, pixels: int, strong: bool = False) -> float:
    """How wide a text is, in canvas units."""
    return _text_width(text, pixels, strong, _is_tabular.get())


@lru_cache(maxsize=64)
def _font(pixels: int, strong: bool, tabular: bool) -> QFont:
    return exact_words(pixels, strong=strong, tabular=tabular)


@lru_cache(maxsize=4096)
def _elided(text: str, pixels: int, strong: bool, width: float, tabular: bool) -> str:
    metrics = QFontMetricsF(_font(pixels, strong, tabular))
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=4096)
def _text_width(text: str, pixels: int, strong: bool, tabular: bool) -> float:
    return QFontMetricsF(_font(pixels, strong, tabular)).horizontalAdvance(text)


def draw_node(painter: QPainter, look: Look, tokens: Tokens, scale: float = 1.0) -> None:
    """Draw a node with its top left corner at (0, 0), in canvas units.

    `scale` is the zoom that it will be seen at: small nodes show name and shape in larger words,
    the smallest their name only.
    """
    draw_body(painter, look, tokens, scale)
    draw_words(painter, look, tokens, scale)


def draw_body(painter: QPainter, look: Look, tokens: Tokens, scale: float = 1.0) -> None:
    """Draw all of a node but its words."""
    if look.maps is not None:
        draw_maps(painter, look, tokens, scale)
        if look.maps.alone:
            return
    _draw_ground(painter, look, tokens, QRectF(0, 0, NODE_WIDTH, look.height))
    _draw_ports(painter, look, tokens)


def draw_words(painter: QPainter, look: Look, tokens: Tokens, scale: float) -> None:
    """Draw what a node says."""
    if look.maps is not None and look.maps.alone:
        draw_legend(painter, look, tokens, scale)
    elif scale < NAMES_ONLY:
        _draw_name(painter, look, tokens, QRectF(0, 0, NODE_WIDTH, look.height), scale)
    elif scale < LARGER:
        _draw_large_words(painter, look, tokens, math.ceil(LEGIBLE / scale))
    else:
        _draw_words(painter, look, tokens)


def draw_legend(painter: QPainter, look: Look, tokens: Tokens, scale: float) -> None:
    """Draw name and shape below a block that stands alone; from afar the name only."""
    if look.maps is None:
        return
    faulty = bool(look.mark & Mark.ERROR)
    muted = tokens.error if faulty else tokens.text_muted
    second = look.second if faulty else look.second.replace(" × ", "×")
    sign = " !" if look.mark & (Mark.ERROR | Mark.WARNING) else ""
    if scale < NAMES_ONLY:
        small = readable(look.title, NODE_WIDTH, scale)
        lines = [(look.title, small, True, tokens.error if faulty else tokens.text)]
    else:
        pixels = 12 if scale >= LARGER else min(math.ceil(LEGIBLE / scale), 16)
        ink = tokens.text_muted if look.mark & Mark.BYPASSED else tokens.text
        lines = [(look.title + sign, pixels, True, ink), (second, pixels, False, muted)]
        lines = [line for line in lines if line[0]]
        more = [part for part in (look.corner, look.sign) if part not in ("", second)]
        if more and scale >= LARGER:
            lines.append((" · ".join(more), 10, False, tokens.text_faint))
    y = legend_top(look.height, look.maps.solid)
    for text, size, strong, ink in lines:
        shown = elided(text, size, strong, NODE_WIDTH)
        painter.setFont(font(size, strong))
        painter.setPen(colour(ink))
        width = text_width(shown, size, strong)
        painter.drawText(QPointF((NODE_WIDTH - width) / 2, y + size), shown)
        y += size + 2.5


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
    if mark & Mark.NOTED:
        painter.fillPath(shape.intersected(_dog_ear(body)), colour(tokens.text_muted))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_outline(look, tokens))
    painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 0.5, RADIUS - 0.5)


def _dog_ear(body: QRectF) -> QPainterPath:
    """The corner of a node that bears a note."""
    path = QPainterPath()
    path.addPolygon(
        [body.topRight() - QPointF(EAR, 0), body.topRight(), body.topRight() + QPointF(0, EAR)]
    )
    path.closeSubpath()
    return path


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
    top = (look.height - NODE_HEIGHT) / 2 + _lower(look)
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


def _lower(look: Look) -> float:
    """How far below its usual line a name stands: in the middle where there is no second line."""
    alone = not (look.second or look.sign or look.mark & (Mark.WARNING | Mark.ERROR))
    return 8.0 if alone and not look.mark & Mark.COMPOSITE else 0.0


def _draw_large_words(painter: QPainter, look: Look, tokens: Tokens, pixels: int) -> None:
    """Name and shape alone, both in words of this size."""
    top = (look.height - NODE_HEIGHT) / 2 + _lower(look)
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
    middle, at = Qt.AlignmentFlag.AlignVCenter, body.adjusted(LEFT - 2, 0, LEFT - 2 - 22.0, 0)
    if look.mark & (Mark.ERROR | Mark.WARNING):
        # red alone is no sign
        painter.drawText(at, middle | Qt.AlignmentFlag.AlignRight, "!")
        room -= text_width("!", pixels, True) + 4
    painter.drawText(at, middle, elided(look.title, pixels, True, room))


def readable(text: str, room: float, scale: float) -> int:
    """The size of a text that is to be read at a small zoom: smaller where it would not fit."""
    largest = min(9.5 / scale, 22.0)
    fitting = 13.0 * room / max(text_width(text, 13, True), 1.0)
    return round(max(min(largest, fitting), min(7.5 / scale, largest)))


def _draw_ports(painter: QPainter, look: Look, tokens: Tokens) -> None:
    side = NODE_WIDTH if look.is_down else look.height
    end = look.whole_height if look.is_down else NODE_WIDTH
    for edge, ports in ((0.0, look.inputs), (end, look.outputs)):
        if ports.any_number:
            _draw_long_port(painter, look, side, tokens)
            continue
        for port in range(ports.number):
            along = port_offset(port, ports.number, side)
            at = QPointF(along, edge) if look.is_down else QPointF(edge, along)
            _draw_port(painter, at, bool(ports.wired >> min(port, 62) & 1), tokens)


def _draw_port(painter: QPainter, at: QPointF, wired: bool, tokens: Tokens) -> None:
    painter.setBrush(colour(tokens.wire if wired else tokens.canvas))
    painter.setPen(pen(tokens.canvas if wired else tokens.wire, 1.25))
    radius = PORT / 2 - (0.0 if wired else 0.6)
    painter.drawEllipse(at, radius, radius)


def _draw_long_port(painter: QPainter, look: Look, side: float, tokens: Tokens) -> None:
    """A port for any number of wires: as long as the fan of those that it has."""
    wires = look.inputs.number
    length = PORT + float(spread(max(wires, 2), side))
    wired = wires > 0
    painter.setBrush(colour(tokens.wire if wired else tokens.canvas))
    painter.setPen(pen(tokens.canvas if wired else tokens.wire, 1.25))
    inset = 0.0 if wired else 0.6
    rect = QRectF(-PORT / 2 + inset, (side - length) / 2, PORT - 2 * inset, length)
    radius = rect.width() / 2
    if look.is_down:
        rect = QRectF(rect.top(), rect.left(), rect.height(), rect.width())
    painter.drawRoundedRect(rect, radius, radius)
