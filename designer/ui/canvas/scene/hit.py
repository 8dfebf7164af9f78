"""Hit tests: what lies under a point of the canvas."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from designer.core.graph import Point
from designer.ui.canvas.scene.measure import FRAME_TITLE, PORT
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.strips import Floats, Ints
from designer.ui.canvas.scene.viewport import Rect

LONG = 14.0
"""How far up and down from its middle a port of any number of inputs is met."""


class PortHit(NamedTuple):
    """A port: the item it belongs to, its number, and whether it is an output."""

    item: int
    port: int
    output: bool


PlacedPort = tuple[PortHit, Point, Point]
"""A port, its middle, and how far aside, and above and below it, the port is met too."""


def port_at(picture: Picture, at: Point, reach: float = PORT) -> PortHit | None:
    """The nearest port within `reach` of the point; nodes inside composites offer none."""
    x, y = at
    boxes = picture.boxes
    near = (boxes[:, 0] - reach < x) & (boxes[:, 0] + boxes[:, 2] + reach > x)
    near &= (boxes[:, 1] - reach < y) & (boxes[:, 1] + boxes[:, 3] + reach > y)
    found = [port for i in np.flatnonzero(near).tolist() for port in ports_of(picture, i)]
    return nearest_port(found, at, reach)


def nearest_port(ports: Iterable[PlacedPort], at: Point, reach: float) -> PortHit | None:
    """The nearest of some ports within `reach` of the point, of several the first."""
    x, y = at
    best: PortHit | None = None
    least = reach
    for hit, (px, py), (wide, high) in ports:
        distance = math.hypot(max(0.0, abs(x - px) - wide), max(0.0, abs(y - py) - high))
        if distance < least or (best is None and distance == least):
            best, least = hit, distance
    return best


def ports_of(picture: Picture, i: int) -> list[PlacedPort]:
    """The ports of an item and where they are; none of what is inside a composite."""
    if picture.items[i].owner != picture.items[i].id:
        return []
    found: list[PlacedPort] = []
    inputs, point = picture.inputs(i), (0.0, 0.0)
    if inputs.any_number:
        place = picture.port_place(i, 0, output=False)
        long = (LONG, 0.0) if picture.is_down else (0.0, LONG)
        found.append((PortHit(i, inputs.number, False), place, long))
    else:
        for port in range(inputs.number):
            place = picture.port_place(i, port, output=False)
            found.append((PortHit(i, port, False), place, point))
    for port in range(picture.outputs(i).number):
        found.append((PortHit(i, port, True), picture.port_place(i, port, output=True), point))
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
    wires = wires_near(picture, (*at, *at), reach)
    return Pieces.of(picture, wires).nearest(at, reach) if len(wires) else None


def wires_near(picture: Picture, rect: Rect, reach: float) -> Ints:
    """The wires whose bounds come within `reach` of a rectangle."""
    left, top, right, bottom = rect
    bounds = picture.routes.bounds
    near = (bounds[:, 0] - reach < right) & (bounds[:, 2] + reach > left)
    near &= (bounds[:, 1] - reach < bottom) & (bounds[:, 3] + reach > top)
    return np.flatnonzero(near)


class Pieces:
    """Straight pieces of wires (x1, y1, x2, y2 of each), and the wire that each belongs to."""

    def __init__(self, ends: Floats, wire: Ints) -> None:
        self._ends, self._wire = ends, wire
        # columns by themselves: sums along the rows of a few pieces take longer than all else
        self._x, self._y, right, below = np.ascontiguousarray(ends.T)
        self._right, self._down = right - self._x, below - self._y
        self._length = np.maximum(self._right**2 + self._down**2, 1e-9)

    @classmethod
    def of(cls, picture: Picture, wires: Ints) -> Pieces:
        """All pieces of some wires."""
        counts = np.diff(picture.routes.starts)[wires] - 1
        return cls(picture.routes.pieces(wires), np.repeat(wires, counts))

    def within(self, rect: Rect, reach: float) -> Pieces:
        """Those whose bounds come within `reach` of a rectangle."""
        low = np.minimum(self._ends[:, :2], self._ends[:, 2:]) - reach
        high = np.maximum(self._ends[:, :2], self._ends[:, 2:]) + reach
        near = (low <= rect[2:]).all(axis=1) & (high >= rect[:2]).all(axis=1)
        return Pieces(self._ends[near], self._wire[near])

    def nearest(self, at: Point, reach: float) -> int | None:
        """The wire nearest to a point, no farther than `reach`."""
        if not len(self._wire):
            return None
        across, down = at[0] - self._x, at[1] - self._y
        part = (across * self._right + down * self._down) / self._length
        part = np.minimum(np.maximum(part, 0.0), 1.0)
        across -= self._right * part
        down -= self._down * part
        distances = across * across + down * down
        # of two that are as near the one that is drawn above the other
        nearest = len(distances) - 1 - int(distances[::-1].argmin())
        return int(self._wire[nearest]) if distances[nearest] <= reach**2 else None


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


def panel_at(picture: Picture, at: Point, *, title_only: bool = False) -> int | None:
    """The topmost unfolded composite whose frame, or only its title, holds the point."""
    for number in _panels_at(picture, at):
        panel = picture.panels[number]
        if panel.owner and (not title_only or at[1] <= panel.rect[1] + FRAME_TITLE):
            return number
    return None


def frame_at(picture: Picture, at: Point) -> int | None:
    """The topmost frame of the design whose title bar, or comment, holds the point; a panel."""
    for number in _panels_at(picture, at):
        panel = picture.panels[number]
        is_bar = panel.title or not panel.text
        if panel.frame is not None and (not is_bar or at[1] <= panel.rect[1] + FRAME_TITLE):
            return number
    return None


def _panels_at(picture: Picture, at: Point, reach: float = 0.0) -> list[int]:
    """The panels that hold a point, or come as near to it, the topmost first."""
    if not picture.panels:
        return []
    left, top, width, height = picture.panel_rects.T
    x, y = at[0] - left, at[1] - top
    holds = (-reach <= x) & (x <= width + reach) & (-reach <= y) & (y <= height + reach)
    found: list[int] = np.flatnonzero(holds)[::-1].tolist()
    return found


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
    for number in _panels_at(picture, at, reach):
        panel = picture.panels[number]
        left, top, width, height = panel.rect
        right, bottom = left + width, top + height
        across = _side(x, left, right, reach)
        down = _side(y, top, bottom, reach)
        if panel.frame is not None and (across or down):
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
