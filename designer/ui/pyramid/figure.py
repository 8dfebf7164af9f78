"""The pyramid as a value: a block for each run of layers that keeps a shape, and its place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node, Point
from designer.core.layout import arrange
from designer.core.shape import Shape
from designer.ui.canvas.route import Task, route
from designer.ui.canvas.strips import Floats
from designer.ui.canvas.viewport import Rect

TALLEST = 132.0
THICKEST = 110.0
SLANT = (0.34, -0.30)
"""How far a unit of width goes to the right and up."""
LABEL = 46.0
"""The room below a block for its three lines."""
NARROWEST = 92.0


class Solid(NamedTuple):
    """The drawn sides of a block, in canvas units: across, up, and how far it goes back."""

    thickness: float
    height: float
    back: float

    @property
    def outline(self) -> tuple[float, float]:
        """Width and height of everything that is drawn of it."""
        return (self.thickness + self.back * SLANT[0], self.height - self.back * SLANT[1])


class Block(NamedTuple):
    """Layers that hand on one shape. (x, y) is the top left corner of its place, label included."""

    nodes: tuple[str, ...]
    title: str
    shape: Shape | None
    solid: Solid
    words: str
    family: str
    x: float
    y: float
    width: float
    height: float

    @property
    def corner(self) -> Point:
        """The upper left corner of the front face: the solid stands in the middle of its place."""
        wide, high = self.solid.outline
        left = self.x + (self.width - wide) / 2
        top = self.y + (self.height - high) / 2
        return (left, top - self.solid.back * SLANT[1])


@dataclass(frozen=True, slots=True)
class Figure:
    """Blocks, the arrows between them as polylines, and for every node the block it is in."""

    blocks: tuple[Block, ...]
    arrows: tuple[Floats, ...]
    home: Mapping[str, int]

    @property
    def bounds(self) -> Rect:
        """Left, top, right, bottom of everything; zeros where nothing is."""
        if not self.blocks:
            return (0.0, 0.0, 0.0, 0.0)
        ways = [way for way in self.arrows if len(way)]
        return (
            min([b.x for b in self.blocks] + [float(way[:, 0].min()) for way in ways]),
            min([b.y for b in self.blocks] + [float(way[:, 1].min()) for way in ways]),
            max([b.x + b.width for b in self.blocks] + [float(way[:, 0].max()) for way in ways]),
            max([b.y + b.height for b in self.blocks] + [float(way[:, 1].max()) for way in ways]),
        )

    def block_at(self, at: Point) -> int | None:
        """The block whose place holds a point."""
        x, y = at
        for i, b in enumerate(self.blocks):
            if b.x <= x <= b.x + b.width and b.y <= y <= b.y + b.height:
                return i
        return None


def figure(design: Design, analysis: Analysis) -> Figure:
    """Make the figure; layers that keep the shape of the one they read share its block."""
    groups = _groups(design.graph, analysis)
    home = {node: i for i, group in enumerate(groups) for node in group}
    arcs = dict.fromkeys(
        (home[e.source], home[e.target])
        for e in design.edges
        if e.source in home and e.target in home and home[e.source] != home[e.target]
    )
    shapes = [_shape(analysis, group[-1]) for group in groups]
    solids = _solids(shapes)
    sizes = {}
    for i, solid in enumerate(solids):
        wide, high = solid.outline
        sizes[str(i)] = (max(NARROWEST, math.ceil(wide)), math.ceil(high) + 2 * LABEL)
    nodes = [replace(design.nodes[group[0]], id=str(i)) for i, group in enumerate(groups)]
    graph = Graph.of(nodes, [Edge(str(a), str(b)) for a, b in arcs])
    places = arrange(graph, sizes, list(graph.nodes))
    blocks = tuple(
        Block(
            tuple(group),
            design.nodes[group[0]].title + (" …" if len(group) > 1 else ""),
            shapes[i],
            solids[i],
            ", ".join(_word(design.nodes[node]) for node in group),
            design.nodes[group[0]].layer.family,
            *places[str(i)],
            *sizes[str(i)],
        )
        for i, group in enumerate(groups)
    )
    return Figure(blocks, _arrows(blocks, list(arcs)), home)


def _groups(graph: Graph, analysis: Analysis) -> list[list[str]]:
    """Chains whose shape does not change; a merge or a fork begins a block of its own."""
    found: list[list[str]] = []
    tail: dict[str, list[str]] = {}
    for node in dict.fromkeys((*analysis.order, *graph.nodes)):
        feeding = graph.incoming.get(node, ())
        source = feeding[0].source if len(feeding) == 1 else None
        group = tail.get(source) if source is not None else None
        alone = source is not None and len(graph.outgoing.get(source, ())) == 1
        shape = _shape(analysis, node)
        if group is not None and alone and shape is not None and shape == _shape(analysis, source):
            group.append(node)
            del tail[group[-2]]
        else:
            group = [node]
            found.append(group)
        tail[node] = group
    return found


def _shape(analysis: Analysis, node: str | None) -> Shape | None:
    facts = analysis.facts.get(node) if node is not None else None
    return facts.output if facts is not None else None


def _solids(shapes: Sequence[Shape | None]) -> list[Solid]:
    """Space by a power, so that 7 beside 224 is still seen; depth by its logarithm."""
    sizes = [_sizes(shape) for shape in shapes]
    space = max((max(h, w) for _, h, w in sizes), default=1)
    depth = max((c for c, _, _ in sizes), default=1)

    def far(cells: int) -> float:
        return 7.0 + (TALLEST - 7.0) * math.pow((cells - 1) / max(space - 1, 1), 0.7)

    def thick(channels: int) -> float:
        part = math.log2(1 + channels) / math.log2(1 + max(depth, 2))
        return 3.0 + (THICKEST - 3.0) * part**2

    return [Solid(thick(c), far(h), far(w)) for c, h, w in sizes]


def _sizes(shape: Shape | None) -> tuple[int, int, int]:
    """Channels, height and width to draw; a vector is one cell, as deep as it is long."""
    if shape is None:
        return (1, 1, 1)
    if shape.is_image:
        return (shape.channels, shape.height, shape.width)
    return (shape.numel, 1, 1)


def _arrows(blocks: Sequence[Block], arcs: list[tuple[int, int]]) -> tuple[Floats, ...]:
    """A line from the right of each block to the left of those that read it, around the others."""
    if not arcs:
        return ()
    ends = np.array([[*_leaves(blocks[a]), *_enters(blocks[b])] for a, b in arcs])
    boxes = np.array([(b.x, b.y, b.width, b.height) for b in blocks])
    routes = route(Task(ends, boxes, np.array(arcs, dtype=np.intp), {}))
    return tuple(routes.of(i) for i in range(len(arcs)))


def _leaves(block: Block) -> Point:
    """On the right of what is drawn, in the middle of its height: neighbours' arrows run level."""
    x, y = block.corner
    solid = block.solid
    return (x + solid.outline[0], y + (solid.height + solid.back * SLANT[1]) / 2)


def _enters(block: Block) -> Point:
    x, y = block.corner
    solid = block.solid
    return (x, y + (solid.height + solid.back * SLANT[1]) / 2)


def _word(node: Node) -> str:
    telling = node.layer.telling
    return f"{node.layer.kind()} {telling}" if telling else node.layer.kind()
