"""Wires as polylines: smooth curves, led around what stands in their way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from designer.core.graph import Point
from designer.ui.canvas.lanes import Lanes

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

SEGMENTS = 12
STUB = 20.0
BEND = 44.0
LONG = 150.0
"""A wire that goes this far passes at least one column."""

_T = np.linspace(0.0, 1.0, SEGMENTS + 1)
_BERNSTEIN = np.stack([(1 - _T) ** 3, 3 * _T * (1 - _T) ** 2, 3 * _T**2 * (1 - _T), _T**3], axis=1)
_U = np.linspace(0.0, 1.0, SEGMENTS)
_BEND = np.stack([(1 - _U) ** 3, 3 * _U * (1 - _U) ** 2, 3 * _U**2 * (1 - _U), _U**3], axis=1)
_HALF = _BERNSTEIN[:: SEGMENTS // 6]


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


def curves(ends: Floats) -> Floats:
    """Smooth curves from (x1, y1) to (x2, y2), as 13 points each: N × 4 gives N × 13 × 2."""
    x1, y1, x2, y2 = ends.T
    handle = np.clip(np.abs(x2 - x1) * 0.5, 20.0, 110.0)
    controls = np.empty((len(ends), 4, 2))
    controls[:, 0, 0], controls[:, 0, 1] = x1, y1
    controls[:, 1, 0], controls[:, 1, 1] = x1 + handle, y1
    controls[:, 2, 0], controls[:, 2, 1] = x2 - handle, y2
    controls[:, 3, 0], controls[:, 3, 1] = x2, y2
    made: Floats = np.matmul(_BERNSTEIN, controls)
    return made


def route(
    ends: Floats,
    boxes: Floats,
    via: Mapping[int, Sequence[Point]],
    own: Ints,
) -> Routes:
    """Lead every wire from (x1, y1) to (x2, y2): `ends` is E × 4.

    `boxes` are rectangles to keep clear of (x, y, width, height); `own` has for each wire the
    two boxes that it may touch (E × 2); `via` has the points that single wires are led through.
    """
    count = len(ends)
    forward = ends[:, 2] - ends[:, 0] >= 16.0
    odd = dict.fromkeys(via)
    paths: dict[int, Floats] = {
        i: _through([(ends[i, 0], ends[i, 1]), *via[i], (ends[i, 2], ends[i, 3])]) for i in odd
    }
    straight = forward & (np.abs(ends[:, 3] - ends[:, 1]) < 0.75)
    long = ends[:, 2] - ends[:, 0] > LONG
    smooth = curves(ends)
    smooth[long] = _late(ends[long])
    lanes = Lanes(boxes)
    for i in np.flatnonzero(~forward).tolist():
        if i not in paths:
            paths[i] = _around(ends[i], lanes)
    for i in _blocked(smooth, ends, forward & (ends[:, 2] - ends[:, 0] > BEND + 8.0), boxes, own):
        if i not in paths:
            paths[i] = _detour(ends[i], own[i], lanes)
    counts = np.where(straight, 2, SEGMENTS + 1)
    for i, path in paths.items():
        counts[i] = len(path)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
    points = np.empty((int(starts[-1]), 2))
    regular = np.ones(count, dtype=bool)
    regular[list(paths)] = False
    for i, path in paths.items():
        points[starts[i] : starts[i + 1]] = path
    lines = np.flatnonzero(regular & straight)
    points[starts[lines]] = ends[lines, :2]
    points[starts[lines] + 1] = ends[lines, 2:]
    bent = np.flatnonzero(regular & ~straight)
    points[(starts[bent][:, None] + np.arange(SEGMENTS + 1)).ravel()] = smooth[bent].reshape(-1, 2)
    return assembled(points, starts)


def assembled(points: Floats, starts: Ints) -> Routes:
    """Make the segments and bounds that belong to these corners."""
    count = len(starts) - 1
    if not count:
        empty = np.empty((0, 4))
        return Routes(points, starts, empty, np.empty(0, dtype=np.intp), empty)
    inside = np.ones(len(points) - 1, dtype=bool)
    inside[starts[1:-1] - 1] = False
    segments = np.concatenate([points[:-1], points[1:]], axis=1)[inside]
    owner = np.repeat(np.arange(count), np.diff(starts) - 1)
    low = np.minimum.reduceat(points, starts[:-1])
    high = np.maximum.reduceat(points, starts[:-1])
    return Routes(points, starts, segments, owner, np.concatenate([low, high], axis=1))


def _late(ends: Floats) -> Floats:
    """Wires over several columns: they stay on their height and bend before they arrive."""
    bends = ends.copy()
    bends[:, 0] = ends[:, 2] - BEND
    x1, y1, x2, y2 = bends.T
    reach = BEND * 0.55
    controls = np.stack([x1, y1, x1 + reach, y1, x2 - reach, y2, x2, y2], axis=1)
    curve = np.matmul(_BEND, controls.reshape(-1, 4, 2))
    return np.concatenate([ends[:, None, :2], curve], axis=1)


def _blocked(
    paths: Floats, ends: Floats, asked: NDArray[np.bool_], boxes: Floats, own: Ints
) -> list[int]:
    """Those of the wires asked for whose path meets a box that is not one of their own."""
    long = np.flatnonzero(asked)
    if not len(long) or not len(boxes):
        return []
    by_x = np.argsort(boxes[:, 0], kind="stable")
    lefts = boxes[by_x, 0]
    widest = boxes[:, 2].max()
    first = np.searchsorted(lefts, ends[long, 0] - widest)
    last = np.searchsorted(lefts, ends[long, 2])
    spans = np.maximum(last - first, 0)
    wire = np.repeat(long, spans)
    begin = np.repeat(np.cumsum(spans) - spans, spans)
    box = by_x[np.arange(len(wire)) - begin + np.repeat(first, spans)]
    top, bottom = np.minimum(ends[:, 1], ends[:, 3]), np.maximum(ends[:, 1], ends[:, 3])
    near = boxes[box, 0] + boxes[box, 2] > ends[wire, 0] + 2.0
    near &= boxes[box, 1] - 4.0 < bottom[wire]
    near &= boxes[box, 1] + boxes[box, 3] + 4.0 > top[wire]
    near &= (box != own[wire, 0]) & (box != own[wire, 1])
    wire, box = wire[near], box[near]
    if not len(wire):
        return []
    x, y, w, h = (boxes[box, i][:, None] for i in range(4))
    starts_inside = (ends[wire, :2] > boxes[box, :2]).all(axis=1)
    starts_inside &= (ends[wire, :2] < boxes[box, :2] + boxes[box, 2:]).all(axis=1)
    ends_inside = (ends[wire, 2:] > boxes[box, :2]).all(axis=1)
    ends_inside &= (ends[wire, 2:] < boxes[box, :2] + boxes[box, 2:]).all(axis=1)
    path = paths[wire]
    path = np.concatenate([path, (path[:, 1:] + path[:, :-1]) / 2], axis=1)
    hit = (path[..., 0] > x - 2) & (path[..., 0] < x + w + 2)
    hit &= (path[..., 1] > y - 4) & (path[..., 1] < y + h + 4)
    # between its first two corners a long wire has too few points to be asked
    x, y, w, h = boxes[box].T
    level = paths[wire, 1]
    flat = (x < level[:, 0]) & (x + w > ends[wire, 0]) & (y - 4 < level[:, 1])
    flat &= (y + h + 4 > level[:, 1]) & (level[:, 1] == ends[wire, 1])
    meets = (hit.any(axis=1) | flat) & ~starts_inside & ~ends_inside
    return [int(i) for i in np.unique(wire[meets])]


def _detour(end: Floats, own: Ints, lanes: Lanes) -> Floats:
    """A way above or below what stands between the two ends of a forward wire."""
    x1, y1, x2, y2 = end.tolist()
    bend = min(BEND, (x2 - x1) / 2)
    lane = lanes.free(x1 + 6.0, x2 - 6.0, y1, y2, own.tolist())
    return np.concatenate([_bend(x1, y1, x1 + bend, lane), _bend(x2 - bend, lane, x2, y2)])


def _around(end: Floats, lanes: Lanes) -> Floats:
    """A way back, around the nodes, for a wire that ends left of where it begins."""
    x1, y1, x2, y2 = end.tolist()
    right, left = x1 + STUB, x2 - STUB
    lane = lanes.between(left, right, y1, y2)
    return _rounded([(x1, y1), (right, y1), (right, lane), (left, lane), (left, y2), (x2, y2)])


def _bend(x1: float, y1: float, x2: float, y2: float) -> Floats:
    if y1 == y2:
        return np.array([[x1, y1], [x2, y2]])
    handle = (x2 - x1) * 0.55
    controls = np.array([[x1, y1], [x1 + handle, y1], [x2 - handle, y2], [x2, y2]])
    made: Floats = _BERNSTEIN @ controls
    return made


def _rounded(corners: Sequence[Point], radius: float = 10.0) -> Floats:
    """A polyline whose corners are rounded."""
    made: list[Point] = [corners[0]]
    for (bx, by), (x, y), (ax, ay) in zip(corners, corners[1:], corners[2:], strict=False):
        back, on = math.hypot(bx - x, by - y), math.hypot(ax - x, ay - y)
        reach = min(radius, back / 2, on / 2)
        if reach < 0.5:
            made.append((x, y))
            continue
        sx, sy = x + (bx - x) / back * reach, y + (by - y) / back * reach
        ex, ey = x + (ax - x) / on * reach, y + (ay - y) / on * reach
        for t in (0.0, 1 / 3, 2 / 3, 1.0):
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
            made.append((a * sx + b * x + c * ex, a * sy + b * y + c * ey))
    made.append(corners[-1])
    return np.array(made)


def _through(points: Sequence[Point]) -> Floats:
    """A smooth curve through the points that a wire is led through."""
    given = np.array(points, dtype=float)
    before = np.concatenate([given[:1] - np.array([40.0, 0.0]), given[:-1]])
    after = np.concatenate([given[1:], given[-1:] + np.array([40.0, 0.0])])
    slopes = (after - before) / 6
    pieces = [
        _HALF
        @ np.stack([given[i], given[i] + slopes[i], given[i + 1] - slopes[i + 1], given[i + 1]])
        for i in range(len(given) - 1)
    ]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
