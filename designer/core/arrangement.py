"""Places for the nodes of a design and its frames: what a frame holds is laid out as one block."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from designer.core.design import Frame
from designer.core.fold import Size, folded, in_columns
from designer.core.graph import Edge, Graph, Point
from designer.core.layout import COLUMN_GAP, GRID, ROW_GAP, Direction, arrange
from designer.core.lean import lean_dataclass

AROUND = ROW_GAP / 2
"""The room that is left around what goes on beside a block."""

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Margins(NamedTuple):
    """How much wider than its nodes a frame is; its title stands in the upper margin."""

    top: float
    side: float
    bottom: float

    def around(self, rects: Iterable[Rect]) -> Rect:
        """A frame's rectangle around others."""
        left, top, right, bottom = around(rects)
        return (left - self.side, top - self.top, right + self.side, bottom + self.bottom)


@lean_dataclass(frozen=True)
class Arrangement:
    """The top left corner of every node, and the frames in their order, around their nodes."""

    places: dict[str, Point]
    frames: tuple[Frame, ...]


def arranged(
    graph: Graph,
    sizes: Mapping[str, Size],
    order: Sequence[str],
    frames: Sequence[Frame],
    margins: Margins,
    direction: Direction = "right",
) -> Arrangement:
    """Lay out nodes, long nets in rows or columns, each frame's nodes as a block of their own.

    `sizes` has (width, height) of every node, `order` the nodes as `arrange` wants them. Frames
    may hold frames. One that shares nodes with
    another, or that a way leaves and comes back to, is no block: it is put around its nodes
    wherever they stand. Frames without nodes stay as they are. The whole begins near (0, 0).
    """
    blocks = _forest(graph, frames)
    if blocks:
        made = _Level(graph, sizes, margins, direction).laid(tuple(graph.nodes), blocks)
    else:
        made = _in_lines(graph, sizes, order, direction)
    return Arrangement(made, framed(frames, made, sizes, margins))


def framed(
    frames: Sequence[Frame],
    places: Mapping[str, Point],
    sizes: Mapping[str, Size],
    margins: Margins,
) -> tuple[Frame, ...]:
    """The frames, each around those of its nodes that have places, and around frames in it."""
    rects: dict[int, Rect] = {}
    for number in sorted(range(len(frames)), key=lambda i: (len(frames[i].nodes), -i)):
        held = [name for name in frames[number].nodes if name in places]
        if not held:
            continue
        inner = [rects[i] for i in rects if {*frames[i].nodes} <= {*frames[number].nodes}]
        rects[number] = margins.around([*(_rect(places[n], sizes[n]) for n in held), *inner])
    found = list(frames)
    for number, (left, top, right, bottom) in rects.items():
        size = (right - left, bottom - top)
        found[number] = replace(frames[number], position=(left, top), size=size)
    return tuple(found)


def _in_lines(
    graph: Graph,
    sizes: Mapping[str, Size],
    order: Sequence[str],
    direction: Direction,
    blocks: Iterable[str] = (),
) -> dict[str, Point]:
    """Places in rows, or from the top down in columns; some of the nodes are `blocks`."""
    places = arrange(graph, sizes, order, direction)
    _close_up(graph, places, sizes, 0 if direction == "right" else 1, blocks)
    return (folded if direction == "right" else in_columns)(graph, places, sizes)


def _close_up(
    graph: Graph,
    places: dict[str, Point],
    sizes: Mapping[str, Size],
    along: int,
    blocks: Iterable[str],
) -> None:
    """Let what waits behind the end of a block, on a way beside it, go on beside the block.

    What comes after it follows.
    """
    rects = {name: _rect(place, sizes[name]) for name, place in places.items()}
    spans = [(rects[name][along], rects[name][2 + along]) for name in blocks]
    moved: set[str] = set()
    for name in sorted(places, key=lambda name: places[name][along]) if spans else ():
        sources = {edge.source for edge in graph.incoming.get(name, ())}
        here = rects[name][along]
        wanted = max((rects[n][2 + along] for n in sources), default=here) + COLUMN_GAP
        is_beside = any(begin < here and wanted < end for begin, end in spans)
        if not is_beside and moved.isdisjoint(sources):
            continue
        by = GRID * math.ceil(wanted / GRID) - here
        x, y = places[name]
        place = (x + by, y) if along == 0 else (x, y + by)
        rect = _rect(place, sizes[name])
        if by < 0.0 and not any(_near(rect, r) for n, r in rects.items() if n != name):
            places[name], rects[name] = place, rect
            moved.add(name)


