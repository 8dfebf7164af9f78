"""The ways from the end of a row of blocks to the beginning of the next, between the two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from designer.ui.canvas.scene.strips import Floats

if TYPE_CHECKING:
    from designer.ui.pyramid.figure import Block

ASIDE = 14.0
"""How far beside the rows the way runs down."""
RADIUS = 8.0
"""Of its corners."""
QUARTER = 5
"""Points of a corner."""


def returns(
    blocks: Sequence[Block], arcs: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Floats]:
    """The ways of those that lead from a row into the next, and meet nothing on their way out of
    the one and into the other."""
    found = {}
    for source, target in arcs:
        a, b = blocks[source], blocks[target]
        if b.row != a.row + 1:
            continue
        upper = [block for block in blocks if block.row == a.row]
        lower = [block for block in blocks if block.row == b.row]
        is_free = not any(_is_level(a, other) and other.x > a.x for other in upper)
        if is_free and not any(_is_level(b, other) and other.x < b.x for other in lower):
            right = max(other.x + other.width for other in upper) + ASIDE
            left = min(other.x for other in lower) - ASIDE
            lane = (max(o.bottom for o in upper) + min(o.top[1] for o in lower)) / 2
            corners = [
                (a.sides[1], a.level), (right, a.level), (right, lane),
                (left, lane), (left, b.level), (b.sides[0], b.level),
            ]  # fmt: skip
            found[source, target] = _rounded(np.array(corners))
    return found


def _is_level(block: Block, other: Block) -> bool:
    return other is not block and other.top[1] <= block.level <= other.bottom


def _rounded(corners: Floats) -> Floats:
    """A way with its corners rounded."""
    points = [corners[:1]]
    t = np.linspace(0.0, 1.0, QUARTER)[:, None]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        into, out = before - corner, after - corner
        a, b = np.hypot(*into), np.hypot(*out)
        first = corner + into / max(a, 1e-9) * min(RADIUS, a / 2)
        last = corner + out / max(b, 1e-9) * min(RADIUS, b / 2)
        points.append((1 - t) ** 2 * first + 2 * t * (1 - t) * corner + t**2 * last)
    made: Floats = np.concatenate([*points, corners[-1:]])
    return made
