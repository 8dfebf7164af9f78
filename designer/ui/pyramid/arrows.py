"""The arrows of the pyramid: level ones, curves to branches, arcs over what a shortcut skips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from designer.ui.canvas.scene.route import Task, route
from designer.ui.canvas.scene.strips import Floats
from designer.ui.pyramid.returns import returns

if TYPE_CHECKING:
    from designer.ui.pyramid.figure import Block

CLEAR = 18.0
"""How far above what it skips an arc runs, at least."""
HIGHER = 10.0
"""How much farther for each arc below it."""
CORNERS = 33
"""Of an arc, its ends with them."""
SAME_ROW = 24.0


def arrows(blocks: Sequence[Block], arcs: Sequence[tuple[int, int]]) -> tuple[Floats, ...]:
    """A line from the right of each block to the left of those that read it, or an arc from the
    top of one to the top of the other where blocks of their row stand between."""
    if not arcs:
        return ()
    over = {arc: skipped for arc in arcs if (skipped := _skipped(blocks, *arc))}
    found = _arched(blocks, over) | returns(blocks, [arc for arc in arcs if arc not in over])
    plain = [arc for arc in arcs if arc not in found]
    found |= dict(zip(plain, _led(blocks, plain), strict=True))
    return tuple(found[arc] for arc in arcs)


def _skipped(blocks: Sequence[Block], source: int, target: int) -> list[int]:
    """The blocks in the row of both that stand between them."""
    a, b = blocks[source], blocks[target]
    if abs(a.level - b.level) > SAME_ROW or b.x <= a.x:
        return []
    return [
        i
        for i, block in enumerate(blocks)
        if i not in (source, target)
        and a.middle[0] < block.middle[0] < b.middle[0]
        and block.top[1] <= a.level <= block.y + block.height
    ]


def _led(blocks: Sequence[Block], arcs: Sequence[tuple[int, int]]) -> list[Floats]:
    """Around the other blocks; past the words of its own ones level."""
    if not arcs:
        return []
    ends = np.array(
        [(blocks[a].x + blocks[a].width, blocks[a].level, blocks[b].x, blocks[b].level)
         for a, b in arcs]
    )  # fmt: skip
    boxes = np.array([(b.x, b.top[1], b.width, b.bottom - b.top[1]) for b in blocks])
    routes = route(Task(ends, boxes, np.array(arcs, dtype=np.intp), {}))
    found = []
    for i, (a, b) in enumerate(arcs):
        first = (blocks[a].sides[1], blocks[a].level)
        last = (blocks[b].sides[0], blocks[b].level)
        found.append(np.vstack([first, routes.of(i), last]))
    return found


def _arched(
    blocks: Sequence[Block], over: dict[tuple[int, int], list[int]]
) -> dict[tuple[int, int], Floats]:
    """Short arcs first; one that spans others runs above them."""
    found: dict[tuple[int, int], Floats] = {}
    for arc in sorted(over, key=lambda arc: blocks[arc[1]].x - blocks[arc[0]].x):
        source, target = arc
        begin, end = blocks[source].top, blocks[target].top
        tops = [blocks[i].top[1] for i in (*over[arc], source, target)]
        highest = min(tops) - CLEAR
        for (a, b), way in found.items():
            left, right = blocks[a].x, blocks[b].x
            same = abs(blocks[a].level - blocks[source].level) <= SAME_ROW
            if same and left >= blocks[source].x and right <= blocks[target].x:
                highest = min(highest, float(way[:, 1].min()) - HIGHER)
        found[arc] = _arc(begin, end, highest)
    return found


def _arc(begin: tuple[float, float], end: tuple[float, float], highest: float) -> Floats:
    """A curve that leaves upwards, is as high as wanted for most of its way, and comes down."""
    (x1, y1), (x2, y2) = begin, end
    reach = min(0.18 * (x2 - x1), 46.0)
    # its middle piece is level; both ends are quarters of an oval
    angle = np.pi / 2 * np.linspace(0.0, 1.0, CORNERS // 2)[:, None]
    rise = np.hstack([x1 + reach * (1 - np.cos(angle)), y1 + (highest - y1) * np.sin(angle)])
    fall = np.hstack([x2 - reach * (1 - np.cos(angle)), y2 + (highest - y2) * np.sin(angle)])
    made: Floats = np.vstack([rise, fall[::-1]])
    return made
