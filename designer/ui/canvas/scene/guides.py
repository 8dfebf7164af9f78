"""Alignment guides: the lines of neighbours that a node which is dragged comes close to."""

from __future__ import annotations

from bisect import bisect_left
from math import inf
from typing import NamedTuple

import numpy as np

from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Rect

REACH = 6.0
"""Pixels within which a node goes to a line."""
EXACT = 0.25
PARTS = (0.0, 0.5, 1.0)
"""Where the lines of a node are: its edges and its middle; of several that fit the first is shown,
so that a line goes through words only where nothing else does."""
BEYOND = 12.0
"""How far a line goes beyond what stands on it."""
CLOSE = 0.34
"""Below this zoom nodes are bars, and go to no lines."""


class Guides(NamedTuple):
    """How much farther the node goes (x, y), and the lines that it then stands on."""

    step: tuple[float, float]
    lines: tuple[Rect, ...]


NONE = Guides((0.0, 0.0), ())


class Neighbours:
    """Nodes that stand still (N × 4: x, y, width, height), and their lines in order."""

    def __init__(self, boxes: Floats) -> None:
        self._boxes = boxes
        lines = boxes[:, :2, None] + boxes[:, 2:, None] * np.array(PARTS)
        self._lines: list[list[list[float]]] = np.sort(lines, axis=0).transpose(1, 2, 0).tolist()

    def guides(self, box: Rect, reach: float) -> Guides:
        """The nearest lines that a node (x, y, width, height) shares with its neighbours.

        An edge goes to edges of its side and a middle to middles, across and down for themselves.
        Lines are x1, y1, x2, y2 in canvas units.
        """
        step, found = [0.0, 0.0], []
        for axis in (0, 1):
            begin, size = box[axis], box[axis + 2]
            own = [begin + size * part for part in PARTS]
            away = [_nearest(line, at) for line, at in zip(self._lines[axis], own, strict=True)]
            part = min(range(len(PARTS)), key=lambda part: abs(away[part]))
            if abs(away[part]) <= reach:
                step[axis] = away[part]
                found.append((axis, part, own[part] + away[part]))
        moved = np.array([box[0] + step[0], box[1] + step[1], *box[2:]])
        lines = tuple(_line(moved, self._on(*line), *line[::2]) for line in found)
        return Guides((step[0], step[1]), lines)

    def _on(self, axis: int, part: int, place: float) -> Floats:
        """The nodes that stand on a line."""
        boxes = self._boxes
        away = boxes[:, axis] + boxes[:, axis + 2] * PARTS[part] - place
        return boxes[np.abs(away) <= EXACT]


def _nearest(line: list[float], at: float) -> float:
    """How far it is to the nearest of some places in order."""
    right = bisect_left(line, at)
    return min((place - at for place in line[max(right - 1, 0) : right + 1]), key=abs, default=inf)


def _line(box: Floats, others: Floats, axis: int, place: float) -> Rect:
    """The line at a place, as long as all that stand on it."""
    on_it = np.concatenate([others, box[None]])
    begin = float(on_it[:, 1 - axis].min()) - BEYOND
    end = float((on_it[:, 1 - axis] + on_it[:, 3 - axis]).max()) + BEYOND
    return (place, begin, place, end) if axis == 0 else (begin, place, end, place)
