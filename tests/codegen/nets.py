"""Designs for the printer's tests, small ones and random ones."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.layers import CATALOGUE


def node(node_id: str, kind: str, **parameters: object) -> Node:
    """A node of a layer of the catalogue."""
    return Node(node_id, CATALOGUE[kind](**parameters))


def chain(*nodes: Node, name: str = "Untitled") -> Design:
    """Nodes one after the other."""
    edges = [Edge(a.id, b.id) for a, b in pairwise(nodes)]
    return Design(name, Graph.of(nodes, edges))


def graph(nodes: list[Node], *edges: tuple[str, str] | tuple[str, str, int]) -> Design:
    """Nodes, and edges as source, target and port."""
    return Design(graph=Graph.of(nodes, [Edge(*edge) for edge in edges]))


POINTWISE = ("ReLU", "Tanh", "GELU", "BatchNorm2d", "Dropout", "Identity", "LeakyReLU")
NAMES = ("train", "x", "torch", "nn", "forward", "Größe", "l", "lambda_", "Conv", "π", "self")


class RandomNet:
    """Grows a random acyclic net, node by node, and lets nothing in that the analysis refuses."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._nodes: list[Node] = []
        self._edges: list[Edge] = []
        for i in range(self._random.choice((1, 1, 1, 2))):
            size = self._random.choice((8, 9, 12))
            layer = CATALOGUE["Input"](channels=3, height=size, width=size)
            self._nodes.append(Node(f"image{i}", layer))

    def grow(self, steps: int) -> Design:
        """Add so many nodes, then an Output behind every end."""
        for _ in range(steps):
            self._add(*self._proposal())
        design = self._design()
        read = {edge.source for edge in self._edges}
        ends = [n for n in design.nodes.values() if n.id not in read]
        if len(ends) > 1 or self._random.random() < 0.3:
            for i, end in enumerate(ends):
                self._nodes.append(node(f"out{i}", "Output"))
                self._edges.append(Edge(end.id, f"out{i}"))
        return self._design()

    def _design(self) -> Design:
        return Design(graph=Graph.of(self._nodes, self._edges))

    def _proposal(self) -> tuple[Layer, list[str]]:
        pick, shapes = self._random, self._shapes()
        last = [*shapes][-3:]
        source = pick.choice(last if pick.random() < 0.7 else [*shapes])
        shape = shapes[source]
        alike = [n for n, s in shapes.items() if s == shape]
        kind = pick.random()
        if kind < 0.3 and len(alike) > 1:
            merge = pick.choice(("Add", "Multiply", "Concat"))
            return CATALOGUE[merge](), pick.sample(alike, pick.randint(2, min(4, len(alike))))
        if kind < 0.55 or not shape.is_image:
            return self._simple(shape), [source]
        return self._windowed(), [source]

    def _simple(self, shape: Shape) -> Layer:
        kinds = [*POINTWISE, "Flatten", "GlobalAvgPool2d", "Conv1x1"]
        if not shape.is_image:
            kinds = ["ReLU", "Linear", "Dropout", "Tanh"]
        return CATALOGUE[self._random.choice(kinds)]()

    def _windowed(self) -> Layer:
        pick = self._random
        padding = pick.choice(("same", "same", 1, 0))
        stride = pick.choice((1, 1, 1, 2))
        if pick.random() < 0.2:
            sizes = [pick.randint(1, 4) for _ in range(6)]
            return CATALOGUE["Inception"](*sizes, batch_norm=pick.random() < 0.3)
        if pick.random() < 0.5:
            pool = pick.choice(("MaxPool2d", "AvgPool2d"))
            return CATALOGUE[pool](kernel_size=pick.choice((2, 3)), stride=stride, padding=padding)
        size, depth = pick.choice((1, 2, 3, (1, 3))), pick.choice((3, 4, 6))
        return CATALOGUE["Conv2d"](depth, size, stride=stride, padding=padding)

    def _shapes(self) -> dict[str, Shape]:
        facts = analyze(self._design()).facts
        return {n: f.output for n, f in facts.items() if f.output is not None}

    def _add(self, layer: Layer, sources: list[str]) -> None:
        number = len(self._nodes)
        stem = self._random.choice(NAMES) if self._random.random() < 0.1 else layer.stem()
        node_id = stem if stem in NAMES else f"{stem}{number}"
        if any(n.id == node_id for n in self._nodes):
            node_id = f"{stem}{number}"
        before = self._nodes, self._edges
        bypassed = self._random.random() < 0.05
        frozen = self._random.random() < 0.1
        self._nodes = [*self._nodes, Node(node_id, layer, bypassed=bypassed, frozen=frozen)]
        self._edges = [*self._edges, *(Edge(s, node_id, i) for i, s in enumerate(sources))]
        if any(d.severity == "error" for d in analyze(self._design()).diagnostics):
            self._nodes, self._edges = before
