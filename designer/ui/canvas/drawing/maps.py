"""A node's feature maps drawn as a block, below its card or in its place."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from designer.ui.canvas.drawing.ink import colour, faded, mixed, pen
from designer.ui.canvas.scene.look import Look, Mark, Ports
from designer.ui.canvas.scene.measure import LIFT, NODE_WIDTH, port_offset, spread
from designer.ui.canvas.scene.shown import middle_of_block
from designer.ui.canvas.scene.solid import SLANT, Solid
from designer.ui.theme.tokens import Tokens

HEAD = 5.0
"""How long the head of an arrow is."""


def draw_maps(painter: QPainter, look: Look, tokens: Tokens, scale: float = 1.0) -> None:
    """Draw the block of a node, with its top left corner at (0, 0), in canvas units.

    `scale` is the zoom that it will be seen at: what leads to a block is as thick as the wires.
    """
    maps = look.maps
    if maps is None:
        return
    middle = middle_of_block(look.height, alone=maps.alone)
    chosen = bool(look.mark & Mark.SELECTED) and maps.alone
    ink = tokens.family(look.family)
    if look.mark & Mark.ERROR:
        ink = tokens.error
    elif not maps.is_known:
        ink = tokens.text_faint
    if maps.alone and look.is_down:
        _draw_leads_down(painter, look, maps.solid, tokens, scale)
    elif maps.alone:
        _draw_leads(painter, look, maps.solid, tokens, scale)
    draw_solid(
        painter, maps.solid.corner(*middle), maps.solid, ink, tokens,
        is_known=maps.is_known and not look.mark & Mark.BYPASSED, is_chosen=chosen,
        is_lit=bool(look.mark & Mark.HOVERED),
    )  # fmt: skip


def draw_solid(
    painter: QPainter,
    corner: tuple[float, float],
    solid: Solid,
    ink: str,
    tokens: Tokens,
    *,
    is_known: bool = True,
    is_chosen: bool = False,
    is_lit: bool = False,
) -> None:
    """The front, the top and the right side, three shades of one colour, as if lit from above.

    What is not known is a dashed outline without faces.
    """
    x, y = corner
    dx, dy = solid.back * SLANT[0], solid.back * SLANT[1]
    right, bottom = x + solid.thickness, y + solid.height
    front = [(x, y), (right, y), (right, bottom), (x, bottom)]
    top = [(x, y), (x + dx, y + dy), (right + dx, y + dy), (right, y)]
    side = [(right, y), (right + dx, y + dy), (right + dx, bottom + dy), (right, bottom)]
    rim = _polygon(front[0], top[1], top[2], side[2], front[2], front[3])
    if is_chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen(faded(tokens.accent, 0.3), 6.0))
        painter.drawPolygon(rim)
    faces = zip((top, side, front), _shades(tokens), strict=True)
    if not is_known:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_face(tokens, ink, 0.06))
        painter.drawPolygon(rim)
        _draw_edges(painter, ink, [*front, front[0]], [top[0], top[1], top[2], side[2], front[2]])
        painter.drawLine(QPointF(*front[1]), QPointF(*top[2]))
        return
    line = colour(tokens.accent) if is_chosen else mixed(ink, tokens.text, 0.35 if is_lit else 0.0)
    painter.setPen(pen(line, 1.75 if is_chosen else 1.0))
    for face, part in faces:
        painter.setBrush(_face(tokens, ink, part))
        painter.drawPolygon(_polygon(*face))


def _draw_edges(painter: QPainter, ink: str, *ways: list[tuple[float, float]]) -> None:
    """Dashed lines, no edge twice."""
    dashed = pen(ink, 1.0)
    dashed.setDashPattern([3, 3])
    dashed.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(dashed)
    for way in ways:
        painter.drawPolyline(_polygon(*way))


def _shades(tokens: Tokens) -> tuple[float, float, float]:
    """How much of its colour the top, the side and the front of a block have."""
    return (0.78, 0.40, 0.58) if tokens.is_dark else (0.20, 0.55, 0.38)


def _face(tokens: Tokens, ink: str, part: float) -> QColor:
    return mixed(tokens.canvas, ink, part)


def _lead_pen(look: Look, tokens: Tokens, scale: float) -> QPen:
    chosen = bool(look.mark & Mark.SELECTED)
    thick, thin = (1.75, 1.25) if scale >= 0.5 else (1.25, 1.0)
    return pen(tokens.accent if chosen else tokens.wire, (thick if chosen else thin) / scale)


def _draw_leads(painter: QPainter, look: Look, solid: Solid, tokens: Tokens, scale: float) -> None:
    """What leads from the node's edges, where the wires end, to its block and away from it."""
    x, y = middle_of_block(look.height, alone=True)
    left, top, width, high = solid.around(x, y)
    lead = _lead_pen(look, tokens, scale)
    for edge, side, ports in ((0.0, left, look.inputs), (NODE_WIDTH, left + width, look.outputs)):
        places = _places(ports, look.height)
        if ports.any_number and ports.number > 1:
            fan = float(spread(ports.number, look.height)) / 2
            painter.setPen(pen(tokens.wire, 2.5))
            painter.drawLine(QPointF(edge, places[0][0] - fan), QPointF(edge, places[0][0] + fan))
        for at, is_wired in places:
            meets = min(max(at, top + high * 0.35), top + high * 0.65)
            painter.setPen(lead if is_wired else pen(tokens.node_line, 1.25))
            painter.drawLine(QPointF(edge, at), QPointF(side, meets))
            if not is_wired:
                _draw_free_port(painter, QPointF(edge, at), tokens)
        if edge == 0.0 and any(is_wired for _, is_wired in places):
            _draw_head(painter, side, y if len(places) == 1 else top + high / 2, lead.color())


