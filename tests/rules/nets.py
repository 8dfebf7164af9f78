"""Small nets in few words, and the data sets that they are judged against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.core.training import TrainingSettings
from designer.layers import CATALOGUE

LETTERS = DataDescription("letters", Shape((1, 28, 28)), tuple("ABCDEFGHIJ"), 15_110, 1_000, 1_000)
FEW = replace(LETTERS, name="few", train=40)


def make(kind: str, **parameters: object) -> Layer:
    """A layer of the catalogue."""
    return CATALOGUE[kind](**parameters)


def chain(*entries: tuple[str, Layer], **training: Any) -> Design:
    """Named layers, each reading the one before it."""
    return net(entries, pairwise(name for name, _ in entries), **training)


def net(
    entries: Iterable[tuple[str, Layer]],
    wires: Iterable[tuple[str, str] | tuple[str, str, int]],
    **training: Any,
) -> Design:
    """Named layers and wires; a wire goes to its target's next free port."""
    taken: dict[str, int] = {}
    edges = []
    for source, target, *port in wires:
        free = taken.get(target, 0)
        taken[target] = free + 1
        edges.append(Edge(source, target, port[0] if port else free))
    nodes = [Node(name, layer) for name, layer in entries]
    return Design(graph=Graph.of(nodes, edges), training=TrainingSettings(**training))


def with_node(design: Design, node_id: str, **values: Any) -> Design:
    """The design with one node changed."""
    node = replace(design.nodes[node_id], **values)
    return replace(design, graph=design.graph.with_node(node))