def _near(one: Rect, other: Rect) -> bool:
    """Whether two rectangles are less than half the gap between rows apart."""
    left, top, right, bottom = (one[0] - AROUND, one[1] - AROUND, one[2] + AROUND, one[3] + AROUND)
    return left < other[2] and other[0] < right and top < other[3] and other[1] < bottom


class _Block:
    """Nodes that are laid out together, with the blocks among them."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.nodes = frozenset(nodes)
        self.inner: list[_Block] = []


def _forest(graph: Graph, frames: Sequence[Frame]) -> list[_Block]:
    """The frames as blocks within blocks, the outermost; without those that overlap an earlier."""
    roots: list[_Block] = []
    held = [frozenset(frame.nodes) & graph.nodes.keys() for frame in frames]
    for nodes in sorted(filter(None, held), key=len, reverse=True):
        level = roots
        while (outer := next((b for b in level if nodes <= b.nodes), None)) is not None:
            level = outer.inner
        if all(nodes.isdisjoint(block.nodes) for block in level):
            level.append(_Block(nodes))
    return roots


@lean_dataclass(frozen=True)
class _Level:
    """Lays out some nodes of a graph, blocks among them as if each were one node."""

    graph: Graph
    sizes: Mapping[str, Size]
    margins: Margins
    direction: Direction

    def laid(self, names: Sequence[str], blocks: Sequence[_Block]) -> dict[str, Point]:
        blocks = self._sound(names, blocks)
        place = {name: i for i, name in enumerate(names)}
        heads = [min(block.nodes, key=place.__getitem__) for block in blocks]
        stands_for = {n: head for b, head in zip(blocks, heads, strict=True) for n in b.nodes}
        sizes = dict(self.sizes)
        inside: dict[str, dict[str, Point]] = {}
        for block, head in zip(blocks, heads, strict=True):
            inside[head], sizes[head] = self._packed(
                sorted(block.nodes, key=place.__getitem__), block
            )
        shown = [name for name in names if stands_for.get(name, name) == name]
        edges = [Edge(a, b) for a, b in dict.fromkeys(self._among(names, stands_for)) if a != b]
        part = Graph.of((self.graph.nodes[name] for name in shown), edges)
        places = _in_lines(part, sizes, (), self.direction, heads)
        found: dict[str, Point] = {}
        for name, (x, y) in places.items():
            for inner_name, (dx, dy) in inside.get(name, {name: (0.0, 0.0)}).items():
                found[inner_name] = (x + dx, y + dy)
        return {name: found[name] for name in names}

    def _sound(self, names: Sequence[str], blocks: Sequence[_Block]) -> list[_Block]:
        """The blocks that no way leaves and enters again; of others those inside them."""
        if self._are_sound(names, blocks):
            return list(blocks)
        kept: list[_Block] = []
        waiting = list(blocks)
        while waiting:
            block = waiting.pop(0)
            if self._are_sound(names, [*kept, block]):
                kept.append(block)
            else:
                waiting[:0] = block.inner
        return kept

    def _are_sound(self, names: Sequence[str], blocks: Sequence[_Block]) -> bool:
        heads = {name: str(i) for i, block in enumerate(blocks) for name in block.nodes}
        return not _has_cycle([(a, b) for a, b in self._among(names, heads) if a != b])

    def _among(self, names: Sequence[str], heads: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The wires between these nodes, from what stands for one to what stands for another."""
        inner, outgoing = {*names}, self.graph.outgoing
        for name in names:
            for edge in outgoing.get(name, ()):
                if edge.target in inner:
                    yield heads.get(name, name), heads.get(edge.target, edge.target)

    def _packed(self, names: list[str], block: _Block) -> tuple[dict[str, Point], Size]:
        """A block's nodes within it, and its size: its middle is where wires come and leave."""
        places = self.laid(names, block.inner)
        left, top, right, bottom = self._rim(places, block)
        axis = self._axis(names, places)
        if self.direction == "right":
            half = max(axis - top, bottom - axis)
            top, bottom = axis - half, axis + half
        else:
            half = max(axis - left, right - axis)
            left, right = axis - half, axis + half
        moved = {n: (x - left, y - top) for n, (x, y) in places.items()}
        return moved, (right - left, bottom - top)

    def _rim(self, places: Mapping[str, Point], block: _Block) -> Rect:
        rects = [_rect(places[n], self.sizes[n]) for n in block.nodes]
        return self.margins.around([*rects, *(self._rim(places, b) for b in block.inner)])

    def _axis(self, names: list[str], places: Mapping[str, Point]) -> float:
        """Across the ranks, the middle of the node that a wire from outside enters first."""
        inner, across = {*names}, 1 if self.direction == "right" else 0
        entered = (
            name
            for name in names
            if any(edge.source not in inner for edge in self.graph.incoming.get(name, ()))
        )
        first = next(entered, names[0])
        return places[first][across] + self.sizes[first][across] / 2


