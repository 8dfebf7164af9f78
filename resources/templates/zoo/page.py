"""A net on its page: blocks in rows, the rows of a stage in a frame, the frames in columns."""

from __future__ import annotations

import math
from dataclasses import dataclass

from designer.core.design import Frame
from designer.core.graph import Edge, Graph, Node, Point
from designer.core.layout import COLUMN_GAP, GRID, arrange
from designer.layers.marks import Identity

WIDTH, HEIGHT = 148.0, 46.0
ROW_GAP, WIDE_ROW_GAP = 44.0, 72.0
"""Between rows; wide where a block has branches, so that they are not taken for the next's."""
BLOCK_GAP = COLUMN_GAP
TITLE, PADDING, BOTTOM = 52.0, 28.0, 28.0
FRAME_GAP = 80.0
"""Room for a wire, and for the titles that stand above the frames when all is seen."""
LINE_OF_TEXT = 20.0
LEAST_COLUMNS = 8
"""A stage is at least as wide as so many nodes before its blocks begin a new row."""
ASPECT = 1.6
"""What width : height of the whole should come near to."""
DOOR = Node("outside", Identity())
"""Stands for what a block of several branches reads, while its nodes are placed."""


@dataclass(frozen=True)
class Block:
    """Nodes that lie in one row."""

    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """Blocks within one frame."""

    title: str
    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class _Drawn:
    places: dict[str, Point]
    size: Point


def place(graph: Graph, stages: list[Stage]) -> tuple[dict[str, Point], tuple[Frame, ...]]:
    """The top left corner of every node, and the frames of the stages."""
    boxes = [_stage(graph, stage) for stage in stages]
    corners = _columns([box.size for box in boxes])
    places: dict[str, Point] = {}
    frames = []
    for stage, box, (x, y) in zip(stages, boxes, corners, strict=True):
        places |= {n: (x + left, y + top) for n, (left, top) in box.places.items()}
        frames.append(Frame(stage.title, (x, y), box.size, stage.text, tuple(box.places)))
    return places, tuple(frames)


def _stage(graph: Graph, stage: Stage) -> _Drawn:
    """A frame's inside, with places from its top left corner."""
    drawn = [_block(graph, block) for block in stage.blocks]
    least = LEAST_COLUMNS * (WIDTH + COLUMN_GAP) - COLUMN_GAP
    most = max(least, *(box.size[0] for box in drawn))
    places: dict[str, Point] = {}
    top = TITLE + (LINE_OF_TEXT if stage.text else 0.0)
    left = row = widest = 0.0
    for box in drawn:
        if left and left + box.size[0] > most:
            gap = ROW_GAP if max(row, box.size[1]) < 2 * HEIGHT else WIDE_ROW_GAP
            top, left, row = top + row + gap, 0.0, 0.0
        for name, (x, y) in box.places.items():
            places[name] = (PADDING + left + x, top + y)
        widest = max(widest, left + box.size[0])
        left += box.size[0] + BLOCK_GAP
        row = max(row, box.size[1])
    return _Drawn(places, (widest + 2 * PADDING, top + row + BOTTOM))


def _block(graph: Graph, block: Block) -> _Drawn:
    """A block by itself. What it reads from outside comes from its left, whatever stands there."""
    inside = set(block.nodes)
    edges = [e for e in graph.edges if e.source in inside and e.target in inside]
    fed = {edge.target for edge in edges}
    starts = [n for n in block.nodes if n not in fed]
    doors = [Edge(DOOR.id, n) for n in starts] if len(starts) > 1 else []
    first = [DOOR] if doors else []
    nodes = [*first, *(graph.nodes[n] for n in block.nodes)]
    names = [node.id for node in nodes]
    part = Graph.of(nodes, [*doors, *edges])
    found = arrange(part, dict.fromkeys(names, (WIDTH, HEIGHT)), names)
    left = min(found[n][0] for n in block.nodes)
    top = min(found[n][1] for n in block.nodes)
    places = {n: (found[n][0] - left, found[n][1] - top) for n in block.nodes}
    width = max(x for x, _ in places.values()) + WIDTH
    height = max(y for _, y in places.values()) + HEIGHT
    return _Drawn(places, (width, GRID * math.ceil(height / GRID)))


def _columns(sizes: list[Point]) -> list[Point]:
    """Corners of frames in as many columns as make the page's shape right."""
    pages = [_filled(sizes, count) for count in range(1, len(sizes) + 1)]
    return min(pages, key=lambda corners: _misshape(corners, sizes))


def _misshape(corners: list[Point], sizes: list[Point]) -> float:
    width = max(x + w for (x, _), (w, _) in zip(corners, sizes, strict=True))
    height = max(y + h for (_, y), (_, h) in zip(corners, sizes, strict=True))
    ratio = width / height / ASPECT
    return max(ratio, 1 / ratio)


def _filled(sizes: list[Point], count: int) -> list[Point]:
    """Fill `count` columns one after the other, each about as high as the others."""
    share = sum(h + FRAME_GAP for _, h in sizes) / count
    corners = []
    x = y = wide = 0.0
    for w, h in sizes:
        if y and y + h / 2 > share:
            x, y, wide = x + wide + FRAME_GAP, 0.0, 0.0
        corners.append((x, y))
        y += h + FRAME_GAP
        wide = max(wide, w)
    return corners
