"""Which way a net runs: from left to right, or from the top down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from designer.core.graph import Graph, Point
from designer.ui.canvas.scene.measure import COLUMN, NODE_HEIGHT, NODE_WIDTH, ROW, node_height
from designer.ui.canvas.scene.strips import Floats, Ints


class Steps(NamedTuple):
    """How far apart nodes are put: along the way that the net runs, and across it."""

    along: float
    across: float
    length: float
    """Of a node, along the way."""


RIGHT = Steps(COLUMN, ROW, NODE_WIDTH)
DOWN = Steps(NODE_HEIGHT + 46.0, NODE_WIDTH + 36.0, NODE_HEIGHT)
"""Of places with x and y exchanged."""


def runs_down(boxes: Floats, source: Ints, target: Ints) -> bool:
    """Whether more wires lead to a node below than to one on the right.

    `boxes` is N × 4 (x, y, width, height); a wire leads down where its target stands under its
    source, at least in part, and to the right where it stands beside it. A net without wires,
    or one in which neither is more frequent, runs from left to right.
    """
    first, last = boxes[source], boxes[target]
    apart = last[:, :2] - first[:, :2]
    meets = (apart < first[:, 2:]) & (-apart < last[:, 2:])
    beyond = apart >= first[:, 2:]
    down = np.count_nonzero(meets[:, 0] & beyond[:, 1])
    return bool(down > np.count_nonzero(meets[:, 1] & beyond[:, 0]))


def turned(rows: Floats) -> Floats:
    """Points, rectangles or lines (N × 2 or N × 4) with x and y exchanged."""
    columns = [1, 0] if rows.shape[1] == 2 else [1, 0, 3, 2]
    return np.ascontiguousarray(rows[:, columns])


def turned_point(place: Point) -> Point:
    """A point with x and y exchanged."""
    return (place[1], place[0])


def net_runs_down(graph: Graph, places: Mapping[str, Point]) -> bool:
    """Whether the nodes that have places run from the top down, by the wires between them."""
    names = [name for name in graph.nodes if name in places]
    index = {name: i for i, name in enumerate(names)}
    ends = [
        (index[e.source], index[e.target])
        for e in graph.edges
        if e.source in index and e.target in index
    ]
    if not ends:
        return False
    boxes = np.array([(*places[n], NODE_WIDTH, node_height(graph.nodes[n].layer)) for n in names])
    return runs_down(boxes, *np.array(ends, dtype=np.intp).T)
