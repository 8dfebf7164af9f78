"""The pyramid as a value: a block for each run of layers that keeps a shape, and its place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.fold import Page, folded
from designer.core.graph import Edge, Graph, Point
from designer.core.layout import COLUMN_GAP, SMALL_STEP, arrange, parts
from designer.core.lean import lean_dataclass
from designer.core.shape import Shape
from designer.ui.canvas.drawing.draw import text_width
from designer.ui.canvas.scene.solid import Limits, Solid, solids
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Rect
from designer.ui.pyramid.arrows import arrows
from designer.ui.pyramid.captions import LEADING, TITLE, Line, lines_of

LIMITS = Limits(124.0, 88.0)
PAGE = Page(2200.0, 1100.0, 1.0)
"""Rows for a page, or for a window."""
READ_AT = 0.5
"""Points of a printer that a unit has at least: the smallest words then have five and a half."""
NARROW_EDGE = 8.0
"""Around a picture whose width in print is given."""
NARROWEST = 64.0
GAP = 24.0
"""Between what is drawn of neighbours in a row."""
BETWEEN = 72.0
"""Between what is drawn of two rows: the way back is led there, and arcs."""


class Block(NamedTuple):
    """Layers that hand on one shape. (x, y) is the top left corner of its place, words included."""

    nodes: tuple[str, ...]
    shape: Shape | None
    solid: Solid
    lines: tuple[Line, ...]
    family: str
    x: float
    y: float
    width: float
    height: float
    row: int = 0

    @property
    def middle(self) -> Point:
        """The middle of what is drawn of the solid, which is that of its place."""
        return (self.x + self.width / 2, self.y + self.height / 2)

    @property
    def level(self) -> float:
        """Where arrows come in and go out: neighbours' run level."""
        return self.y + self.height / 2

    @property
    def sides(self) -> tuple[float, float]:
        """Left and right of the solid, where arrows end and begin."""
        left, _, width, _ = self.solid.around(*self.middle)
        return (left, left + width)

    @property
    def top(self) -> Point:
        """The middle of the upper edge, where arcs begin and end."""
        x, y = self.middle
        _, top, _, _ = self.solid.around(x, y)
        return (x, top)

    @property
    def words_top(self) -> float:
        """Where the words begin."""
        x, y = self.middle
        _, top, _, high = self.solid.around(x, y)
        return top + high + 4.0

    @property
    def bottom(self) -> float:
        """Where the words end."""
        return self.words_top + sum(line.pixels + LEADING for line in self.lines)


@lean_dataclass(frozen=True, slots=True)
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
            min([b.top[1] for b in self.blocks] + [float(way[:, 1].min()) for way in ways]),
            max([b.x + b.width for b in self.blocks] + [float(way[:, 0].max()) for way in ways]),
            max([b.bottom for b in self.blocks] + [float(way[:, 1].max()) for way in ways]),
        )

    def block_at(self, at: Point) -> int | None:
        """The block that is drawn at a point, its words with it."""
        x, y = at
        for i, b in enumerate(self.blocks):
            if b.x <= x <= b.x + b.width and b.top[1] <= y <= b.bottom:
                return i
        return None


def page_of(width: float) -> Page:
    """Rows whose words can be read when they are so wide in print (centimetres)."""
    units = width / 2.54 * 72.0 / READ_AT - 2 * NARROW_EDGE
    # a row is at most 1.4 times as wide as wanted; as many rows as that takes
    return Page(units, units / 1.4, 0.01)


def figure(
    design: Design, analysis: Analysis, *, with_shapes: bool = True, page: Page = PAGE
) -> Figure:
    """Make the figure; layers that keep the shape of the one they read share its block."""
    groups = _groups(design.graph, analysis)
    home = {node: i for i, group in enumerate(groups) for node in group}
    arcs = dict.fromkeys(
        (home[e.source], home[e.target])
        for e in design.edges
        if e.source in home and e.target in home and home[e.source] != home[e.target]
    )
    shapes = [_shape(analysis, group[-1]) for group in groups]
    drawn = solids(shapes, LIMITS)
    lines = [
        lines_of([design.nodes[node] for node in group], shape, with_shapes)
        for group, shape in zip(groups, shapes, strict=True)
    ]
    sizes = [_size(solid, words) for solid, words in zip(drawn, lines, strict=True)]
    nodes = [replace(design.nodes[group[0]], id=str(i)) for i, group in enumerate(groups)]
    graph = Graph.of(nodes, [Edge(str(a), str(b)) for a, b in arcs])
    places = _places(graph, sizes, page)
    blocks = tuple(
        Block(
            tuple(group), shapes[i], drawn[i], lines[i], _family(design, group),
            *places[i], *sizes[i],
        )
        for i, group in enumerate(groups)
    )  # fmt: skip
    blocks = tuple(_closed_up(_levelled(blocks, graph), graph))
    return Figure(blocks, arrows(blocks, list(arcs)), home)


