"""Unfolded composites: the inside of a node, laid out in a frame in its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from designer.core.graph import Edge, Graph, Node, Point
from designer.core.layer import Layer
from designer.core.layout import arrange
from designer.core.lean import lean_dataclass as dataclass
from designer.core.order import order
from designer.core.shape import Shape
from designer.ui.canvas.scene.measure import (
    FRAME_BOTTOM,
    FRAME_PADDING,
    FRAME_TITLE,
    NODE_WIDTH,
    node_height,
)


@dataclass(frozen=True, slots=True)
class Inside:
    """What an unfolded composite shows; places are relative to the frame's top left corner.

    The composite's own input and output marks are not shown: wires from outside lead to the
    nodes of `entries` and begin at `exit` instead.
    """

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]
    places: Mapping[str, Point]
    size: tuple[float, float]
    entries: tuple[Edge, ...]
    exit: tuple[str, int]
    nested: Mapping[str, Inside]
    axis: float
    """How far below the frame's top its output lies, where it meets the wire that leaves it; of
    what runs from the top down, how far from the frame's left."""


@lru_cache(maxsize=256)
def inside_of(
    layer: Layer,
    inputs: tuple[Shape, ...],
    opened: frozenset[str],
    room: float = 0.0,
    is_down: bool = False,
) -> Inside | None:
    """Lay out the inside of a composite; None where it has none that can be shown.

    `opened` names the composites in it that are unfolded too, by paths such as `block/conv`;
    `room` is kept free below every node, in canvas units. The inside runs as the net around it.
    """
    graph = layer.inside(*inputs)
    if graph is None:
        return None
    marks = {i for i, node in graph.nodes.items() if node.layer.role != "layer"}
    shown = {i: node for i, node in graph.nodes.items() if i not in marks}
    edges = tuple(e for e in graph.edges if e.source in shown and e.target in shown)
    end = _end(graph, marks)
    if end is None or end[0] not in shown:
        return None
    ordered = order(graph).nodes
    nested = _nested(graph, ordered, inputs, opened, room, is_down)
    sizes = {
        i: nested[i].size if i in nested else (NODE_WIDTH, node_height(node.layer) + room)
        for i, node in graph.nodes.items()
    }
    # the marks take part, so that all branches begin in the first column
    marked = arrange(graph, sizes, ordered, "down" if is_down else "right")
    left = min(marked[i][0] for i in shown)
    top = min(marked[i][1] for i in shown)
    places = {i: (marked[i][0] - left, marked[i][1] - top) for i in shown}
    width = max(places[i][0] + sizes[i][0] for i in shown)
    height = max(places[i][1] + sizes[i][1] for i in shown)
    whole = height + FRAME_TITLE + FRAME_BOTTOM
    last, margins = end[0], (FRAME_PADDING, FRAME_TITLE)
    across = 0 if is_down else 1
    free = 0.0 if is_down else room
    middle = nested[last].axis if last in nested else (sizes[last][across] - free) / 2
    return Inside(
        nodes=shown,
        edges=edges,
        places={i: (x + FRAME_PADDING, y + FRAME_TITLE) for i, (x, y) in places.items()},
        size=(width + 2 * FRAME_PADDING, whole),
        entries=tuple(e for e in graph.edges if e.source in marks and e.target in shown),
        exit=end,
        nested=nested,
        axis=places[last][across] + margins[across] + middle,
    )


def _end(graph: Graph, marks: set[str]) -> tuple[str, int] | None:
    """The node and output whose value leaves the composite."""
    for edge in graph.edges:
        if edge.target in marks:
            return (edge.source, edge.output)
    unread = [i for i in graph.nodes if i not in graph.outgoing]
    return (unread[-1], 0) if unread else None


def _nested(
    graph: Graph,
    ordered: tuple[str, ...],
    inputs: tuple[Shape, ...],
    opened: frozenset[str],
    room: float,
    is_down: bool,
) -> dict[str, Inside]:
    wanted = {path.split("/")[0] for path in opened} & graph.nodes.keys()
    if not wanted:
        return {}
    from designer.core.field import pixel
    from designer.core.walk import Walk

    facts = Walk(graph, ordered, feed=(inputs[0], pixel())).everything()
    found: dict[str, Inside] = {}
    for name in wanted:
        if name not in opened or None in facts[name].inputs:
            continue
        deeper = frozenset(p[len(name) + 1 :] for p in opened if p.startswith(f"{name}/"))
        known = tuple(shape for shape in facts[name].inputs if shape is not None)
        inside = inside_of(graph.nodes[name].layer, known, deeper, room, is_down)
        if inside is not None:
            found[name] = inside
    return found
