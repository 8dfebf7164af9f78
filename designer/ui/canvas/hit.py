"""Hit tests: what lies under a point of the canvas."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from designer.core.graph import Point
from designer.ui.canvas.measure import FRAME_TITLE, PORT
from designer.ui.canvas.picture import Picture
from designer.ui.canvas.strips import Floats
from designer.ui.canvas.viewport import Rect


class PortHit(NamedTuple):
    """A port: the item it belongs to, its number, and whether it is an output."""

    item: int
    port: int
    output: bool


def port_at(picture: Picture, at: Point, reach: float = PORT) -> PortHit | None:
    """The nearest port within `reach` of the point; nodes inside composites offer none."""
    x, y = at
    boxes = picture.boxes
    near = (boxes[:, 0] - reach < x) & (boxes[:, 0] + boxes[:, 2] + reach > x)
    near &= (boxes[:, 1] - reach < y) & (boxes[:, 1] + boxes[:, 3] + reach > y)
    best: tuple[float, PortHit] | None = None
    for i in np.flatnonzero(near).tolist():
        if picture.items[i].owner != picture.items[i].id:
            continue
        for hit, place in _ports(picture, i):
            long = 0.0 if hit.output or not picture.inputs(i).any_number else 14.0
            distance = float(np.hypot(x - place[0], max(0.0, abs(y - place[1]) - long)))
            if distance <= reach and (best is None or distance < best[0]):
                best = (distance, hit)
    return best[1] if best else None


def _ports(picture: Picture, i: int) -> list[tuple[PortHit, Point]]:
    found = []
    inputs = picture.inputs(i)
    if inputs.any_number:
        fed = inputs.number
        found.append((PortHit(i, fed, False), picture.port_place(i, 0, output=False)))
    else:
        for port in range(inputs.number):
            place = picture.port_place(i, port, output=False)
            found.append((PortHit(i, port, False), place))
    for port in range(picture.outputs(i).number):
        found.append((PortHit(i, port, True), picture.port_place(i, port, output=True)))
    return found


def item_at(picture: Picture, at: Point) -> int | None:
    """The topmost item whose rectangle holds the point."""
    x, y = at
    boxes = picture.boxes
    inside = (boxes[:, 0] <= x) & (boxes[:, 0] + boxes[:, 2] >= x)
    inside &= (boxes[:, 1] <= y) & (boxes[:, 1] + boxes[:, 3] >= y)
    found = np.flatnonzero(inside)
    return int(found[-1]) if len(found) else None


def wire_at(picture: Picture, at: Point, reach: float = 6.0) -> int | None:
    """The wire nearest to the point, no farther than `reach`."""
    if not picture.wires:
        return None
    x, y = at
    bounds = picture.routes.bounds
    near = (bounds[:, 0] - reach < x) & (bounds[:, 2] + reach > x)
    near &= (bounds[:, 1] - reach < y) & (bounds[:, 3] + reach > y)
    wires = np.flatnonzero(near)
    if not len(wires):
        return None
    pieces = picture.routes.pieces(wires)
    distances = _distances(np.array(at), pieces)
    # of two that are as near the one that is drawn above the other
    nearest = len(distances) - 1 - int(distances[::-1].argmin())
    if distances[nearest] > reach:
        return None
    last = np.cumsum(np.diff(picture.routes.starts)[wires] - 1)
    return int(wires[np.searchsorted(last, nearest, side="right")])


def wires_across(picture: Picture, first: Point, last: Point) -> list[int]:
    """The wires that the straight line between two points crosses, in the order of the wires."""
    (x1, y1), (x2, y2) = first, last
    bounds = picture.routes.bounds
    near = (bounds[:, 0] <= max(x1, x2)) & (bounds[:, 2] >= min(x1, x2))
    near &= (bounds[:, 1] <= max(y1, y2)) & (bounds[:, 3] >= min(y1, y2))
    begin, along = np.array(first), np.array(last) - np.array(first)
    found = []
    for wire in np.flatnonzero(near).tolist():
        points = picture.routes.of(wire)
        pieces, away = np.diff(points, axis=0), points - begin
        # on which side of the line its corners lie, and on which side of each piece the line's ends
        side = along[0] * away[:, 1] - along[1] * away[:, 0]
        from_first = pieces[:, 1] * away[:-1, 0] - pieces[:, 0] * away[:-1, 1]
        from_last = from_first - (pieces[:, 1] * along[0] - pieces[:, 0] * along[1])
        if ((side[:-1] * side[1:] <= 0) & (from_first * from_last <= 0)).any():
            found.append(wire)
    return found


def _distances(point: Floats, pieces: Floats) -> Floats:
    """How far straight pieces (N × 4: x1, y1, x2, y2) are from a point."""
    begin, along = pieces[:, :2], pieces[:, 2:] - pieces[:, :2]
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    t = np.clip(((point - begin) * along).sum(axis=1) / length, 0.0, 1.0)
    nearest = begin + along * t[:, None]
    found: Floats = np.sqrt(((nearest - point) ** 2).sum(axis=1))
    return found


def panel_at(picture: Picture, at: Point, *, title_only: bool = False) -> int | None:
    """The topmost unfolded composite whose frame, or only its title, holds the point."""
    x, y = at
    for number in range(len(picture.panels) - 1, -1, -1):
        panel = picture.panels[number]
        left, top, width, height = panel.rect
        bottom = top + (FRAME_TITLE if title_only else height)
        if panel.owner and left <= x <= left + width and top <= y <= bottom:
            return number
    return None


def frame_at(picture: Picture, at: Point) -> int | None:
    """The topmost frame of the design whose title bar, or comment, holds the point; a panel."""
    x, y = at
    for number in range(len(picture.panels) - 1, -1, -1):
        panel = picture.panels[number]
        left, top, width, height = panel.rect
        bottom = top + (FRAME_TITLE if panel.title or not panel.text else height)
        if panel.frame is not None and left <= x <= left + width and top <= y <= bottom:
            return number
    return None


BORDER = 5.0
"""Pixels beside the border of a frame within which it is grasped."""


class Border(NamedTuple):
    """A part of the border of a frame: its panel, and which sides of it, −1 being left and top."""

    panel: int
    across: int
    down: int


def border_at(picture: Picture, at: Point, reach: float = BORDER) -> Border | None:
    """The side or the corner of the topmost frame of the design that lies there."""
    x, y = at
    for number in range(len(picture.panels) - 1, -1, -1):
        panel = picture.panels[number]
        left, top, width, height = panel.rect
        right, bottom = left + width, top + height
        is_near = left - reach <= x <= right + reach and top - reach <= y <= bottom + reach
        across = _side(x, left, right, reach)
        down = _side(y, top, bottom, reach)
        if panel.frame is not None and is_near and (across or down):
            # a corner is grasped a little farther along its sides, too
            across = across or _side(x, left, right, 2 * reach)
            down = down or _side(y, top, bottom, 2 * reach)
            return Border(number, across, down)
    return None


def _side(value: float, first: float, last: float, reach: float) -> int:
    return -1 if abs(value - first) <= reach else 1 if abs(value - last) <= reach else 0


def owners_in(picture: Picture, rect: Rect) -> frozenset[str]:
    """The nodes of the design of which something lies in a rectangle of the canvas."""
    boxes = picture.boxes
    left, top, right, bottom = rect
    meets = (boxes[:, 0] < right) & (boxes[:, 0] + boxes[:, 2] > left)
    meets &= (boxes[:, 1] < bottom) & (boxes[:, 1] + boxes[:, 3] > top)
    return frozenset(picture.items[i].owner for i in np.flatnonzero(meets))
