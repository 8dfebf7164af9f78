"""The lines that wires follow: smooth, late, around and through; all wires of a kind at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from designer.core.graph import Point
from designer.ui.canvas.scene.strips import Floats

Flags = NDArray[np.bool_]

SEGMENTS = 12
BEND = 44.0
"""How far before its end a long wire begins to bend."""
LONG = 150.0
"""A wire that goes this far passes at least one column."""
STUB = 20.0
"""How far a wire that leads back goes on before it turns."""
RADIUS = 10.0


def _bernstein(points: int) -> Floats:
    """The weights of the four controls of a curve, at so many points of it: points × 4."""
    t = np.linspace(0.0, 1.0, points)
    return np.stack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3], axis=1)


_WHOLE = _bernstein(SEGMENTS + 1)
_BEND = _bernstein(SEGMENTS)
_HALF = _WHOLE[:: SEGMENTS // 6]
_ROUND = np.array([[(1 - t) ** 2, 2 * t * (1 - t), t**2] for t in (0.0, 1 / 3, 2 / 3, 1.0)])


def curves(ends: Floats) -> Floats:
    """Curves from (x1, y1) to (x2, y2), as 13 points each: N × 4 gives N × 13 × 2."""
    x1, _, x2, _ = ends.T
    return _curves(ends, np.minimum(np.maximum(np.abs(x2 - x1) * 0.5, 20.0), 110.0), _WHOLE)


def smooth(ends: Floats) -> Floats:
    """As `curves`, but long ones stay on their height and bend before they arrive."""
    made = curves(ends)
    long = np.flatnonzero(ends[:, 2] - ends[:, 0] > LONG)
    if not len(long):
        return made
    late = ends[long]
    made[long, 0] = late[:, :2]
    late[:, 0] = late[:, 2] - BEND
    made[long, 1:] = _curves(late, np.full(len(late), BEND * 0.55), _BEND)
    return made


def around(ends: Floats, lanes: Floats) -> tuple[Floats, Flags]:
    """Ways back along these heights, with rounded corners: N × 18 × 2, and which points count."""
    x1, y1, x2, y2 = ends.T
    right, left = x1 + STUB, x2 - STUB
    xs = np.stack([x1, right, right, left, left, x2], axis=1)
    ys = np.stack([y1, y1, lanes, lanes, y2, y2], axis=1)
    corners = np.stack([xs, ys], axis=2)
    back, here, on = corners[:, :-2], corners[:, 1:-1], corners[:, 2:]
    before, after = (np.hypot(*(to - here).transpose(2, 0, 1)) for to in (back, on))
    reach = np.minimum(RADIUS, np.minimum(before, after) / 2)
    is_round = reach >= 0.5
    starts, stops = (
        here + (to - here) * (reach / np.maximum(length, 1e-9))[..., None]
        for to, length in ((back, before), (on, after))
    )
    bends = np.einsum("tc,cnkd->nktd", _ROUND, np.stack([starts, here, stops]))
    bends[~is_round] = here[~is_round][:, None]
    made = np.concatenate([corners[:, :1], bends.reshape(-1, 16, 2), corners[:, -1:]], axis=1)
    counts = np.ones(made.shape[:2], dtype=bool)
    # a corner without room to be rounded is one point
    counts[:, 1:-1] = np.repeat(is_round, 4, axis=1) | (np.arange(16) % 4 == 0)
    return made, counts


def aside(ends: Floats, lanes: Floats) -> tuple[Floats, Flags]:
    """Ways that bend to these heights and back: N × 26 × 2, and which points count."""
    x1, y1, x2, y2 = ends.T
    bend = np.minimum(BEND, (x2 - x1) / 2)
    halves, counts = [], []
    for half in (
        np.stack([x1, y1, x1 + bend, lanes], axis=1),
        np.stack([x2 - bend, lanes, x2, y2], axis=1),
    ):
        halves.append(_curves(half, bend * 0.55, _WHOLE))
        is_straight = half[:, 1] == half[:, 3]
        inner = np.ones((len(half), SEGMENTS + 1), dtype=bool)
        inner[is_straight, 1:-1] = False
        counts.append(inner)
    return np.concatenate(halves, axis=1), np.concatenate(counts, axis=1)


def through(points: Sequence[Point]) -> Floats:
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


def _curves(ends: Floats, handles: Floats, weights: Floats) -> Floats:
    """Curves that leave and arrive level, with handles of these lengths."""
    controls = np.empty((2, len(ends), 4))
    controls[0, :, 0], controls[0, :, 3] = ends[:, 0], ends[:, 2]
    controls[0, :, 1], controls[0, :, 2] = ends[:, 0] + handles, ends[:, 2] - handles
    controls[1, :, :2], controls[1, :, 2:] = ends[:, 1, None], ends[:, 3, None]
    made: Floats = (controls @ weights.T).transpose(1, 2, 0)
    return made