def _draw_leads_down(
    painter: QPainter, look: Look, solid: Solid, tokens: Tokens, scale: float
) -> None:
    """What leads from above to a block; below it are its words, and wires begin below them."""
    x, y = middle_of_block(look.height, alone=True)
    left, top, width, _ = solid.around(x, y)
    lead = _lead_pen(look, tokens, scale)
    for edge, ports in ((0.0, look.inputs), (look.whole_height, look.outputs)):
        count = 1 if ports.any_number else ports.number
        for p in range(count):
            at = port_offset(p, count, NODE_WIDTH)
            is_wired = ports.number > 0 if ports.any_number else bool(ports.wired >> min(p, 62) & 1)
            painter.setPen(lead if is_wired else pen(tokens.node_line, 1.25))
            if edge == 0.0:
                meets = min(max(at, left + 0.2 * width), left + 0.8 * width)
                painter.drawLine(QPointF(at, edge), QPointF(meets, top))
            if not is_wired:
                _draw_free_port(painter, QPointF(at, edge), tokens)


def _draw_free_port(painter: QPainter, at: QPointF, tokens: Tokens) -> None:
    painter.setPen(pen(tokens.wire, 1.25))
    painter.setBrush(colour(tokens.canvas))
    painter.drawEllipse(at, 3.9, 3.9)


def _places(ports: Ports, height: float) -> list[tuple[float, bool]]:
    """For each port how far below the node's top it is, and whether it is wired."""
    if ports.any_number:
        return [(height / 2 + LIFT, ports.number > 0)]
    return [
        (port_offset(p, ports.number, height) + LIFT, bool(ports.wired >> min(p, 62) & 1))
        for p in range(ports.number)
    ]


def _draw_head(painter: QPainter, x: float, y: float, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPolygon(_polygon((x, y), (x - HEAD, y - HEAD / 2), (x - HEAD, y + HEAD / 2)))


def legend_top(height: float, solid: Solid) -> float:
    """How far below the node's top the words of a block that stands alone begin."""
    x, y = middle_of_block(height, alone=True)
    _, top, _, high = solid.around(x, y)
    return top + high + 4.0


def _polygon(*corners: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(float(x), float(y)) for x, y in corners])
