"""Strips and rows: indexes of rectangles, so that what lies somewhere is found without a search."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

HEIGHT = 256.0
"""The height of a strip, about three rows of nodes."""
SPAN = 2.0**24
"""More than the canvas is wide: so far apart are two strips in the order of all rectangles."""


FEW = 4096
"""Pairs of rectangles that are compared one by one faster than they are put in order."""


class Strips:
    """Rectangles (N × 4: x, y, width, height), sorted by the strip they begin in, there by x."""

    def __init__(self, boxes: Floats) -> None:
        self.boxes = boxes

    @cached_property
    def _sorted(self) -> tuple[Ints, Floats, Floats]:
        """The order of the boxes, the strips that have some, and the key of every box in order."""
        strip = np.floor(self.boxes[:, 1] / HEIGHT)
        order = np.lexsort((self.boxes[:, 0], strip))
        occupied, rank = np.unique(strip, return_inverse=True)
        return order, occupied, (rank * SPAN + self.boxes[:, 0])[order]

    @cached_property
    def _largest(self) -> tuple[float, float]:
        """The width of the widest box, and the height of the tallest."""
        return float(self.boxes[:, 2].max(initial=0.0)), float(self.boxes[:, 3].max(initial=0.0))

    def meeting(self, rects: Floats, most: int | None = None) -> tuple[Ints, Ints]:
        """All pairs of a rectangle asked for (K × 4: left, top, right, bottom) and a box it meets.

        The pairs are sorted by the first. With `most`, at about so many boxes that are looked at
        the rectangles that ask for most of them are left out.
        """
        left, top, right, bottom = rects.T
        pairs = len(rects) * len(self.boxes)
        if pairs <= FEW and (most is None or pairs <= most):
            return self._compared(rects)
        order, occupied, keys = self._sorted
        widest, tallest = self._largest
        first = np.searchsorted(occupied, np.floor((top - tallest) / HEIGHT))
        last = np.searchsorted(occupied, np.floor(bottom / HEIGHT), side="right")
        asked, strip = ranges(first, last)
        begin = np.searchsorted(keys, strip * SPAN + (left - widest)[asked])
        end = np.searchsorted(keys, strip * SPAN + right[asked], side="right")
        if most is not None and np.maximum(end - begin, 0).sum() > most:
            end = np.where(self._affordable(asked, end - begin, len(rects), most), end, begin)
        piece, place = ranges(begin, end)
        rect, box = asked[piece], order[place]
        x, y, w, h = self.boxes[box].T
        meets = (x < right[rect]) & (x + w > left[rect])
        meets &= (y < bottom[rect]) & (y + h > top[rect])
        return rect[meets], box[meets]

    def _compared(self, rects: Floats) -> tuple[Ints, Ints]:
        """As `meeting`, by comparing all with all."""
        first, last = self.boxes[:, :2].T, (self.boxes[:, :2] + self.boxes[:, 2:]).T
        left, top, right, bottom = rects.T[:, :, None]
        meets = (first[0] < right) & (last[0] > left) & (first[1] < bottom) & (last[1] > top)
        rect, box = meets.nonzero()
        return rect, box

    @staticmethod
    def _affordable(asked: Ints, counts: Ints, rects: int, most: int) -> NDArray[np.bool_]:
        """Of the pieces to look through those whose rectangles together ask for `most` boxes."""
        wanted = np.bincount(asked, np.maximum(counts, 0), rects)
        order = np.argsort(wanted, kind="stable")
        fits = np.empty(rects, dtype=bool)
        fits[order] = np.cumsum(wanted[order]) <= most
        chosen: NDArray[np.bool_] = fits[asked]
        return chosen


class Rows:
    """Rectangles (N × 4) of one top, height and width taken together, as they stand in rows."""

    def __init__(self, boxes: Floats) -> None:
        x, y, w, h = boxes.T
        ordered = boxes[np.lexsort((x, w, h, y))]
        begins = np.ones(len(ordered), dtype=bool)
        begins[1:] = (ordered[1:, 1:] != ordered[:-1, 1:]).any(axis=1)
        row = np.cumsum(begins) - 1
        self._keys = row * SPAN + ordered[:, 0]
        self._tops, self._widths, self._heights = ordered[begins, 1:].T
        self._tallest = float(h.max(initial=0.0))

    def meeting(self, rects: Floats, most: int) -> tuple[Ints, Floats, Floats]:
        """All pairs of a rectangle asked for (K × 4: left, top, right, bottom) and a row of which
        a box meets it: the rectangle, the row's upper and its lower edge. At most `most` rows are
        looked at."""
        left, top, right, bottom = rects.T
        first = np.searchsorted(self._tops, top - self._tallest)
        last = np.searchsorted(self._tops, bottom)
        last = np.where(np.cumsum(np.maximum(last - first, 0)) <= most, last, first)
        rect, row = ranges(first, last)
        begin = self._keys.searchsorted(row * SPAN + left[rect] - self._widths[row], side="right")
        end = self._keys.searchsorted(row * SPAN + right[rect])
        upper = self._tops[row]
        lower = upper + self._heights[row]
        meets = (end > begin) & (lower > top[rect])
        return rect[meets], upper[meets], lower[meets]


def ranges(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """The numbers from each first to its last, one after the other: (which range, number)."""
    counts = np.maximum(last - first, 0)
    which = np.repeat(np.arange(len(counts)), counts)
    begins = np.cumsum(counts) - counts
    return which, np.arange(len(which)) - (begins - first)[which]
