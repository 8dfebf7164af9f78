"""Where nodes stand: their own positions, and places for those that have none."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from designer.core.analysis import Analysis
from designer.core.arrangement import Margins, arranged
from designer.core.design import Design, Frame
from designer.core.graph import Edge, Graph, Node, Point
from designer.ui.canvas.scene.flow import DOWN, RIGHT, Steps, net_runs_down, turned_point
from designer.ui.canvas.scene.kinds import Kinds
from designer.ui.canvas.scene.measure import (
    FAR,
    FRAME_BOTTOM,
    FRAME_PADDING,
    FRAME_TITLE,
    NODE_WIDTH,
    near,
    node_height,
    snapped,
)

Size = tuple[float, float]

MARGINS = Margins(FRAME_TITLE, FRAME_PADDING, FRAME_BOTTOM)
"""Of a frame around its nodes."""


def size_of(node: Node) -> Size:
    """Width and height of a folded node."""
    return (NODE_WIDTH, node_height(node.layer))


def is_placed(design: Design, frame: Frame) -> bool:
    """Whether a frame's own place counts: not where all its nodes are laid out on arrival."""
    nodes, holds_none = design.nodes, True
    for name in frame.nodes:
        if (node := nodes.get(name)) is not None:
            if node.position is not None:
                return True
            holds_none = False
    return holds_none


class Placement:
    """Gives every node a place and remembers the last answer; the design is not changed by it."""

    def __init__(self) -> None:
        self._edges: tuple[Edge, ...] | None = None
        self._nodes: Mapping[str, Node] | None = None
        self._places: dict[str, Point] = {}

    def places(self, design: Design, analysis: Analysis) -> dict[str, Point]:
        """The top left corner of every node."""
        graph = design.graph
        given = {n.id: n.position for n in graph.nodes.values() if n.position is not None}
        if max(map(abs, chain.from_iterable(given.values())), default=0.0) > FAR:
            given = {node_id: near(place) for node_id, place in given.items()}
        if len(given) == len(graph.nodes):
            return given
        if (
            self._edges == graph.edges
            and self._nodes is not None
            and _alike(self._nodes, graph.nodes)
        ):
            return self._places
        if given:
            self._places = _joined(graph, analysis.order, given)
        else:
            heights = Kinds([node.layer for node in graph.nodes.values()]).heights.tolist()
            sizes = {i: (NODE_WIDTH, h) for i, h in zip(graph.nodes, heights, strict=True)}
            made = arranged(graph, sizes, analysis.order, design.frames, MARGINS)
            self._places = made.places
        self._edges, self._nodes = graph.edges, graph.nodes
        return self._places


def _alike(before: Mapping[str, Node], after: Mapping[str, Node]) -> bool:
    return before is after or (
        before.keys() == after.keys()
        and all(before[i].position == node.position for i, node in after.items())
        and all(size_of(before[i]) == size_of(node) for i, node in after.items())
    )


def _joined(graph: Graph, order: tuple[str, ...], given: Mapping[str, Point]) -> dict[str, Point]:
    """Put nodes without a position beside those that they are wired to.

    Where one stands in a chain, what comes after it makes room.
    """
    if net_runs_down(graph, given):
        turned = {name: turned_point(place) for name, place in given.items()}
        return {n: turned_point(p) for n, p in _beside(graph, order, turned, DOWN).items()}
    return _beside(graph, order, given, RIGHT)


def _beside(
    graph: Graph, order: tuple[str, ...], given: Mapping[str, Point], steps: Steps
) -> dict[str, Point]:
    """As `_joined`; of a net that runs down the places have x and y exchanged."""
    places = dict(given)
    waiting = [i for i in dict.fromkeys([*order, *graph.nodes]) if i not in places]
    for node_id in waiting:
        room = _gap_of(graph, node_id, places, steps)
        if room is not None:
            places[node_id] = room
            continue
        sources = [e.source for e in graph.incoming.get(node_id, ()) if e.source in places]
        targets = [e.target for e in graph.outgoing.get(node_id, ()) if e.target in places]
        if sources:
            x = max(places[s][0] for s in sources) + steps.along
            y = sum(places[s][1] for s in sources) / len(sources)
        elif targets:
            x = min(places[t][0] for t in targets) - steps.along
            y = sum(places[t][1] for t in targets) / len(targets)
        else:
            x = min((p[0] for p in places.values()), default=0.0)
            y = max((p[1] for p in places.values()), default=-steps.across)
            y += steps.across
        # a wire that turns back to the next row needs no room in this one
        last = max((places[s][0] for s in sources), default=0.0)
        ahead = [places[t][0] for t in targets if sources and places[t][0] > last]
        if ahead and min(ahead) < x + steps.along:
            push = x + steps.along - min(ahead)
            moved = descendants(graph, node_id) & places.keys()
            places |= {i: (places[i][0] + push, places[i][1]) for i in moved}
        places[node_id] = free_place(places, (x, y), steps)
    return places


def _gap_of(graph: Graph, node_id: str, places: Mapping[str, Point], steps: Steps) -> Point | None:
    """The free place of a node that stands in a chain."""
    before, after = graph.incoming.get(node_id, ()), graph.outgoing.get(node_id, ())
    if len(before) != 1 or len(after) != 1:
        return None
    source, target = places.get(before[0].source), places.get(after[0].target)
    return gap(places, source, target, steps) if source and target else None


def gap(
    places: Mapping[str, Point], source: Point, target: Point, steps: Steps = RIGHT
) -> Point | None:
    """A free place between two nodes that are wired, within the bounds of the net; None: full.

    It is half-way where the two stand in a row, else before the target or behind the source.
    """
    (sx, sy), (tx, ty) = source, target
    lefts = [x for x, _ in places.values()]
    wanted = [(tx - steps.along, ty), (sx + steps.along, sy)]
    if tx - sx >= 2 * steps.along:
        wanted.insert(0, (snapped((sx + tx) / 2), snapped((sy + ty) / 2)))
    elif tx > sx:
        return None  # they stand too close: what comes after makes room
    else:
        wanted.append((snapped((sx + tx) / 2), snapped((sy + ty) / 2)))
    for x, y in wanted:
        if min(lefts) <= x <= max(lefts) and free_place(places, (x, y), steps) == (x, y):
            return (x, y)
    return None


def descendants(graph: Graph, node_id: str) -> set[str]:
    """Every node that depends on this one."""
    seen: set[str] = set()
    stack = [node_id]
    while stack:
        for edge in graph.outgoing.get(stack.pop(), ()):
            if edge.target not in seen:
                seen.add(edge.target)
                stack.append(edge.target)
    return seen


def free_place(places: Mapping[str, Point], wanted: Point, steps: Steps = RIGHT) -> Point:
    """The nearest place at or below the wanted one that covers no other node.

    Of a net that runs down, places have x and y exchanged.
    """
    x, y = wanted
    column = sorted(p[1] for p in places.values() if abs(p[0] - x) < steps.length + 8.0)
    for other in column:
        if abs(other - y) < steps.across - 20.0:
            y = other + steps.across
    return (x, y)
