"""Lanes: free heights between the nodes, along which a wire is led around them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from designer.ui.canvas.scene.strips import Floats, Ints, Rows, Strips

CLEAR = 12.0
"""How far a wire stays away from nodes that it does not belong to."""
PITCH = 8.0
"""How far apart two wires in one gap are led."""
LEAN = 2 * PITCH
"""How much farther a wire goes so as to stay on the side that its ports are on."""
WIDEST_GAP = 120.0
"""A gap that is wider than this is not a gap between two rows."""
REACH = 240.0
"""How far beyond the ends of a wire a free height is looked for at first."""
MOST_BOXES = 200_000
MOST_STEPS = 60_000
"""What is looked at in all; wires that ask for more go straight, so that no net takes long."""

Span = tuple[float, float]
"""A range of heights that something is in the way of; the ends are free."""


class Lanes:
    """Finds heights that no box is in the way of; those that were given out are remembered."""

    def __init__(self, strips: Strips) -> None:
        self._strips = strips
        self._rows: Rows | None = None
        self._taken: list[tuple[float, float, float]] = []
        self._boxes_left = MOST_BOXES
        self._steps_left = MOST_STEPS

    def back(self, ways: Floats) -> Floats:
        """A free height for each wire that leads back: in the widest gap between its ends.

        `ways` is K × 4: left, right, and the heights of both ends. Wires from one port share a
        height where they can. Where there is no gap, it is in the middle of the nearest one.
        """
        heights = np.empty(len(ways))
        shared: dict[tuple[float, float], float] = {}
        for k, (spans, way) in enumerate(zip(self._spans(ways), ways.tolist(), strict=True)):
            left, right, y1, y2 = way
            best = shared.get((right, y1))
            if best is None or not _is_between(best, y1, y2) or _is_in(best, spans):
                best = self._gap(spans, left, right, y1, y2)
                insort(self._taken, (best, left, right))
            heights[k] = shared[right, y1] = best
        return heights

    def _gap(self, spans: list[Span], left: float, right: float, y1: float, y2: float) -> float:
        """The middle of the widest gap between two heights, or of the nearest to them."""
        low, high = min(y1, y2), max(y1, y2)
        gaps = [(a[1], b[0]) for a, b in pairwise(spans) if a[1] > low and b[0] < high]
        if gaps:
            upper, lower = max(gaps, key=lambda gap: gap[1] - gap[0])
            middle = (upper + lower) / 2
            return self._nearest(spans, left, right, middle, middle)[0]
        best, spans = self._nearest(spans, left, right, y1, y2)
        lower = min((low for low, _ in spans if low >= best), default=best)
        upper = max((high for _, high in spans if high <= best), default=best)
        return (lower + upper) / 2 if lower - upper <= WIDEST_GAP else best

    def aside(self, ways: Floats, own: Ints) -> Floats:
        """The free height for each wire that is nearest to its ends, or that of an end.

        `own` (K × 2) are boxes that a wire may touch; a box that holds an end is none in the way.
        """
        heights = np.empty(len(ways))
        for k, (spans, way) in enumerate(zip(self._spans(ways, own), ways.tolist(), strict=True)):
            left, right, y1, y2 = way
            here = [*spans, *self._given(left, right, min(y1, y2), max(y1, y2))]
            free = [y for y in sorted((y1, y2)) if not any(lo < y < hi for lo, hi in here)]
            best = free[0] if free else self._nearest(spans, left, right, y1, y2, own[k])[0]
            heights[k] = best
            insort(self._taken, (best, left, right))
        return heights

    def _nearest(
        self,
        spans: list[Span],
        left: float,
        right: float,
        y1: float,
        y2: float,
        own: Ints | None = None,
    ) -> tuple[float, list[Span]]:
        """The free height with the shortest way, of such the uppermost; and what is around it.

        A wire with boxes of its own leans to the side of their middles on which its ports are, so
        as not to cross the wires of ports beside them.
        """
        low, high = min(y1, y2), max(y1, y2)
        lean = 0.0 if own is None else self._lean(own, y1, y2)
        above, below = LEAN * (lean > 0.5), LEAN * (lean < -0.5)
        middle = (y1 + y2) / 2
        reach = REACH
        while self._steps_left > 0:
            top, bottom = low - reach, high + reach
            joined = _joined([*spans, *self._given(left, right, top, bottom)])
            self._steps_left -= len(joined)
            edges = [y for span in joined for y in span if top <= y <= bottom]
            if not any(lo < middle < hi for lo, hi in joined):
                edges.append(middle)
            if edges:
                best = min(edges, key=lambda y: (_beyond(y, low, high, above, below), y))
                if top + WIDEST_GAP <= best <= bottom - WIDEST_GAP or reach >= 2.0**24:
                    return best, joined
            reach *= 4
            way = np.array([[left, right, y1, y2]])
            spans = self._spans(way, None if own is None else own[None], reach)[0]
        return middle, []

    def _lean(self, own: Ints, y1: float, y2: float) -> float:
        """How far below the middles of its two boxes a wire leaves and arrives."""
        boxes = self._strips.boxes[own]
        return y1 + y2 - float((boxes[:, 1] + boxes[:, 3] / 2).sum())

    def _given(self, left: float, right: float, top: float, bottom: float) -> Iterable[Span]:
        """The spans of lanes that were given out, between these two heights."""
        first = bisect_left(self._taken, (top - PITCH,))
        last = bisect_left(self._taken, (bottom + PITCH,))
        self._steps_left -= last - first
        if self._steps_left < 0:
            return
        for y, begin, end in self._taken[first:last]:
            if begin < right and end > left:
                yield (y - PITCH, y + PITCH)

    def _spans(
        self, ways: Floats, own: Ints | None = None, reach: float = REACH
    ) -> list[list[Span]]:
        """For every wire what is in its way, up to `reach` beyond its ends, joined and in order."""
        left, right, y1, y2 = ways.T
        top, bottom = np.minimum(y1, y2) - reach, np.maximum(y1, y2) + reach
        rects = np.stack([left, top - CLEAR, right, bottom + CLEAR], axis=1)
        if own is None:
            self._rows = self._rows or Rows(self._strips.boxes)
            wire, upper, lower = self._rows.meeting(rects, self._boxes_left)
            self._boxes_left -= len(wire)
        else:
            wire, box = self._strips.meeting(rects, self._boxes_left)
            self._boxes_left -= len(wire)
            x, y, w, h = self._strips.boxes[box].T
            holds = (x < left[wire]) & (y < y1[wire]) & (y1[wire] < y + h)
            holds |= (x + w > right[wire]) & (y < y2[wire]) & (y2[wire] < y + h)
            kept = ~holds & (box != own[wire, 0]) & (box != own[wire, 1])
            wire, upper, lower = wire[kept], y[kept], (y + h)[kept]
        return _joined_each(wire, upper - CLEAR, lower + CLEAR, len(ways))


def _beyond(y: float, low: float, high: float, above: float, below: float) -> float:
    """How far a height is from a range, with what is added on either side of it."""
    return low - y + above if y < low else y - high + below if y > high else 0.0


def _is_in(height: float, spans: Iterable[Span]) -> bool:
    return any(low < height < high for low, high in spans)


def _is_between(height: float, y1: float, y2: float) -> bool:
    return min(y1, y2) <= height <= max(y1, y2)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """The spans in order, those that overlap made one."""
    made: list[Span] = []
    for low, high in sorted(spans):
        if made and low < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], high))
        else:
            made.append((low, high))
    return made


def _joined_each(wire: Ints, lows: Floats, highs: Floats, count: int) -> list[list[Span]]:
    """What `_joined` gives, for all wires at once."""
    found: list[list[Span]] = [[] for _ in range(count)]
    if not len(wire):
        return found
    order = np.lexsort((lows, wire))
    wire, lows, highs = wire[order], lows[order], highs[order]
    # so far apart that no span of one wire reaches into those of the next
    apart = wire * (highs.max() - lows.min() + 1.0)
    reached = np.maximum.accumulate(highs + apart)
    first = np.flatnonzero(np.r_[True, (lows + apart)[1:] >= reached[:-1]])
    ends = np.maximum.reduceat(highs, first)
    for w, low, high in zip(wire[first].tolist(), lows[first].tolist(), ends.tolist(), strict=True):
        found[w].append((low, high))
    return found
