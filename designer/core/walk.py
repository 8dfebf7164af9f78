"""One walk over a graph: shapes, costs and receptive fields, as far as they can be known."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple

from designer.core import ends, faults
from designer.core.diagnostic import Diagnostic
from designer.core.facts import Answer, Facts
from designer.core.field import POINTWISE, UNTOLD, Field, Reach, pixel, through, union, whole
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer, OutOfRange, Refused, with_article
from designer.core.order import order as order_of
from designer.core.shape import Shape

Feed = tuple[Shape, Field]
"""What a composite's own Input gives: the shape and the field that arrive from outside."""

BYTES_A_VALUE = 4
"""float32, which is what activations are reckoned in."""

_NOTHING: tuple[Edge, ...] = ()


def ask(layer: Layer, inputs: tuple[Shape, ...]) -> Answer:
    """Ask a layer about inputs of these shapes; equal layers of a net are asked once.

    Raises Refused with what the layer says, and OutOfRange where a parameter is off its limits.
    """
    kind: Any = layer.__class__  # mypy takes a class with its own __hash__ for unhashable
    return _ask(kind, layer.values, inputs)


@lru_cache(maxsize=1 << 16)
def _ask(kind: Any, values: tuple[Any, ...], inputs: tuple[Shape, ...]) -> Answer:
    """Equal questions have equal answers: a layer is its kind and its parameters' values.

    It arrives in these parts, since a tuple is hashed and compared without a call of Python.
    """
    layer: Layer = kind(*values)
    if layer.limit_faults:
        raise OutOfRange
    outputs = layer.infer(*inputs)
    weights, macs = layer.cost(inputs, outputs)
    size = BYTES_A_VALUE * sum(shape.numel for shape in outputs)
    reach = layer.reach(*inputs)
    if reach is not None and any(shape.is_permuted for shape in inputs):
        reach = _behind_permute(reach, inputs, outputs, weights > 0)
    return Answer(outputs, weights, macs, size, _plainest(reach))


def _plainest(reach: tuple[Reach, Reach] | None) -> tuple[Reach, Reach] | None:
    """The same, told by identity where it is pointwise, or alike along both axes."""
    if reach is None or reach[0] != reach[1]:
        return reach
    return POINTWISE if reach == POINTWISE else (reach[0], reach[0])


def _behind_permute(
    reach: tuple[Reach, Reach], inputs: tuple[Shape, ...], outputs: tuple[Shape, ...], learns: bool
) -> tuple[Reach, Reach]:
    """The reach where height and width do not stand at their places.

    It is told of what looks at each position by itself: layers that keep the order of the sizes,
    and height and width themselves, and a Permute, which learns nothing.
    """
    x, y = inputs[0], outputs[0]
    same = all(shape == x for shape in inputs[1:])
    keeps = sorted(zip(x.axes, x, strict=True))[1:] == sorted(zip(y.axes, y, strict=True))[1:]
    if same and keeps and reach == POINTWISE and (x.axes == y.axes or not learns):
        return reach
    return UNTOLD


class OutOfOrder(Exception):  # noqa: N818 - an answer
    """A node reads another that the walk has not come to."""


class _Known(dict[str, Facts]):
    """What the walk has found so far."""

    def __missing__(self, node_id: str) -> Facts:
        raise OutOfOrder(node_id)