def _has_cycle(arcs: Sequence[tuple[str, str]]) -> bool:
    """Whether something leads back to itself."""
    targets: dict[str, list[str]] = {}
    waits: dict[str, int] = {}
    for a, b in arcs:
        targets.setdefault(a, []).append(b)
        waits[b] = waits.get(b, 0) + 1
    ready = [name for name in targets if name not in waits]
    while ready:
        for b in targets.get(ready.pop(), ()):
            waits[b] -= 1
            if not waits[b]:
                del waits[b]
                ready.append(b)
    return bool(waits)


def _rect(place: Point, size: Size) -> Rect:
    return (*place, place[0] + size[0], place[1] + size[1])


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds others, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def beside(
    comments: Mapping[int, Rect],
    before: Mapping[str, Rect],
    after: Mapping[str, Rect],
    taken: Sequence[Rect],
) -> dict[int, Point]:
    """Where free comments go when nodes move: with the nearest node, above or below what is there.

    `before` and `after` have the nodes' rectangles, `taken` whatever else must stay free.
    """
    taken = [*after.values(), *taken]
    found: dict[int, Point] = {}
    for number, rect in comments.items():
        name = min(before, key=lambda name: _distance(before[name], rect))
        dx, dy = (after[name][i] - before[name][i] for i in (0, 1))
        left, top, right, bottom = (rect[i] + (dx, dy)[i % 2] for i in range(4))
        beside = [r for r in taken if left < r[2] + GRID and right > r[0] - GRID]
        step = nearest_gap(top, bottom, [(r[1] - GRID, r[3] + GRID) for r in beside])
        taken.append((left, top + step, right, bottom + step))
        found[number] = (left, top + step)
    return found


def nearest_gap(low: float, high: float, taken: Iterable[tuple[float, float]]) -> float:
    """How far something has to go, either way, so that it covers none of the ranges taken."""
    blocked: list[tuple[float, float]] = []
    for begin, end in sorted((begin - high, end - low) for begin, end in taken):
        if blocked and begin < blocked[-1][1]:
            begin, end = blocked[-1][0], max(blocked.pop()[1], end)
        blocked.append((begin, end))
    for begin, end in blocked:
        if begin < 0.0 < end:
            return end if end <= -begin else begin
    return 0.0


def _distance(one: Rect, other: Rect) -> float:
    dx = max(one[0] - other[2], other[0] - one[2], 0.0)
    dy = max(one[1] - other[3], other[1] - one[3], 0.0)
    return dx * dx + dy * dy
