"""The points that wires are led through: which one is selected, and how they come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from designer.core.edits import SetVia
from designer.core.graph import Edge, Point
from designer.ui.canvas.scene.measure import unstretched
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.strips import Floats

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

REACH = 8.0
"""Pixels from a point within which it is grasped."""


class Dots:
    """The receiver of the action on points; at most one point is selected, with its wire."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.chosen: tuple[Edge, int] | None = None

    @property
    def has_wire(self) -> bool:
        """Whether one wire is selected, and nothing else."""
        selection = self._view.selection
        return len(selection.edges) == 1 and not selection.nodes

    def choose(self, edge: Edge, number: int) -> None:
        """Select a point of a wire."""
        self._view.choose((), {edge})
        self.chosen = self._view.picture.dot = (edge, number)
        self._view.update()

    def leave(self) -> None:
        """Select no point."""
        if self.chosen is not None:
            self.chosen = self._view.picture.dot = None
            self._view.update()

    def add(self) -> None:
        """Lead the selected wire through a point in its middle, to be dragged."""
        if self.has_wire:
            picture = self._view.picture
            (edge,) = self._view.selection.edges
            wire = picture.wires.edge.index(edge)
            self.add_at(wire, picture.routes.middle(wire))

    def add_at(self, wire: int, place: Point) -> None:
        """Lead a wire through one more point."""
        picture = self._view.picture
        edge = picture.wires.edge[wire]
        if edge is not None:
            number, via = added(picture, wire, place)
            self.lead(edge, via, number)

    def lead(self, edge: Edge, via: tuple[Point, ...], number: int | None) -> bool:
        """Lead a wire through these points, as they are shown; one of them, or the wire alone,
        stays selected."""
        if self._view.picture.shown.any:
            via = tuple(whole(unstretched(point)) for point in via)
        done = self._view.execute(SetVia(edge, via))
        new = next((e for e in self._view.session.design.edges if _is_same(e, edge, via)), None)
        if done and new is not None:
            if number is None:
                self._view.choose((), {new})
            else:
                self.choose(new, number)
        return done

    def remove_at(self, edge: Edge, number: int) -> None:
        """Take a point away."""
        picture = self._view.picture
        via = picture.via[picture.wires.edge.index(edge)]
        self.lead(edge, via[:number] + via[number + 1 :], None)

    def remove(self) -> bool:
        """Take the selected point away; False where none is selected."""
        if self.chosen is None:
            return False
        self.remove_at(*self.chosen)
        return True


def _is_same(edge: Edge, other: Edge, via: tuple[Point, ...]) -> bool:
    ends = (edge.source, edge.output, edge.target, edge.port)
    return ends == (other.source, other.output, other.target, other.port) and edge.via == via


def dot_at(picture: Picture, at: Point, reach: float) -> tuple[int, int] | None:
    """The wire and the number of the point that lies there."""
    for wire, points in picture.via.items():
        for number, (x, y) in enumerate(points):
            if abs(x - at[0]) <= reach and abs(y - at[1]) <= reach:
                return wire, number
    return None


def added(picture: Picture, wire: int, place: Point) -> tuple[int, tuple[Point, ...]]:
    """Which point of the wire the new one will be, and all of them with it."""
    via = picture.via.get(wire, ())
    way = picture.routes.of(wire)
    here = _along(way, place)
    number = sum(_along(way, point) < here for point in via)
    new = whole(place)
    return number, (*via[:number], new, *via[number:])


def whole(place: Point) -> Point:
    """The place in whole units: finer than the grid, so that a level wire stays level."""
    return (float(round(place[0])), float(round(place[1])))


def _along(way: Floats, place: Point) -> float:
    """How far along a way (N × 2) the place on it is that is nearest to this one."""
    begin, step = way[:-1], np.diff(way, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    part = ((np.array(place) - begin) * step).sum(axis=1) / np.maximum(length**2, 1e-9)
    part = np.clip(part, 0.0, 1.0)
    away = np.hypot(*(begin + step * part[:, None] - np.array(place)).T)
    nearest = int(away.argmin())
    return float(length[:nearest].sum() + part[nearest] * length[nearest])
