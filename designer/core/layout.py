"""Automatic layout: places for nodes, layer by layer, with straight chains and few crossings.

Sugiyama's scheme: ranks by longest path, few crossings (`untangle`), coordinates by Brandes and
Köpf, "Fast and Simple Horizontal Coordinate Assignment" (2001), with node sizes respected.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from designer.core.brandes_koepf import coordinates
from designer.core.graph import Graph, Point
from designer.core.untangle import Layers, Neighbours, untangled, visited

Direction = Literal["right", "down"]

GRID = 4.0
COLUMN_GAP = 44.0
ROW_GAP = 34.0
LANE = 14.0
"""The room that a long wire keeps free where it passes a rank."""
STEEP = 160.0
"""A wire that goes farther across between two ranks finds more room between them."""
STEEPER = 44.0
"""How much more, at most."""
SMALL_STEP = 32.0
"""A step in a chain that is smaller than this looks like a mistake."""
MOST_LANES_A_NODE = 6


def arrange(
    graph: Graph,
    sizes: Mapping[str, tuple[float, float]],
    order: Sequence[str],
    direction: Direction = "right",
) -> dict[str, Point]:
    """Give every node the top left corner of its place; the whole begins at (0, 0).

    `sizes` has (width, height) of every node, `order` the nodes from sources to targets; those
    that it leaves out (on cycles, or not analysed yet) are ordered here. All coordinates are
    multiples of 4 where the sizes are of one kind. Deterministic; parts that no wire connects
    are stacked.
    """
    names = _completed(graph, order)
    index = {name: i for i, name in enumerate(names)}
    across = 0 if direction == "right" else 1
    along = [sizes[name][across] for name in names]
    breadth = [sizes[name][1 - across] for name in names]
    arcs = dict.fromkeys((index[e.source], index[e.target]) for e in graph.edges)
    forward = [(a, b) for a, b in arcs if a < b]
    places: dict[str, Point] = {}
    offset = 0.0
    for part in parts(len(names), forward):
        xs, ys = _layered(part, forward, along, breadth)
        low = min(ys[v] - breadth[v] / 2 for v in part)
        for v in part:
            place = (_snap(xs[v]), _snap(ys[v] - breadth[v] / 2 - low + offset))
            places[names[v]] = place if direction == "right" else (place[1], place[0])
        high = max(ys[v] + breadth[v] / 2 for v in part)
        offset = _snap(offset + high - low + 2 * ROW_GAP)
    return {name: places[name] for name in graph.nodes}


def _completed(graph: Graph, order: Sequence[str]) -> list[str]:
    """All nodes, sources first; a wire that closes a cycle is taken for one that leads back."""
    found = dict.fromkeys(name for name in order if name in graph.nodes)
    if len(found) == len(graph.nodes):
        return list(found)
    finished: list[str] = []
    entered = set(found)
    for name in graph.nodes:
        stack = [(name, False)]
        while stack:
            node, done = stack.pop()
            if done:
                finished.append(node)
            elif node not in entered:
                entered.add(node)
                stack.append((node, True))
                stack += [(edge.target, False) for edge in graph.outgoing.get(node, ())]
    return [*found, *reversed(finished)]


def _snap(value: float) -> float:
    """The nearest multiple of the grid; halves all go one way, so that what is level stays so."""
    return GRID * math.floor(value / GRID + 0.5)


def _up(value: float) -> float:
    """The next multiple of the grid."""
    return GRID * math.ceil(value / GRID)


def parts(count: int, arcs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected parts of a graph, each sorted, in the order of their first vertex."""
    root = list(range(count))

    def find(v: int) -> int:
        while root[v] != v:
            root[v] = root[root[v]]
            v = root[v]
        return v

    for a, b in arcs:
        a, b = find(a), find(b)
        root[max(a, b)] = min(a, b)
    found: dict[int, list[int]] = {}
    for v in range(count):
        found.setdefault(find(v), []).append(v)
    return list(found.values())


