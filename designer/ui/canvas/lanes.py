"""Lanes: free heights between the nodes, along which a wire is led around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CLEAR = 12.0
"""How far a wire stays away from nodes that it does not belong to."""
PITCH = 8.0
"""How far apart two wires in one gap are led."""
A_BEND = 44.0
"""The way around that one bend less is worth."""
WIDEST_GAP = 120.0
"""A gap that is wider than this is not a gap between two rows."""
BUCKET = 1024.0

Lane = tuple[float, float, float]
"""Height, and where it begins and ends."""


class Lanes:
    """Finds heights that no box is in the way of; those that were given out are remembered."""

    def __init__(self, boxes: Floats) -> None:
        self._by_x = np.argsort(boxes[:, 0], kind="stable") if len(boxes) else np.empty(0, np.intp)
        self._boxes = boxes[self._by_x]
        self._widest = float(boxes[:, 2].max()) if len(boxes) else 0.0
        self._taken: dict[int, list[Lane]] = {}

    def free(
        self, left: float, right: float, y1: float, y2: float, own: Sequence[int] = ()
    ) -> float:
        """The free height between `left` and `right` that is nearest for a wire from y1 to y2.

        `own` are boxes that the wire may touch; a box that holds an end is none in the way.
        """
        spans = self._spans(left, right, y1, y2, own)
        best = sorted((y1, y2), key=lambda y: (_blocked(y, spans), y))[0]
        if _blocked(best, spans):
            edges = [y for span in spans for y in span]
            free = outside([*edges, (y1 + y2) / 2], spans)
            best = min(free, key=lambda y: (abs(y - y1) + abs(y - y2) + A_BEND, y))
        self._take(best, left, right)
        return best

    def between(self, left: float, right: float, y1: float, y2: float) -> float:
        """A free height for a wire that leads back: in the middle of the gap between two rows."""
        spans = self._spans(left, right, y1, y2, ())
        edges = [y for span in spans for y in span]
        free = outside([*edges, (y1 + y2) / 2], spans)
        best = min(free, key=lambda y: (abs(y - y1) + abs(y - y2), y))
        lower = min((low for low, _ in spans if low >= best), default=best)
        upper = max((high for _, high in spans if high <= best), default=best)
        if lower - upper <= WIDEST_GAP:
            best = (lower + upper) / 2
        self._take(best, left, right)
        return best

    def _take(self, height: float, left: float, right: float) -> None:
        for bucket in _buckets(left, right):
            self._taken.setdefault(bucket, []).append((height, left, right))

    def _spans(
        self, left: float, right: float, y1: float, y2: float, own: Sequence[int]
    ) -> list[tuple[float, float]]:
        first = int(np.searchsorted(self._boxes[:, 0], left - self._widest))
        last = int(np.searchsorted(self._boxes[:, 0], right))
        names, boxes = self._by_x[first:last].tolist(), self._boxes[first:last].tolist()
        spans = []
        for name, (x, y, w, h) in zip(names, boxes, strict=True):
            holds = (x < left and y < y1 < y + h) or (x + w > right and y < y2 < y + h)
            if x + w > left and name not in own and not (holds and len(own)):
                spans.append((y - CLEAR, y + h + CLEAR))
        taken = {lane for bucket in _buckets(left, right) for lane in self._taken.get(bucket, ())}
        spans += [(y - PITCH, y + PITCH) for y, a, b in taken if a < right and b > left]
        return spans


def outside(heights: Sequence[float], spans: Sequence[tuple[float, float]]) -> list[float]:
    """Those of the heights that lie within no span, their ends not counted."""
    if not spans:
        return list(heights)
    lows, highs = np.array(sorted(spans)).T
    reached = np.maximum.accumulate(highs)
    first = np.r_[True, lows[1:] >= reached[:-1]]
    last = np.r_[first[1:], True]
    lows, highs = lows[first], reached[last]
    given = np.array(heights)
    at = np.searchsorted(lows, given) - 1
    free: list[float] = given[(at < 0) | (given >= highs[at])].tolist()
    return free


def _blocked(y: float, spans: Sequence[tuple[float, float]]) -> bool:
    return any(low < y < high for low, high in spans)


def _buckets(left: float, right: float) -> Iterator[int]:
    yield from range(int(left // BUCKET), int(right // BUCKET) + 1)
