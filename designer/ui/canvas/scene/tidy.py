"""Tidying by hand: nodes aligned, spread out evenly, and wires made straight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from designer.core.graph import Graph, Point
from designer.ui.canvas.scene.measure import NODE_WIDTH, node_height, port_offset, snapped
from designer.ui.canvas.scene.placement import size_of

Line = Literal["left", "centre", "right", "top", "middle", "bottom"]
"""What is brought to one line: an edge of the nodes, or their middle."""

_PART: Mapping[Line, tuple[int, float]] = {
    "left": (0, 0.0), "centre": (0, 0.5), "right": (0, 1.0),
    "top": (1, 0.0), "middle": (1, 0.5), "bottom": (1, 1.0),
}  # fmt: skip


def aligned(graph: Graph, places: Mapping[str, Point], nodes: Iterable[str], line: Line) -> Moves:
    """Bring an edge or the middle of all nodes to one line: the outermost, or the middle of all."""
    axis, part = _PART[line]
    chosen = {n: (places[n], size_of(graph.nodes[n])) for n in nodes if n in places}
    if not chosen:
        return {}
    first = min(place[axis] for place, _ in chosen.values())
    last = max(place[axis] + size[axis] for place, size in chosen.values())
    goal = first + part * (last - first)
    return {
        n: _with(place, axis, snapped(goal - part * size[axis]))
        for n, (place, size) in chosen.items()
    }


def distributed(
    graph: Graph, places: Mapping[str, Point], nodes: Iterable[str], axis: int
) -> Moves:
    """Leave the first and the last where they are and make the gaps between all equal."""
    chosen = sorted((n for n in nodes if n in places), key=lambda n: places[n][axis])
    if len(chosen) < 3:
        return {}
    sizes = [size_of(graph.nodes[n])[axis] for n in chosen]
    first, last = places[chosen[0]][axis], places[chosen[-1]][axis]
    gap = (last - first - sum(sizes[:-1])) / (len(chosen) - 1)
    found, at = {}, first
    for node, size in zip(chosen, sizes, strict=True):
        found[node] = _with(places[node], axis, snapped(at))
        at += size + gap
    found[chosen[-1]] = places[chosen[-1]]
    return found


def straightened(
    graph: Graph,
    places: Mapping[str, Point],
    nodes: frozenset[str],
    order: Iterable[str],
    *,
    is_down: bool = False,
) -> Moves:
    """Raise or lower each node so that its first wire runs level, or where the net runs down, put
    it straight below; one by itself goes to what it reads, of several those that read one another.
    """
    across = 0 if is_down else 1
    moved: Moves = {}
    for node in order:
        if node not in nodes or node not in places:
            continue
        feeding = graph.incoming.get(node, ())
        inside = [edge for edge in feeding if edge.source in nodes or len(nodes) == 1]
        if not inside:
            continue
        edge = min(inside, key=lambda edge: edge.port)
        source, layer = graph.nodes[edge.source].layer, graph.nodes[node].layer
        ends = (NODE_WIDTH, NODE_WIDTH) if is_down else (node_height(source), node_height(layer))
        out = port_offset(edge.output, source.output_count, ends[0])
        ports = layer.inputs
        into = ends[1] / 2
        if ports is not None:
            into = port_offset(edge.port, ports, ends[1])
        level = moved.get(edge.source, places[edge.source])[across] + out - into
        moved[node] = _with(places[node], across, level)
    return moved


def crowded(graph: Graph, places: Mapping[str, Point], moves: Moves) -> bool:
    """Whether nodes that did not overlap would do so after these moves."""
    after = {**places, **moves}
    heights = {n: size_of(graph.nodes[n])[1] for n in after}

    def meet(where: Mapping[str, Point], a: str, b: str) -> bool:
        (ax, ay), (bx, by) = where[a], where[b]
        low, high = (ay, by) if ay <= by else (by, ay)
        return abs(ax - bx) < NODE_WIDTH and low + heights[a if ay <= by else b] > high

    return any(meet(after, a, b) and not meet(places, a, b) for a in moves for b in after if a != b)


Moves = dict[str, Point]
"""Where nodes go, by id."""


def _with(place: Point, axis: int, value: float) -> Point:
    return (value, place[1]) if axis == 0 else (place[0], value)