def _layered(
    part: list[int],
    arcs: list[tuple[int, int]],
    along: list[float],
    breadth: list[float],
) -> tuple[dict[int, float], dict[int, float]]:
    """Left edges along the ranks, and centres across them, of one connected part."""
    local = {v: i for i, v in enumerate(part)}
    inner = [(local[a], local[b]) for a, b in arcs if a in local]
    rank = ranks(len(part), inner)
    heights = [breadth[v] for v in part]
    lanes_from = len(part)
    up, down = with_lanes(rank, inner, lanes_from)
    heights += [LANE] * (len(rank) - lanes_from)
    layers = layered(rank, up, down)
    gaps = [_up(h + ROW_GAP) - h for h in heights[:lanes_from]]
    gaps += [LANE] * (len(rank) - lanes_from)
    centres = coordinates(layers, up, down, heights, gaps, lanes_from)
    _straighten(layers, up, centres, heights, gaps, lanes_from)
    _straighten(layers[::-1], down, centres, heights, gaps, lanes_from)
    xs: dict[int, float] = {}
    left = 0.0
    for layer in layers:
        real = [v for v in layer if v < lanes_from]
        width = max((along[part[v]] for v in real), default=0.0)
        for v in real:
            xs[part[v]] = left
        steepest = max((abs(centres[v] - centres[w]) for v in layer for w in down[v]), default=0.0)
        left = _up(left + width + COLUMN_GAP + min(max(0.0, steepest - STEEP) / 8, STEEPER))
    return xs, {part[v]: centres[v] for v in range(lanes_from)}


def _straighten(
    layers: Layers,
    before: Neighbours,
    centres: list[float],
    heights: list[float],
    gaps: list[float],
    lanes_from: int,
) -> None:
    """Take small steps out of chains: the mean of four drawings often leaves a few units."""

    def fits(v: int, w: int, at: float) -> bool:
        apart = (heights[v] + heights[w]) / 2 + max(gaps[v], gaps[w])
        return abs(at - centres[w]) >= apart - 0.5

    for layer in layers:
        for i, v in enumerate(layer):
            at = centres[v]
            steps = [centres[u] - at for u in before[v] if u < lanes_from]
            if v >= lanes_from or not steps:
                continue
            step = steps[0] if len(steps) == 1 else min(steps, key=abs)
            if not 0.0 < abs(step) < SMALL_STEP:
                continue
            nearest = at + step
            beside = [*layer[max(i - 1, 0) : i], *layer[i + 1 : i + 2]]
            if all(fits(v, w, nearest) for w in beside):
                centres[v] = nearest


def layered(rank: list[int], up: Neighbours, down: Neighbours) -> Layers:
    """The vertices of each rank in their order."""
    layers: Layers = [[] for _ in range(max(rank) + 1)]
    for v in visited(len(rank), up, down):
        layers[rank[v]].append(v)
    return untangled(layers, up, down) if max(map(len, layers)) > 1 else layers


def ranks(count: int, arcs: list[tuple[int, int]]) -> list[int]:
    """Longest path from the sources; what is read more often than it reads goes to its readers."""
    sources: Neighbours = [[] for _ in range(count)]
    targets: Neighbours = [[] for _ in range(count)]
    for a, b in arcs:
        sources[b].append(a)
        targets[a].append(b)
    rank = [0] * count
    for v in range(count):  # vertices are numbered in topological order
        rank[v] = 1 + max((rank[u] for u in sources[v]), default=-1)
    for v in reversed(range(count)):
        if len(targets[v]) > len(sources[v]):
            rank[v] = min(rank[t] for t in targets[v]) - 1
    lowest = min(rank)
    return [r - lowest for r in rank]


def with_lanes(
    rank: list[int], arcs: list[tuple[int, int]], count: int
) -> tuple[Neighbours, Neighbours]:
    """Split arcs over several ranks into steps of one, by a lane vertex on each rank between.

    Appends the lanes to `rank`. An arc that is longer than there is room for gets no lanes: the
    router leads its wire around.
    """
    budget = MOST_LANES_A_NODE * count + 200
    spans = {arc: rank[arc[1]] - rank[arc[0]] - 1 for arc in arcs}
    given: set[tuple[int, int]] = set()
    for arc in sorted(arcs, key=lambda arc: spans[arc]):
        budget -= spans[arc]
        if budget < 0:
            break
        given.add(arc)
    steps: list[tuple[int, int]] = []
    for a, b in arcs:
        if (a, b) not in given:
            continue
        before = a
        for r in range(rank[a] + 1, rank[b]):
            lane = len(rank)
            rank.append(r)
            steps.append((before, lane))
            before = lane
        steps.append((before, b))
    up: Neighbours = [[] for _ in rank]
    down: Neighbours = [[] for _ in rank]
    for a, b in steps:
        down[a].append(b)
        up[b].append(a)
    for ways in down:
        ways.sort(key=lambda v: v >= count)  # shortcuts begin on the same side
    return up, down
