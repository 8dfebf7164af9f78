"""Wires as polylines: smooth curves, led around what stands in their way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from designer.core.graph import Point
from designer.ui.canvas.curves import BEND, STUB, Flags, around, aside, smooth, through
from designer.ui.canvas.lanes import Lanes
from designer.ui.canvas.strips import Floats, Ints, Strips

MOST = 200_000
"""Boxes that are looked at for what is in the way of wires."""

Kind = tuple[Ints, Floats, Flags | None]
"""Wires of one kind: their numbers, their points (K × P × 2), and which of those count (all)."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The corners of all wires one after the other; wire i begins at `starts[i]`.

    `segments` has x1, y1, x2, y2 of every straight piece and `owner` the wire it belongs to;
    `bounds` has left, top, right, bottom of every wire.
    """

    points: Floats
    starts: Ints
    segments: Floats
    owner: Ints
    bounds: Floats

    def copy(self) -> Routes:
        """The same in memory of its own, for changes in place."""
        return Routes(
            self.points.copy(), self.starts, self.segments.copy(), self.owner, self.bounds.copy()
        )

    def of(self, wire: int) -> Floats:
        """The corners of one wire."""
        return self.points[self.starts[wire] : self.starts[wire + 1]]

    def middle(self, wire: int) -> Point:
        """The point half way along a wire."""
        points = self.of(wire)
        lengths = np.hypot(*np.diff(points, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(lengths)])
        half = along[-1] / 2
        x, y = (float(np.interp(half, along, points[:, axis])) for axis in (0, 1))
        return x, y


@dataclass(frozen=True, eq=False, slots=True)
class Task:
    """All that decides how wires are led: each from (x1, y1) to (x2, y2), `ends` is E × 4.

    `boxes` are rectangles to keep clear of (x, y, width, height); `own` has for each wire the
    two boxes that it may touch (E × 2); `via` has the points that single wires are led through.
    """

    ends: Floats
    boxes: Floats
    own: Ints
    via: Mapping[int, Sequence[Point]]

    def is_as(self, other: Task) -> bool:
        """Whether both are answered alike."""
        return (
            np.array_equal(self.ends, other.ends)
            and np.array_equal(self.boxes, other.boxes)
            and np.array_equal(self.own, other.own)
            and self.via == other.via
        )


def route(task: Task) -> Routes:
    """Lead the wires."""
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
        level = np.flatnonzero(free & is_level & may_meet)
        asked = may_meet[bent]
        needs_lane[level[_blocked(ends[level], own[level], strips)]] = True
        blocked = _blocked(ends[bent[asked]], own[bent[asked]], strips, curved[asked])
        needs_lane[bent[asked][blocked]] = True
    straight = np.flatnonzero(free & is_level & ~needs_lane)
    flowing = ~needs_lane[bent]
    kinds: list[Kind] = [
        (straight, ends[straight].reshape(-1, 2, 2), None),
        (bent[flowing], curved[flowing], None),
    ]
    if strips is not None:
        lanes = Lanes(strips)
        wires = np.flatnonzero(leads_back)
        way = ends[wires][:, [2, 0, 1, 3]] + (-STUB, STUB, 0.0, 0.0)
        kinds.append((wires, *around(ends[wires], lanes.back(way))))
        wires = np.flatnonzero(needs_lane)
        way = ends[wires][:, [0, 2, 1, 3]] + (6.0, -6.0, 0.0, 0.0)
        kinds.append((wires, *aside(ends[wires], lanes.aside(way, own[wires]))))
    for i, points in via.items():
        led = through([(x1[i], y1[i]), *points, (x2[i], y2[i])])
        kinds.append((np.array([i]), led[None], None))
    return _laid_out(len(ends), kinds)


def _laid_out(count: int, kinds: Sequence[Kind]) -> Routes:
    """Put wires of several kinds in order."""
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
        empty = np.empty((0, 4))
        return Routes(points, starts, empty, np.empty(0, dtype=np.intp), empty)
    inside = np.ones(len(points) - 1, dtype=bool)
    inside[starts[1:-1] - 1] = False
    segments = np.compress(inside, np.hstack([points[:-1], points[1:]]), axis=0)
    owner = np.repeat(np.arange(count), np.diff(starts) - 1)
    low = np.minimum.reduceat(points, starts[:-1])
    high = np.maximum.reduceat(points, starts[:-1])
    return Routes(points, starts, segments, owner, np.concatenate([low, high], axis=1))


def _blocked(ends: Floats, own: Ints, strips: Strips, paths: Floats | None = None) -> Ints:
    """Those of the wires whose path meets a box that is not one of their own.

    `paths` has the points that each follows; without it they are level.
    """
    x1, y1, x2, y2 = ends.T
    rects = np.stack([x1 + 2.0, np.minimum(y1, y2) - 4.0, x2, np.maximum(y1, y2) + 4.0], axis=1)
    wire, box = strips.meeting(rects, MOST)
    other = (box != own[wire, 0]) & (box != own[wire, 1])
    corner, size = strips.boxes[box, :2], strips.boxes[box, 2:]
    for end in (ends[wire, :2], ends[wire, 2:]):
        other &= ~((end > corner) & (end < corner + size)).all(axis=1)
    wire, box = wire[other], box[other]
    if paths is not None and len(wire):
        meets = _meets(paths[wire], strips.boxes[box])
        wire = wire[meets]
    return np.unique(wire)


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