def _groups(graph: Graph, analysis: Analysis) -> list[list[str]]:
    """Chains whose shape does not change; a merge or a fork begins a block of its own."""
    found: list[list[str]] = []
    tail: dict[str, list[str]] = {}
    for node in dict.fromkeys((*analysis.order, *graph.nodes)):
        if node not in graph.nodes:
            continue
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


def _family(design: Design, group: Sequence[str]) -> str:
    return design.nodes[group[0]].layer.family


# --- places ---------------------------------------------------------------------------------------


def _size(solid: Solid, lines: Sequence[Line]) -> tuple[float, float]:
    """Width and height of a place whose middle is that of the solid: as much room above it as its
    words take below."""
    wide, high = solid.outline
    words = max(text_width(line.text, line.pixels, line.pixels == TITLE) for line in lines)
    label = sum(line.pixels + LEADING for line in lines) + 8.0
    height = math.ceil(high) + 2 * label
    # middles come to lie on the grid of the layout, so that arrows are level
    return (8 * math.ceil(max(NARROWEST, wide, words) / 8), 8 * math.ceil(height / 8))


def _places(graph: Graph, sizes: Sequence[tuple[float, float]], page: Page) -> list[Point]:
    """Corners of places, in rows where a single one would be too wide."""
    spare = COLUMN_GAP - GAP
    closer = {str(i): (width - spare, height) for i, (width, height) in enumerate(sizes)}
    found = folded(graph, arrange(graph, closer, list(graph.nodes)), closer, page)
    return [(found[str(i)][0] - spare / 2, found[str(i)][1]) for i in range(len(sizes))]


def _levelled(blocks: Sequence[Block], graph: Graph) -> list[Block]:
    """The blocks with small steps in chains taken away, which look like mistakes."""
    found = list(blocks)
    for edge in graph.edges:
        a, b = found[int(edge.source)], found[int(edge.target)]
        is_chain = len(graph.outgoing[edge.source]) == len(graph.incoming[edge.target]) == 1
        if is_chain and a.x < b.x and 0.0 < abs(a.level - b.level) < SMALL_STEP:
            found[int(edge.target)] = b._replace(y=b.y + a.level - b.level)
    return found


def _closed_up(blocks: Sequence[Block], graph: Graph) -> list[Block]:
    """The blocks with the rows as near to each other as what is drawn of them allows.

    A place has as much room above its solid as words need below; between rows that is waste.
    """
    found = list(blocks)
    bottom = 0.0
    for number, row in enumerate(_rows(blocks, graph)):
        top = min(blocks[i].top[1] for i in row)
        up = top - bottom - BETWEEN if number else 0.0
        for i in row:
            found[i] = blocks[i]._replace(y=blocks[i].y - 4 * math.floor(up / 4), row=number)
        bottom = max(found[i].bottom for i in row)
    return found


def _rows(blocks: Sequence[Block], graph: Graph) -> list[set[int]]:
    """The blocks of each row: those that wires join from left to right, and what lies beside."""
    arcs = [(int(e.source), int(e.target)) for e in graph.edges if _leads_on(blocks, e)]
    rows: list[set[int]] = []
    spans = [
        (min(blocks[i].y for i in part), max(blocks[i].y + blocks[i].height for i in part), part)
        for part in parts(len(blocks), arcs)
    ]
    end = -math.inf
    for begin, until, part in sorted(spans):
        if begin >= end:
            rows.append(set())
        rows[-1].update(part)
        end = max(end, until)
    return rows


def _leads_on(blocks: Sequence[Block], edge: Edge) -> bool:
    return blocks[int(edge.source)].x < blocks[int(edge.target)].x