class Walk:
    """Facts for every node of a graph, in order: sources before targets."""

    def __init__(
        self,
        graph: Graph,
        order: tuple[str, ...],
        feed: Feed | None = None,
        image: tuple[int, int] | None = None,
    ) -> None:
        self.graph = graph
        self.facts: dict[str, Facts] = _Known()
        self.faulty: set[str] = set()
        """The nodes whose facts hold faults."""
        self._order = order
        self._feed = feed
        self._image = whole(*(image or _image_size(graph)))

    def everything(self) -> dict[str, Facts]:
        """Ask every node; raises OutOfOrder where one stands before another that it reads."""
        incoming, nodes, facts = self.graph.incoming, self.graph.nodes, self.facts
        for node_id in self._order:
            facts[node_id] = self._visit(nodes[node_id], incoming.get(node_id, _NOTHING))
        return facts

    def again(
        self, previous: Mapping[str, Facts], dirty: Set[str], places: Mapping[str, int]
    ) -> dict[str, Facts | None]:
        """Ask only the dirty nodes, and those behind them whose inputs came out differently.

        `places` gives every node's place in the order. Gives what was known before of each node
        of which something else is known now, and None for a new one.
        """
        nodes, incoming, outgoing = self.graph.nodes, self.graph.incoming, self.graph.outgoing
        facts = self.facts = _Known(previous)
        others: dict[str, Facts | None] = {}
        waiting = set(dirty)
        queue = [(places[node_id], node_id) for node_id in dirty]
        heapify(queue)
        while queue:
            _, node_id = heappop(queue)
            before = previous.get(node_id)
            found = self._visit(nodes[node_id], incoming.get(node_id, _NOTHING))
            if found == before:
                continue
            facts[node_id] = found
            others[node_id] = before
            if before is None or (before.outputs, before.field) != (found.outputs, found.field):
                for edge in outgoing.get(node_id, _NOTHING):
                    if edge.target not in waiting:
                        waiting.add(edge.target)
                        heappush(queue, (places[edge.target], edge.target))
        return others

    def _visit(self, node: Node, edges: tuple[Edge, ...]) -> Facts:
        """Gather what arrives at the ports; most nodes have one wire at port 0."""
        layer = node.layer
        count = layer.inputs
        if count == 1 and len(edges) == 1:
            edge = edges[0]
            source = self.facts[edge.source]
            if source.outputs and edge.port == edge.output == 0:
                return self._known(node, layer, source.outputs[:1], source.field)
        elif count is None and edges and (arriving := self._in_order(edges)):
            inputs, fields = arriving
            return self._known(node, layer, inputs, union(fields, inputs))
        elif count == 0 and not edges:
            if self._feed is None:
                return self._known(node, layer, (), pixel())
            shape, field = self._feed
            return Facts(layer, (), (shape,), 0, 0, 0, field)
        return self._at_ports(node, edges)

    def _in_order(
        self, edges: tuple[Edge, ...]
    ) -> tuple[tuple[Shape, ...], tuple[Field | None, ...]] | None:
        """What arrives at a merge whose wires stand in port order and are all known."""
        inputs: list[Shape] = []
        fields: list[Field | None] = []
        for port, edge in enumerate(edges):
            source = self.facts[edge.source]
            outputs = source.outputs
            if edge.port != port or edge.output != 0 or not outputs:
                return None
            inputs.append(outputs[0])
            fields.append(source.field)
        return tuple(inputs), tuple(fields)

    def _at_ports(self, node: Node, edges: tuple[Edge, ...]) -> Facts:
        """Any wiring: out of order, from a second output, unknown, or wrong."""
        found: list[Diagnostic] = []
        count = node.layer.inputs
        if count is None:
            # not the highest port: a file may name port 10⁹, which must not cost 10⁹ cells
            count = max(1, len({edge.port for edge in edges}))
        shapes: list[Shape | None] = [None] * count
        fed: set[int] = set()
        free = faults.free_ports(edges, count)
        for edge in edges:
            source = self.graph.nodes[edge.source]
            fault = faults.wrong_port(node, edge, count, fed, free)
            fault = fault or faults.wrong_output(node, edge, source)
            fed.add(edge.port)
            outputs = self.facts[edge.source].outputs
            if fault:
                found.append(fault)
            elif outputs and edge.output < len(outputs):
                shapes[edge.port] = outputs[edge.output]
        missing = [port for port in range(count) if port not in fed]
        # a wire at a wrong port is missed at a right one: that is one fault, not two
        misplaced = sum(fault.code == "no-such-port" for fault in found)
        found += [faults.unfed(node, port, count) for port in missing[misplaced:]]
        known = tuple(shape for shape in shapes if shape is not None)
        if found or len(known) < count:
            found += faults.off_limits(node)
            return self._at_fault(node, tuple(shapes), tuple(found))
        fields = [self.facts[e.source].field for e in sorted(edges, key=lambda edge: edge.port)]
        return self._known(node, node.layer, known, union(tuple(fields), known))

    def _known(
        self, node: Node, layer: Layer, inputs: tuple[Shape, ...], field: Field | None
    ) -> Facts:
        """A node whose every input has a known shape; `field` is what its inputs see together."""
        if node.bypassed and inputs:
            return Facts(layer, inputs, inputs[:1] * layer.output_count, 0, 0, 0, field)
        try:
            if layer.is_composite:
                return self._composite(node, inputs, field)
            kind: Any = layer.__class__
            values = tuple(layer.__dict__.values()) if layer.names else ()
            answer = _ask(kind, values, inputs)
        except OutOfRange:
            return self._at_fault(node, inputs, faults.off_limits(node))
        except Refused as refusal:
            fault = faults.refused(self.graph, node, refusal, inputs)
            return self._at_fault(node, inputs, (fault,))
        outputs, weights, macs, size, reach = answer
        if reach is not POINTWISE:
            if reach is None:
                field = self._image
            elif field is not None:
                field = through(field, reach, outputs[0])
        if node.weights_of is not None and self._are_counted_elsewhere(node):
            weights = 0
        # what `Facts(…)` would do, in half the time
        return _new(Facts, (layer, inputs, outputs, weights, macs, size, field, None, (), answer))

    def _composite(self, node: Node, inputs: tuple[Shape, ...], field: Field | None) -> Facts:
        layer = node.layer
        kind: Any = layer.__class__
        found = _walked_inside(kind, layer.values, inputs, field or pixel(), self._image)
        known = found.everything
        if found.fault is not None:
            first = found.fault
            message = f"{node.id} is {with_article(layer.kind())}; inside it {first.message}"
            fault = Diagnostic(first.severity, first.code, message, node.id)
            return self._at_fault(node, inputs, (fault,), known)
        last = known[found.last]
        every = known.values()
        return Facts(
            layer,
            inputs,
            last.outputs,
            0
            if node.weights_of and self._are_counted_elsewhere(node)
            else sum([facts.parameters or 0 for facts in every]),
            sum([facts.macs or 0 for facts in every]),
            sum([facts.activation_bytes or 0 for facts in every]),
            last.field,
            known,
        )

    def _are_counted_elsewhere(self, node: Node) -> bool:
        """Whether shared weights are counted at another node than this one that uses them.

        That is their owner; where it is bypassed, the first in the file that uses them.
        """
        owner = self.graph.nodes.get(node.weights_of or "")
        if owner is None or not owner.bypassed:
            return True
        sharing = self.graph.sharing
        users = (n for n in sharing if n.weights_of == owner.id and not n.bypassed)
        return next(users, None) is not node

    def _at_fault(
        self,
        node: Node,
        inputs: tuple[Shape | None, ...],
        found: tuple[Diagnostic, ...],
        inside: Mapping[str, Facts] | None = None,
    ) -> Facts:
        """A node of which no more is known; without faults of its own it waits for another."""
        if found:
            self.faulty.add(node.id)
        return Facts(node.layer, inputs, inside=inside, faults=found)


