"""Alignment guides: the lines of neighbours that a node which is dragged comes close to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Rect

REACH = 6.0
"""Pixels within which a node goes to a line."""
EXACT = 0.25
PARTS = np.array([0.0, 0.5, 1.0])
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


def guides_for(box: Floats, others: Floats, reach: float) -> Guides:
    """The nearest lines that a node (x, y, width, height) shares with others (N × 4).

    An edge goes to edges of its side and a middle to middles, across and down for themselves.
    Lines are x1, y1, x2, y2 in canvas units.
    """
    if not len(others):
        return NONE
    step, lines = [0.0, 0.0], []
    for axis in (0, 1):
        own = box[axis] + box[axis + 2] * PARTS
        away = others[:, axis, None] + others[:, axis + 2, None] * PARTS - own
        nearest = np.abs(away).min(axis=0)
        part = int(nearest.argmin())
        if nearest[part] <= reach:
            at = int(np.abs(away[:, part]).argmin())
            step[axis] = float(away[at, part])
            lines.append((axis, float(own[part] + step[axis]), away[:, part] - step[axis]))
    moved = box.copy()
    moved[:2] += step
    return Guides((step[0], step[1]), tuple(_line(moved, others, *line) for line in lines))


def _line(box: Floats, others: Floats, axis: int, place: float, away: Floats) -> Rect:
    """The line at a place, as long as all that stand on it."""
    on_it = np.concatenate([others[np.abs(away) <= EXACT], box[None]])
    begin = float(on_it[:, 1 - axis].min()) - BEYOND
    end = float((on_it[:, 1 - axis] + on_it[:, 3 - axis]).max()) + BEYOND
    return (place, begin, place, end) if axis == 0 else (begin, place, end, place)
