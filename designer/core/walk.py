"""One walk over a graph: shapes, costs and receptive fields, as far as they can be known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from designer.core import ends, faults
from designer.core.diagnostic import Diagnostic
from designer.core.facts import Facts
from designer.core.field import POINTWISE, Field, Reach, pixel, through, union, whole
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer, OutOfRange, Refused, with_article
from designer.core.order import order as order_of
from designer.core.shape import Shape

Feed = tuple[Shape, Field]
"""What a composite's own Input gives: the shape and the field that arrive from outside."""

BYTES_A_VALUE = 4
"""float32, which is what activations are reckoned in."""

_NOTHING: tuple[Edge, ...] = ()


class Answer(NamedTuple):
    """What a layer says about inputs of some shapes, wherever in a net it stands."""

    outputs: tuple[Shape, ...]
    weights: int
    macs: int
    activation_bytes: int
    reach: tuple[Reach, Reach] | None


@lru_cache(maxsize=1 << 16)
def ask(layer: Layer, inputs: tuple[Shape, ...]) -> Answer:
    """Ask a layer about inputs of these shapes; equal layers of a net are asked once.

    Raises Refused with what the layer says, and OutOfRange where a parameter is off its limits.
    """
    if layer.limit_faults:
        raise OutOfRange
    outputs = layer.infer(*inputs)
    weights, macs = layer.cost(inputs, outputs)
    size = BYTES_A_VALUE * sum(shape.numel for shape in outputs)
    return Answer(outputs, weights, macs, size, layer.reach(*inputs))


