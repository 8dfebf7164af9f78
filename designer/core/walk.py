"""One walk over a graph: shapes, costs and receptive fields, as far as they can be known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import InsertLayer, SetParam
from designer.core.field import POINTWISE, Field, Reach, pixel, through, union, whole
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Insert, Layer, OutOfRange, Refused, ask
from designer.core.order import order as order_of
from designer.core.shape import Shape


class Facts(NamedTuple):
    """What is known of one node; None says that it cannot be known.

    `inputs` has one shape a port. `parameters` counts learned weights, `macs` the
    multiply–accumulates for one image, `activation_bytes` the outputs for one image in float32.
    `inside` holds the facts of a composite's own nodes.
    """

    layer: Layer
    inputs: tuple[Shape | None, ...] = ()
    fields: tuple[Field | None, ...] = ()
    outputs: tuple[Shape, ...] | None = None
    parameters: int | None = None
    macs: int | None = None
    activation_bytes: int | None = None
    field: Field | None = None
    inside: Mapping[str, Facts] | None = None
    faults: tuple[Diagnostic, ...] = ()

    @property
    def output(self) -> Shape | None:
        """The shape of the first output, or None where it is not known."""
        return self.outputs[0] if self.outputs else None


Feed = tuple[Shape, Field]
"""What a composite's own Input gives: the shape and the field that arrive from outside."""


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
        self._image = image or _image_size(graph)

    def everything(self) -> dict[str, Facts]:
        """Ask every node."""
        incoming, nodes, facts = self.graph.incoming, self.graph.nodes, self.facts
        for node_id in self._order:
            facts[node_id] = self._visit(nodes[node_id], incoming.get(node_id, ()))
        return facts

    def again(self, previous: Mapping[str, Facts], dirty: set[str]) -> dict[str, Facts]:
        """Ask only the dirty nodes, and those behind them whose inputs came out differently."""
        graph, nodes = self.graph, self.graph.nodes
        facts = self.facts = {n: f for n, f in previous.items() if n in nodes}
        dirty = dirty | (nodes.keys() - facts.keys())
        for node_id in self._order:
            if node_id not in dirty:
                continue
            before = facts.get(node_id)
            found = self._visit(nodes[node_id], graph.incoming.get(node_id, ()))
            facts[node_id] = found
            if before is None or (before.outputs, before.field) != (found.outputs, found.field):
                dirty.update(edge.target for edge in graph.outgoing.get(node_id, ()))
        return facts

    def _visit(self, node: Node, edges: tuple[Edge, ...]) -> Facts:
        layer = node.layer
        if layer.inputs == 0 and not edges:
            return self._source(node)
        if layer.inputs == 1 and len(edges) == 1 and edges[0].port == 0:
            edge = edges[0]
            source = self.facts[edge.source]
            shapes = source.outputs
            if shapes is None or edge.output >= len(shapes):
                return Facts(layer, (None,), (None,), faults=self._output_fault(node, edge))
            inputs: tuple[Shape, ...] = (shapes[edge.output],)
            fields: tuple[Field | None, ...] = (source.field,)
            return self._known(node, inputs, fields)
        return self._merge(node, edges)

    def _source(self, node: Node) -> Facts:
        if self._feed is not None:
            shape, field = self._feed
            return Facts(node.layer, outputs=(shape,), parameters=0, macs=0, field=field,
                         activation_bytes=0)  # fmt: skip
        return self._known(node, (), ())

    def _merge(self, node: Node, edges: tuple[Edge, ...]) -> Facts:
        """A node with several inputs, or with ports fed wrongly."""
        layer = node.layer
        if edges and layer.inputs is None and (inputs := self._in_order(edges)):
            return self._known(node, inputs, tuple(self.facts[e.source].field for e in edges))
        faults: list[Diagnostic] = []
        count = layer.inputs
        if count is None:
            # not the highest port: a file may name port 10⁹, which must not cost 10⁹ cells
            count = max(1, len({edge.port for edge in edges}))
        shapes: list[Shape | None] = [None] * count
        fields: list[Field | None] = [None] * count
        fed: set[int] = set()
        for edge in edges:
            fault = _port_fault(node, edge, count, fed)
            fed.add(edge.port)
            if fault:
                faults.append(fault)
                continue
            source = self.facts[edge.source]
            faults.extend(self._output_fault(node, edge))
            if source.outputs and edge.output < len(source.outputs):
                shapes[edge.port] = source.outputs[edge.output]
                fields[edge.port] = source.field
        faults.extend(_unfed(node, port, count) for port in range(count) if port not in fed)
        known = tuple(shape for shape in shapes if shape is not None)
        if faults or len(known) < count:
            return Facts(layer, tuple(shapes), tuple(fields), faults=tuple(faults))
        return self._known(node, known, tuple(fields))

    def _in_order(self, edges: tuple[Edge, ...]) -> tuple[Shape, ...] | None:
        """The inputs of a merge whose wires stand in port order and are all known."""
        inputs: list[Shape] = []
        for port, edge in enumerate(edges):
            outputs = self.facts[edge.source].outputs
            if edge.port != port or edge.output != 0 or not outputs:
                return None
            inputs.append(outputs[0])
        return tuple(inputs)

    def _known(
        self, node: Node, inputs: tuple[Shape, ...], fields: tuple[Field | None, ...]
    ) -> Facts:
        """A node whose every input has a known shape."""
        layer = node.layer
        if node.bypassed and inputs:
            return Facts(layer, inputs, fields, inputs[:1], 0, 0, 0, fields[0])
        try:
            if layer.is_composite:
                return self._composite(node, inputs, fields)
            outputs, weights, macs, size, reach = ask(layer, *inputs)
        except OutOfRange:
            return Facts(layer, inputs, fields, faults=_limit_faults(node))
        except Refused as refusal:
            return Facts(layer, inputs, fields, faults=(self._refusal(node, refusal, inputs),))
        field = self._field(reach, fields)
        if node.weights_of is None:
            return Facts(layer, inputs, fields, outputs, weights, macs, size, field)
        return Facts(layer, inputs, fields, outputs, 0, macs, size, field)

    def _field(
        self, reach: tuple[Reach, Reach] | None, fields: tuple[Field | None, ...]
    ) -> Field | None:
        if not fields:
            return pixel()
        field = fields[0]
        if len(fields) > 1:
            known = [field for field in fields if field is not None]
            field = union(known) if len(known) == len(fields) else None
        if field is None or reach is POINTWISE:
            return field
        return whole(*self._image) if reach is None else through(field, reach)

    def _composite(
        self,
        node: Node,
        inputs: tuple[Shape, ...],
        fields: tuple[Field | None, ...],
    ) -> Facts:
        graph = node.layer.inside(*inputs)
        if node.layer.limit_faults or graph is None:
            raise OutOfRange
        feed = (inputs[0], fields[0] or pixel())
        ordered = order_of(graph).nodes
        walk = Walk(graph, ordered, feed, self._image)
        walk.everything()
        faults = [fault for facts in walk.facts.values() for fault in facts.faults]
        if faults:
            first = faults[0]
            message = f"{node.id} is a {node.layer.kind()}; inside it {first.message}"
            fault = Diagnostic(first.severity, first.code, message, node.id)
            return Facts(node.layer, inputs, fields, inside=walk.facts, faults=(fault,))
        last = walk.facts[ordered[-1]]
        every = walk.facts.values()
        return Facts(
            node.layer,
            inputs,
            fields,
            last.outputs,
            0 if node.weights_of else sum(facts.parameters or 0 for facts in every),
            sum(facts.macs or 0 for facts in every),
            sum(facts.activation_bytes or 0 for facts in every),
            last.field,
            walk.facts,
        )

    def _output_fault(self, node: Node, edge: Edge) -> tuple[Diagnostic, ...]:
        source = self.graph.nodes[edge.source]
        count = source.layer.output_count
        if edge.output < count:
            return ()
        message = (
            f"{node.id} reads output {edge.output} of {edge.source}, which has "
            f"{count} (0 … {count - 1}): choose one of those"
        )
        return (Diagnostic("error", "no-such-output", message, node.id, port=edge.port),)

    def _refusal(self, node: Node, refusal: Refused, inputs: tuple[Shape, ...]) -> Diagnostic:
        edges = self.graph.incoming.get(node.id, ())
        feeding = next((edge for edge in edges if edge.port == refusal.port), None)
        message = refusal.message.format(
            node=node.id,
            layer=node.layer.kind(),
            input=feeding.source if feeding else "its input",
            sources=", ".join(
                f"{edge.source} gives {inputs[edge.port]}"
                for edge in sorted(edges, key=lambda edge: edge.port)
            ),
        )
        fixes = []
        for remedy in refusal.remedies:
            if not isinstance(remedy, Insert):
                change = SetParam(node.id, remedy.parameter, remedy.value)
                fixes.append(Fix(remedy.label, change, remedy.safe))
            elif feeding is not None:
                insert = InsertLayer(feeding, remedy.layer)
                fixes.append(Fix(remedy.label, insert, remedy.safe))
        return Diagnostic(
            "error",
            refusal.code,
            message,
            node.id,
            refusal.param,
            refusal.port,
            tuple(fixes),
        )


