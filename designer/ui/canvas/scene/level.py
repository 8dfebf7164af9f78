"""A level of the net: all of it, or the inside of a composite that is opened by itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.facts import Facts
from designer.core.graph import Edge, Graph, Node, Point
from designer.core.layer import Layer
from designer.core.layout import arrange
from designer.core.order import order
from designer.core.shape import Shape
from designer.ui.canvas.scene.measure import NODE_WIDTH, node_height
from designer.ui.canvas.scene.parts import Item, Parts
from designer.ui.canvas.scene.wiring import Wire

READ_ONLY = "the inside of {} is given by its parameters: go out (Esc) to edit the net around it"


class Level(NamedTuple):
    """The graph inside a composite, its marks of input and output included, and what is known."""

    path: str
    owner: str
    """The node of the design that it is in."""
    graph: Graph
    facts: Mapping[str, Facts]
    inputs: tuple[Shape, ...]


def level_at(design: Design, analysis: Analysis, path: str) -> Level | None:
    """The level of a path such as `block` or `block/branch`; None where none can be shown."""
    owner, *names = path.split("/")
    if owner not in design.nodes:
        return None
    facts: Facts | None = analysis.facts.get(owner)
    for name in names:
        facts = facts.inside.get(name) if facts is not None and facts.inside else None
    if facts is None or facts.inside is None or None in facts.inputs or not facts.inputs:
        return None
    inputs = tuple(shape for shape in facts.inputs if shape is not None)
    graph = facts.layer.inside(*inputs)
    return None if graph is None else Level(path, owner, graph, facts.inside, inputs)


def lay_level(parts: Parts, level: Level, room: float) -> None:
    """Add what a level shows: its nodes by their paths, and the wires between them."""
    layers = tuple((name, node.layer) for name, node in level.graph.nodes.items())
    places = _places(level.graph.edges, layers, room)
    numbers: dict[str, int] = {}
    for name, node in level.graph.nodes.items():
        path = f"{level.path}/{name}"
        numbers[name] = len(parts.items)
        parts.items.append(Item(path, node, level.facts.get(name), level.owner))
        parts.corners.append(places[name])
    for edge in level.graph.edges:
        ends = numbers[edge.source], numbers[edge.target]
        parts.wires.append(Wire(*ends, edge.output, edge.port, None))


@lru_cache(maxsize=64)
def _places(
    edges: tuple[Edge, ...], layers: tuple[tuple[str, Layer], ...], room: float
) -> Mapping[str, Point]:
    """Where the nodes of a level stand; the same for equal ones."""
    graph = Graph.of((Node(name, layer) for name, layer in layers), edges)
    sizes = {name: (NODE_WIDTH, node_height(layer) + room) for name, layer in layers}
    return arrange(graph, sizes, order(graph).nodes)


def title_of(design: Design, path: str) -> str:
    """What a crumb says: the name of a node, or of one inside of it."""
    owner, *names = path.split("/")
    return names[-1] if names else design.nodes[owner].title
