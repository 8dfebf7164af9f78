"""Wires as polylines: smooth curves, led around what stands in their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

import numpy as np

from designer.core.graph import Point
from designer.core.lean import lean_dataclass as dataclass
from designer.ui.canvas.scene.curves import (
    BEND,
    SEGMENTS,
    STUB,
    Flags,
    around,
    aside,
    curves,
    smooth,
    through,
)
from designer.ui.canvas.scene.flow import turned, turned_point
from designer.ui.canvas.scene.lanes import Lanes
from designer.ui.canvas.scene.straight import Straight
from designer.ui.canvas.scene.strips import Floats, Ints, Strips, ranges

MOST = 200_000
"""Boxes that are looked at for what is in the way of wires."""
COARSE = 24.0
"""The canvas units between the corners of a winding way as it is seen from afar."""

LONGEST = 26
"""The corners of the longest way that is not led through given points."""

Detail = Literal["whole", "half", "coarse"]

Kind = tuple[Ints, Floats, Flags | None]
"""Wires of one kind: their numbers, their points (K × P × 2), and which of those count (all)."""


@dataclass(frozen=True, eq=False)
class Routes:
    """The corners of all wires one after the other; wire i begins at `starts[i]`.

    `segments` has x1, y1, x2, y2 of every straight piece; `bounds` has left, top, right, bottom
    of every wire.
    """

    points: Floats
    starts: Ints
    segments: Floats
    bounds: Floats

    def copy(self) -> Routes:
        """The same in memory of its own, for changes in place."""
        return Routes(self.points.copy(), self.starts, self.segments.copy(), self.bounds.copy())

    def pieces(self, wires: Ints, detail: Detail = "whole") -> Floats:
        """The straight pieces of some wires (x1, y1, x2, y2), with what is seen of their detail.

        Of `half` curves have half their pieces; `coarse` they are straight, and ways around
        things have few corners.
        """
        segments, first = {
            "whole": lambda: (self.segments, self._first),
            "half": lambda: self._half,
            "coarse": lambda: self._coarse,
        }[detail]()
        if len(wires) == len(self.bounds):
            return segments
        return segments[ranges(first[wires], first[wires + 1])[1]]

    def all_pieces(self, detail: Detail) -> Straight:
        """The pieces of all wires, bent ones and bars, found once."""
        if detail not in self._straight:
            self._straight[detail] = Straight.of(self.pieces(np.arange(len(self.bounds)), detail))
        return self._straight[detail]

    @cached_property
    def _straight(self) -> dict[Detail, Straight]:
        return {}

    @cached_property
    def sides(self) -> Floats:
        """The bounds as rows, 4 × N, in memory that is quick to compare."""
        return self.bounds.T.copy()

    @cached_property
    def _first(self) -> Ints:
        """Where the pieces of each wire begin: it has one fewer than corners."""
        return self.starts - np.arange(len(self.starts))

    @cached_property
    def _half(self) -> tuple[Floats, Ints]:
        return self._thinned(COARSE / 3, every_other=True)

    @cached_property
    def _coarse(self) -> tuple[Floats, Ints]:
        return self._thinned(COARSE, every_other=False)

    def _thinned(self, apart: float, *, every_other: bool) -> tuple[Floats, Ints]:
        """The pieces that are left where winding ways have a corner in so many units, and curves
        every other corner or none, with what is long as it is; and where those of a wire begin."""
        begins, counts = self.starts[:-1], np.diff(self.starts)
        wire, number = ranges(np.zeros_like(counts), counts)
        # how long the piece is that leads to each corner
        reached = np.zeros(len(self.points) + 1)
        reached[:-1][number > 0] = np.hypot(*(self.segments[:, 2:] - self.segments[:, :2]).T)
        along = np.cumsum(reached[:-1])
        step = np.floor((along - along[begins][wire]) / apart)
        winds = (counts > SEGMENTS + 1)[wire]
        kept = np.r_[True, step[1:] != step[:-1]] & winds
        if every_other:
            kept |= (number % 2 == 0) & ~winds
        kept |= (reached[:-1] > COARSE) | (reached[1:] > COARSE)
        kept[begins] = kept[self.starts[1:] - 1] = True
        made = np.concatenate([[0], np.cumsum(np.add.reduceat(kept, begins, dtype=np.intp))])
        return _joined(self.points[kept], made), made - np.arange(len(made))

    def of(self, wire: int) -> Floats:
        """The corners of one wire."""
        return self.points[self.starts[wire] : self.starts[wire + 1]]

    def middle(self, wire: int) -> Point:
        """The point half way along a wire."""
        if (found := self._middles.get(wire)) is not None:
            return found
        points = self.of(wire)
        lengths = np.hypot(*np.diff(points, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(lengths)])
        half = along[-1] / 2
        x, y = (float(np.interp(half, along, points[:, axis])) for axis in (0, 1))
        self._middles[wire] = x, y
        return x, y

    @cached_property
    def _middles(self) -> dict[int, Point]:
        """The middles that were asked for."""
        return {}


@dataclass(frozen=True, eq=False, slots=True)
class Task:
    """All that decides how wires are led: each from (x1, y1) to (x2, y2), `ends` is E × 4.

    `boxes` are rectangles to keep clear of (x, y, width, height); `own` has for each wire the
    two boxes that it may touch (E × 2); `via` has the points that single wires are led through.
    Wires leave and arrive from left to right, or where `is_down`, from the top down.
    """

    ends: Floats
    boxes: Floats
    own: Ints
    via: Mapping[int, Sequence[Point]]
    is_down: bool = False

    def is_as(self, other: Task) -> bool:
        """Whether both are answered alike."""
        return (
            np.array_equal(self.ends, other.ends)
            and np.array_equal(self.boxes, other.boxes)
            and np.array_equal(self.own, other.own)
            and self.via == other.via
            and self.is_down == other.is_down
        )


def route(task: Task) -> Routes:
    """Lead the wires."""
    if not task.is_down:
        return _led(task)
    via = {i: [turned_point(point) for point in points] for i, points in task.via.items()}
    led = _led(Task(turned(task.ends), turned(task.boxes), task.own, via))
    return Routes(turned(led.points), led.starts, turned(led.segments), turned(led.bounds))


def direct(ends: Floats, is_down: bool) -> Routes:
    """Wires as curves from end to end (E × 4), whatever is in their way."""
    points = curves(turned(ends) if is_down else ends).reshape(-1, 2)
    starts = np.arange(len(ends) + 1, dtype=np.intp) * (SEGMENTS + 1)
    return assembled(turned(points) if is_down else points, starts)


def _led(task: Task) -> Routes:
    """Lead wires from left to right."""
    if not len(task.ends):
        return assembled(np.empty((0, 2)), np.zeros(1, dtype=np.intp))
    ends, own, via = task.ends, task.own, task.via
    x1, y1, x2, y2 = ends.T
    free = np.ones(len(ends), dtype=bool)
    free[list(via)] = False
    leads_back = free & (x2 - x1 < 16.0)
    free &= ~leads_back
    is_level = np.abs(y2 - y1) < 0.75
    bent = np.flatnonzero(free & ~is_level)
    curved = smooth(ends[bent])
    needs_lane = np.zeros(len(ends), dtype=bool)
    may_meet = x2 - x1 > BEND + 8.0
    strips = Strips(task.boxes) if leads_back.any() or (free & may_meet).any() else None
    if strips is not None:
        if len(level := np.flatnonzero(free & is_level & may_meet)):
            needs_lane[level[_blocked(ends[level], own[level], strips)]] = True
        asked = may_meet[bent]
        if len(wires := bent[asked]):
            needs_lane[wires[_blocked(ends[wires], own[wires], strips, curved[asked])]] = True
    straight = np.flatnonzero(free & is_level & ~needs_lane)
    flowing = ~needs_lane[bent]
    kinds: list[Kind] = [
        (straight, ends[straight].reshape(-1, 2, 2), None),
        (bent[flowing], curved[flowing], None),
    ]
    if strips is not None:
        lanes = Lanes(strips)
        if len(wires := np.flatnonzero(leads_back)):
            way = ends[wires][:, [2, 0, 1, 3]] + (-STUB, STUB, 0.0, 0.0)
            kinds.append((wires, *around(ends[wires], lanes.back(way))))
        if len(wires := np.flatnonzero(needs_lane)):
            way = ends[wires][:, [0, 2, 1, 3]] + (6.0, -6.0, 0.0, 0.0)
            kinds.append((wires, *aside(ends[wires], lanes.aside(way, own[wires]))))
    for i, points in via.items():
        led = through([(x1[i], y1[i]), *points, (x2[i], y2[i])])
        kinds.append((np.array([i]), led[None], None))
    return _laid_out(len(ends), kinds)


def _laid_out(count: int, kinds: Sequence[Kind]) -> Routes:
    """Put wires of several kinds in order."""
    kinds = [kind for kind in kinds if len(kind[0])]
    if len(kinds) == 1 and kinds[0][2] is None and count > 1:
        points = kinds[0][1]
        starts = np.arange(count + 1, dtype=np.intp) * points.shape[1]
        return assembled(np.ascontiguousarray(points).reshape(-1, 2), starts)
    counts = np.empty(count, dtype=np.intp)
    for wires, points, chosen in kinds:
        counts[wires] = points.shape[1] if chosen is None else chosen.sum(axis=1)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
    made = np.empty((int(starts[-1]), 2))
    for wires, points, chosen in kinds:
        if chosen is None:
            at = starts[wires][:, None] + np.arange(points.shape[1])
            made[at.ravel()] = points.reshape(-1, 2)
        else:
            at = (starts[wires] - 1)[:, None] + np.cumsum(chosen, axis=1)
            made[at[chosen]] = points[chosen]
    return assembled(made, starts)


def assembled(points: Floats, starts: Ints) -> Routes:
    """Make the segments and bounds that belong to these corners."""
    count = len(starts) - 1
    if not count:
        return Routes(points, starts, np.empty((0, 4)), np.empty((0, 4)))
    low = np.minimum.reduceat(points, starts[:-1])
    high = np.maximum.reduceat(points, starts[:-1])
    return Routes(points, starts, _joined(points, starts), np.concatenate([low, high], axis=1))


def filled(routes: Routes, counts: Ints) -> Routes:
    """The same ways with so many corners each, at least as many as they have: the last again."""
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
    wire, number = ranges(np.zeros_like(counts), counts)
    last = np.diff(routes.starts) - 1
    points = routes.points[routes.starts[wire] + np.minimum(number, last[wire])]
    return Routes(points, starts, _joined(points, starts), routes.bounds)


def _joined(points: Floats, starts: Ints) -> Floats:
    """The straight pieces between the corners of every wire."""
    inside = np.ones(len(points) - 1, dtype=bool)
    inside[starts[1:-1] - 1] = False
    return np.compress(inside, np.hstack([points[:-1], points[1:]]), axis=0)


def _blocked(ends: Floats, own: Ints, strips: Strips, paths: Floats | None = None) -> Ints:
    """Those of the wires whose path meets a box that is not one of their own; some twice.

    `paths` has the points that each follows; without it they are level.
    """
    x1, y1, x2, y2 = ends.T
    rects = np.stack([x1 + 2.0, np.minimum(y1, y2) - 4.0, x2, np.maximum(y1, y2) + 4.0], axis=1)
    wire, box = strips.meeting(rects, MOST)
    other = (box[:, None] != own[wire]).all(axis=1)
    found: Ints = wire[other]
    if not len(found):
        return found
    wire, box = found, box[other]
    corners = strips.boxes[box, None, :2]
    both = ends[wire].reshape(-1, 2, 2)
    inside: Flags = (both > corners) & (both < corners + strips.boxes[box, None, 2:])
    holds: Flags = np.all(inside, axis=2)
    free = ~np.any(holds, axis=1)  # a box that holds an end is none in the way
    found, box = wire[free], box[free]
    if paths is not None and len(found):
        found = found[_meets(paths[found], strips.boxes[box])]
    return found


def _meets(paths: Floats, boxes: Floats) -> Flags:
    """Which of the paths run into the box beside them."""
    x, y, w, h = (boxes[:, i, None] for i in range(4))
    middles = (paths[:, 1:] + paths[:, :-1]) / 2
    hit = np.zeros(len(paths), dtype=bool)
    for points in (paths, middles):
        px, py = points[..., 0], points[..., 1]
        hit |= ((px > x - 2) & (px < x + w + 2) & (py > y - 4) & (py < y + h + 4)).any(axis=1)
    # between its first two corners a long wire has too few points to be asked
    first, second = paths[:, 0], paths[:, 1]
    flat = (boxes[:, 0] < second[:, 0]) & (second[:, 1] == first[:, 1])
    flat &= (boxes[:, 1] - 4 < second[:, 1]) & (boxes[:, 1] + boxes[:, 3] + 4 > second[:, 1])
    made: Flags = hit | flat
    return made
