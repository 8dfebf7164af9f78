"""What is led apart: some wires at every step of a gesture, while all others stay as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from designer.ui.canvas.scene.curves import Flags
from designer.ui.canvas.scene.route import LONGEST, Routes, assembled, filled
from designer.ui.canvas.scene.strips import Floats, Ints, ranges

REACH = 1000.0
"""How far around a wire that is being moved what may be in its way is looked at, at least."""


class Near(NamedTuple):
    """The items around some wires, and for each wire the two of them that it joins."""

    wires: Ints
    low: Floats
    high: Floats
    items: Ints
    own: Ints

    @classmethod
    def of(cls, wires: Ints, ends: Floats, own: Ints, boxes: Floats, also: Ints | None) -> Near:
        """Find them among all boxes; `also` are items that may come near."""
        low, high = _reach(ends)
        beyond = 1.5 * REACH
        first, last = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
        close: Flags = np.all((first < high + beyond) & (last > low - beyond), axis=1)
        if also is not None:
            close[also] = True
        items = np.flatnonzero(close)
        edge = REACH / 2
        return cls(wires, low - edge, high + edge, items, (np.cumsum(close) - 1)[own])

    def holds(self, wires: Ints, ends: Floats) -> bool:
        """Whether it is still what lies around these wires."""
        if wires is not self.wires:
            return False
        low, high = _reach(ends)
        return bool((low >= self.low).all() and (high <= self.high).all())


class Room:
    """The places of some wires in the arrays of all, where other ways of theirs can be put."""

    def __init__(self, starts: Ints, wires: Ints) -> None:
        self.starts, self.wires = starts, wires
        self._counts = starts[wires + 1] - starts[wires]
        self._wire, self._number = ranges(np.zeros_like(self._counts), self._counts)
        self._points = ranges(starts[wires], starts[wires + 1])[1]
        # each wire has one piece fewer than corners
        self._pieces = ranges(starts[wires] - wires, starts[wires + 1] - wires - 1)[1]
        self._inside = np.ones(max(len(self._points) - 1, 0), dtype=bool)
        self._inside[np.cumsum(self._counts)[:-1] - 1] = False

    def put(self, new: Routes, into: Routes) -> bool:
        """Put these ways there, filled with their ends; False where there is not enough room."""
        counts = np.diff(new.starts)
        if (counts > self._counts).any():
            return False
        at = new.starts[self._wire] + np.minimum(self._number, counts[self._wire] - 1)
        points = new.points[at]
        into.points[self._points] = points
        into.segments[self._pieces] = np.hstack([points[:-1], points[1:]])[self._inside]
        into.bounds[self.wires] = new.bounds
        return True


class Apart:
    """All ways, in memory of their own, in which some can be put in the place of others.

    Those get room for the longest way, so that all others need not make room for them each time.
    """

    def __init__(self, routes: Routes) -> None:
        self._routes = routes.copy()
        self._room: Room | None = None

    def put(self, wires: Ints, new: Routes) -> Routes:
        """All ways, with new ones of some wires."""
        old, room = self._routes, self._room
        if room is None or room.starts is not old.starts or room.wires is not wires:
            room = self._room = Room(old.starts, wires)
        if room.put(new, old):
            # what is found out of it later is found anew
            self._routes = replace(old)
            return self._routes
        counts = np.diff(old.starts)
        counts[wires] = np.maximum(np.diff(new.starts), LONGEST)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        points = np.empty((int(starts[-1]), 2))
        is_new = np.zeros(len(counts), dtype=bool)
        is_new[wires] = True
        points[~np.repeat(is_new, counts)] = old.points[~np.repeat(is_new, np.diff(old.starts))]
        points[np.repeat(is_new, counts)] = filled(new, counts[wires]).points
        self._routes = assembled(points, starts)
        return self._routes


def _reach(ends: Floats) -> tuple[Floats, Floats]:
    """The corners of the rectangle in which wires with these ends end."""
    low = np.minimum(ends[:, :2], ends[:, 2:]).min(axis=0)
    high = np.maximum(ends[:, :2], ends[:, 2:]).max(axis=0)
    return low, high