_new = tuple.__new__


def supposed(
    node: Node, edges: tuple[Edge, ...], nodes: Mapping[str, Node], facts: Mapping[str, Facts]
) -> Facts:
    """What would be known of a node if these wires, and no others, fed it.

    It is the walk's own answer, out of what is known of the nodes that the wires come from.
    """
    graph = Graph.of([*(nodes[edge.source] for edge in edges), node], edges)
    walk = Walk(graph, (), image=(1, 1))
    walk.facts = _Known({edge.source: facts[edge.source] for edge in edges})
    return walk._visit(node, edges)


class _Inside(NamedTuple):
    """What a walk through the inside of a composite found."""

    everything: Mapping[str, Facts]
    last: str
    fault: Diagnostic | None


@lru_cache(maxsize=1 << 12)
def _walked_inside(
    kind: Any,
    values: tuple[Any, ...],
    inputs: tuple[Shape, ...],
    field: Field,
    image: Field,
) -> _Inside:
    """Equal composites that get and see the same are walked through once."""
    graph, ordered = _inside(kind, values, inputs)
    height, width = image
    walk = Walk(graph, ordered, (inputs[0], field), (height.size, width.size))
    facts = walk.everything()
    faulty = [node_id for node_id in ordered if node_id in walk.faulty]
    return _Inside(facts, ordered[-1], facts[faulty[0]].faults[0] if faulty else None)


@lru_cache(maxsize=1 << 10)
def _inside(
    kind: Any, values: tuple[Any, ...], inputs: tuple[Shape, ...]
) -> tuple[Graph, tuple[str, ...]]:
    """The graph inside a composite, and its order."""
    layer: Layer = kind(*values)
    graph = None if layer.limit_faults else layer.inside(*inputs)
    if graph is None:
        raise OutOfRange
    return graph, order_of(graph).nodes


def _image_size(graph: Graph) -> tuple[int, int]:
    """Height and width of the first image in file order: what a cell that sees everything sees."""
    for node in ends.images(graph):
        shape = node.layer.infer()[0]
        if shape.is_image:
            return shape.height, shape.width
    return 1, 1