@lru_cache(maxsize=1 << 16)
def settle(layer: Layer, inputs: tuple[Shape, ...], field: Field | None, image: Field) -> Facts:
    """The facts of a layer whose inputs have these shapes and see `field`; raises as `ask`."""
    outputs, weights, macs, size, reach = ask(layer, inputs)
    if reach is None:
        field = image
    elif field is not None and reach != POINTWISE:
        field = through(field, reach, outputs[0])
    return Facts(layer, inputs, outputs, weights, macs, size, field)


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
        self.facts: dict[str, Facts] = {}
        self._order = order
        self._feed = feed
        self._image = whole(*(image or _image_size(graph)))

    def everything(self) -> dict[str, Facts]:
        """Ask every node."""
        incoming, nodes, facts = self.graph.incoming, self.graph.nodes, self.facts
        for node_id in self._order:
            facts[node_id] = self._visit(nodes[node_id], incoming.get(node_id, _NOTHING))
        return facts

    def again(self, previous: Mapping[str, Facts], dirty: set[str]) -> dict[str, Facts]:
        """Ask only the dirty nodes, and those behind them whose inputs came out differently."""
        graph, nodes = self.graph, self.graph.nodes
        facts = self.facts = dict(previous)
        for node_id in previous.keys() - nodes.keys():
            del facts[node_id]
        dirty = dirty | (nodes.keys() - facts.keys())
        for node_id in self._order:
            if node_id not in dirty:
                continue
            before = facts.get(node_id)
            found = self._visit(nodes[node_id], graph.incoming.get(node_id, _NOTHING))
            facts[node_id] = found
            if before is None or (before.outputs, before.field) != (found.outputs, found.field):
                dirty.update(edge.target for edge in graph.outgoing.get(node_id, ()))
        return facts

    def _visit(self, node: Node, edges: tuple[Edge, ...]) -> Facts:
        """Gather what arrives at the ports; most nodes have one wire at port 0."""
        count = node.layer.inputs
        if count == 1 and len(edges) == 1:
            edge = edges[0]
            source = self.facts[edge.source]
            if source.outputs and edge.port == edge.output == 0:
                return self._known(node, source.outputs[:1], source.field)
        elif count is None and edges and (inputs := self._in_order(edges)):
            return self._known(node, inputs, self._united(edges, inputs))
        elif count == 0 and not edges:
            if self._feed is None:
                return self._known(node, (), pixel())
            shape, field = self._feed
            return Facts(node.layer, (), (shape,), 0, 0, 0, field)
        return self._at_ports(node, edges)

    def _in_order(self, edges: tuple[Edge, ...]) -> tuple[Shape, ...] | None:
        """The inputs of a merge whose wires stand in port order and are all known."""
        inputs: list[Shape] = []
        for port, edge in enumerate(edges):
            outputs = self.facts[edge.source].outputs
            if edge.port != port or edge.output != 0 or not outputs:
                return None
            inputs.append(outputs[0])
        return tuple(inputs)

    def _united(self, edges: tuple[Edge, ...], inputs: tuple[Shape, ...]) -> Field | None:
        return union(tuple([self.facts[edge.source].field for edge in edges]), inputs)

    def _at_ports(self, node: Node, edges: tuple[Edge, ...]) -> Facts:
        """Any wiring: out of order, from a second output, unknown, or wrong."""
        found: list[Diagnostic] = []
        count = node.layer.inputs
        if count is None:
            # not the highest port: a file may name port 10⁹, which must not cost 10⁹ cells
            count = max(1, len({edge.port for edge in edges}))
        shapes: list[Shape | None] = [None] * count
        fed: set[int] = set()
        for edge in edges:
            source = self.graph.nodes[edge.source]
            fault = faults.wrong_port(node, edge, count, fed)
            fault = fault or faults.wrong_output(node, edge, source)
            fed.add(edge.port)
            outputs = self.facts[edge.source].outputs
            if fault:
                found.append(fault)
            elif outputs and edge.output < len(outputs):
                shapes[edge.port] = outputs[edge.output]
        found = faults.with_ports_mended(self.graph, node, found)
        missing = [port for port in range(count) if port not in fed]
        # a wire at a wrong port is missed at a right one: that is one fault, not two
        misplaced = sum(fault.code == "no-such-port" for fault in found)
        found += [faults.unfed(node, port, count) for port in missing[misplaced:]]
        known = tuple(shape for shape in shapes if shape is not None)
        if found or len(known) < count:
            found += faults.off_limits(node)
            return Facts(node.layer, tuple(shapes), faults=tuple(found))
        edges = tuple(sorted(edges, key=lambda edge: edge.port))
        return self._known(node, known, self._united(edges, known))

    def _known(self, node: Node, inputs: tuple[Shape, ...], field: Field | None) -> Facts:
        """A node whose every input has a known shape; `field` is what its inputs see together."""
        layer = node.layer
        if node.bypassed and inputs:
            return Facts(layer, inputs, inputs[:1] * layer.output_count, 0, 0, 0, field)
        try:
            if layer.is_composite:
                return self._composite(node, inputs, field)
            facts = settle(layer, inputs, field, self._image)
        except OutOfRange:
            return Facts(layer, inputs, faults=faults.off_limits(node))
        except Refused as refusal:
            fault = faults.refused(self.graph, node, refusal, inputs)
            return Facts(layer, inputs, faults=(fault,))
        return facts if node.weights_of is None else facts._replace(parameters=0)

    def _composite(self, node: Node, inputs: tuple[Shape, ...], field: Field | None) -> Facts:
        layer = node.layer
        graph = None if layer.limit_faults else layer.inside(*inputs)
        if graph is None:
            raise OutOfRange
        ordered = order_of(graph).nodes
        height, width = self._image
        walk = Walk(graph, ordered, (inputs[0], field or pixel()), (height.size, width.size))
        every = walk.everything().values()
        for facts in every:
            if facts.faults:
                first = facts.faults[0]
                message = (
                    f"{node.id} is {with_article(layer.kind())}; inside it {first.message}"
                )
                fault = Diagnostic(first.severity, first.code, message, node.id)
                return Facts(layer, inputs, inside=walk.facts, faults=(fault,))
        last = walk.facts[ordered[-1]]
        return Facts(
            layer,
            inputs,
            last.outputs,
            0 if node.weights_of else sum(facts.parameters or 0 for facts in every),
            sum(facts.macs or 0 for facts in every),
            sum(facts.activation_bytes or 0 for facts in every),
            last.field,
            walk.facts,
        )


def _image_size(graph: Graph) -> tuple[int, int]:
    """Height and width of the first image in file order: what a cell that sees everything sees."""
    for node in ends.images(graph):
        shape = node.layer.infer()[0]
        if shape.is_image:
            return shape.height, shape.width
    return 1, 1
