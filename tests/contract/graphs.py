"""Random graphs of all layers: branches, merges, splits, shared weights, several ends."""

from __future__ import annotations

from random import Random

from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer, Refused
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from tests.contract.settings import drawn

LARGEST = 1_500
"""Values of a sample: small enough to be quick, large enough for windows to slide."""

Value = tuple[str, int]

PLAIN = sorted(
    kind
    for kind, layer in CATALOGUE.items()
    if layer.role == "layer" and layer.inputs == 1 and layer.family != "Activation"
)
ACTIVATIONS = sorted(kind for kind, layer in CATALOGUE.items() if layer.family == "Activation")
MERGES = sorted(kind for kind, layer in CATALOGUE.items() if layer.inputs is None)
USUAL = ("Conv2d", "Conv1x1", "MaxPool2d", "BatchNorm2d", "Split")


class RandomGraph:
    """Grows a graph by asking each layer alone whether it takes what is there."""

    def __init__(self, seed: int) -> None:
        self._pick = Random(seed)
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self.shapes: dict[Value, Shape] = {}
        self._inputs: dict[str, tuple[Shape, ...]] = {}
        for i in range(self._pick.choice((1, 1, 1, 2))):
            channels, size = self._pick.choice((1, 3, 4, 8)), self._pick.randint(3, 9)
            width = size if self._pick.random() < 0.6 else self._pick.randint(3, 9)
            image = CATALOGUE["Input"](channels=channels, height=size, width=width)
            self._place(Node(f"image{i}", image), [], ())

    def grow(self, steps: int) -> Design:
        """Add about so many nodes; every value that nobody reads gets an Output."""
        for _ in range(steps):
            chance = self._pick.random()
            if chance < 0.22:
                self._merge()
            elif chance < 0.30:
                self._share()
            elif chance < 0.36:
                self._mix()
            elif chance < 0.46:
                self._try(CATALOGUE[self._pick.choice(ACTIVATIONS)], [self._source()])
            else:
                kinds = USUAL if self._pick.random() < 0.3 else PLAIN
                self._try(CATALOGUE[self._pick.choice(kinds)], [self._source()])
        if self._pick.random() < 0.4:
            self._prune()
        else:
            self._mark()
        return Design(graph=Graph.of(self._nodes.values(), self._edges))

    def _source(self) -> Value:
        """Mostly one of the newest values, so that graphs become deep."""
        values = [*self.shapes]
        return self._pick.choice(values[-3:] if self._pick.random() < 0.7 else values)

    def _try(self, kind: type[Layer], sources: list[Value]) -> None:
        layer = drawn(self._pick, kind, self.shapes[sources[0]])
        bypassed = len(sources) == 1 and self._pick.random() < 0.04
        frozen = self._pick.random() < 0.08
        node = Node(f"{kind.stem()}{len(self._nodes)}", layer, frozen=frozen, bypassed=bypassed)
        self._offer(node, sources)

    def _merge(self) -> None:
        """A merge of values that are alike, or differ in depth, or of maps and a gate for them."""
        first = self._source()
        shape = self.shapes[first]
        kind = self._pick.choice(MERGES)
        others = [v for v, s in self.shapes.items() if s == shape]
        if kind == "Concat":
            others = [
                v for v, s in self.shapes.items() if s[1:] == shape[1:] and s.axes == shape.axes
            ]
        elif kind == "Multiply" and self._pick.random() < 0.5:
            gate = (shape[0], 1, 1)
            others = [v for v, s in self.shapes.items() if tuple(s) == gate] or others
        count = min(len(others), self._pick.randint(1, 3))
        self._try(CATALOGUE[kind], [first, *self._pick.sample(others, count)])

    def _mix(self) -> None:
        """A Linear behind a vector, or behind maps whose last size a Permute put there."""
        sources = [v for v, s in self.shapes.items() if len(s) == 1 or s.has_new_last]
        if sources:
            self._try(CATALOGUE["Linear"], [self._pick.choice(sources)])

    def _share(self) -> None:
        """A node that uses the weights of another one with the same constructor."""
        owners = [
            node
            for node in self._nodes.values()
            if node.layer.inputs == 1 and not node.bypassed and node.weights_of is None
            and not node.layer.is_composite
            and (module := node.layer.module(*self._inputs[node.id])) and module.arguments
        ]  # fmt: skip
        if not owners:
            return
        owner = self._pick.choice(owners)
        wanted = owner.layer.module(*self._inputs[owner.id])
        sources = [v for v in self.shapes if self._takes(owner.layer, v) == wanted]
        if sources:
            node_id = f"shared{len(self._nodes)}"
            node = Node(node_id, owner.layer, weights_of=owner.id, frozen=owner.frozen)
            self._offer(node, [self._pick.choice(sources)])

    def _takes(self, layer: Layer, source: Value) -> object:
        try:
            layer.infer(self.shapes[source])
        except Refused:
            return None
        return layer.module(self.shapes[source])

    def _offer(self, node: Node, sources: list[Value]) -> None:
        inputs = tuple(self.shapes[source] for source in sources)
        if node.layer.limit_faults:
            return
        try:
            outputs = node.layer.infer(*inputs)
        except Refused:
            return
        if sum(shape.numel for shape in outputs) > LARGEST:
            return
        if node.bypassed:
            outputs = inputs[:1] * node.layer.output_count
        self._place(node, sources, inputs, outputs)

    def _place(
        self,
        node: Node,
        sources: list[Value],
        inputs: tuple[Shape, ...],
        outputs: tuple[Shape, ...] | None = None,
    ) -> None:
        self._nodes[node.id] = node
        self._inputs[node.id] = inputs
        for port, (source, output) in enumerate(sources):
            self._edges.append(Edge(source, node.id, port, output))
        for output, shape in enumerate(outputs or node.layer.infer(*inputs)):
            self.shapes[node.id, output] = shape

    def _prune(self) -> None:
        """Keep what the last node depends on, so that the net ends in it."""
        last, kept = [*self._nodes][-1], set()
        waiting = [last]
        while waiting:
            node_id = waiting.pop()
            if node_id not in kept:
                kept.add(node_id)
                waiting += [e.source for e in self._edges if e.target == node_id]
                if owner := self._nodes[node_id].weights_of:
                    waiting.append(owner)
        self._nodes = {n: node for n, node in self._nodes.items() if n in kept}
        self._edges = [edge for edge in self._edges if edge.target in kept]
        read = {edge.source for edge in self._edges}
        if self._nodes.keys() - read != {last}:  # an owner that lends its weights alone
            self.shapes = {v: s for v, s in self.shapes.items() if v[0] in kept}
            self._mark()

    def _mark(self) -> None:
        """An Output behind every value that nobody reads."""
        read = {(edge.source, edge.output) for edge in self._edges}
        loose = [value for value in self.shapes if value not in read]
        for i, (node_id, output) in enumerate(loose):
            mark = Node(f"out{i}", CATALOGUE["Output"]())
            self._place(mark, [(node_id, output)], (self.shapes[node_id, output],))