def _image_size(graph: Graph) -> tuple[int, int]:
    """Height and width of the first image in file order: what a cell that sees everything sees."""
    for node in ends.images(graph):
        shape = node.layer.infer()[0]
        if shape.is_image:
            return shape.height, shape.width
    return 1, 1


def _limit_faults(node: Node) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic("error", "out-of-range", f"{node.id}: {sentence}", node.id, name)
        for name, sentence in node.layer.limit_faults
    )


def _unfed(node: Node, port: int, count: int) -> Diagnostic:
    where = "its input" if count == 1 else f"input {port}"
    message = f"{node.id} gets nothing at {where}: connect the output of another node to it"
    return Diagnostic("error", "missing-input", message, node.id, port=port)


def _port_fault(node: Node, edge: Edge, count: int, fed: set[int]) -> Diagnostic | None:
    kind = node.layer.kind()
    if edge.port >= count and node.layer.inputs is None:
        message = (
            f"{edge.source} feeds input {edge.port} of {node.id}, which has {count} wires at "
            f"ports 0 … {count - 1}: connect it to the next free port"
        )
        return Diagnostic("error", "no-such-port", message, node.id, port=edge.port)
    if edge.port >= count:
        message = (
            f"{edge.source} feeds input {edge.port} of {node.id}, but a {kind} has "
            f"{count or 'no'} input{'' if count == 1 else 's'}: remove the wire"
        )
        return Diagnostic("error", "no-such-port", message, node.id, port=edge.port)
    if edge.port in fed:
        message = (
            f"{edge.source} feeds input {edge.port} of {node.id}, which another node feeds "
            "already: one port takes one wire, so remove one or add a merge"
        )
        return Diagnostic("error", "port-fed-twice", message, node.id, port=edge.port)
    return None
