"""One walk over a graph: shapes, costs and receptive fields, as far as they can be known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import InsertOnEdge, SetParam
from designer.core.field import Field, pixel, through, union, whole
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Insert, Layer, Refused
from designer.core.order import order as order_of
from designer.core.shape import Shape

BYTES_A_VALUE = 4
"""float32, which is what activations are reckoned in."""

PLAIN = (False, False)


@dataclass(frozen=True, slots=True)
class Facts:
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
    variant: tuple[bool, bool] = PLAIN
    """Whether the node was bypassed, and whether it used another node's weights."""

    @property
    def output(self) -> Shape | None:
        """The shape of the first output, or None where it is not known."""
        return self.outputs[0] if self.outputs else None


Feed = tuple[Shape, Field]
"""What a composite's own Input gives: the shape and the field that arrive from outside."""


class Walk:
    """Facts for every node of a graph, in order; reuses those of an earlier walk where it may."""

    def __init__(
        self,
        graph: Graph,
        order: tuple[str, ...],
        previous: Mapping[str, Facts] | None = None,
        feed: Feed | None = None,
        image: tuple[int, int] = (1, 1),
    ) -> None:
        self.graph = graph
        self.facts: dict[str, Facts] = {}
        self._previous = previous or {}
        self._feed = feed
        self._image = image
        incoming, nodes = graph.incoming, graph.nodes
        for node_id in order:
            node = nodes[node_id]
            self.facts[node_id] = self._visit(node, incoming.get(node_id, ()))

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
        facts = self._known(node, (), ())
        if facts.outputs and facts.outputs[0].is_image and self._image == (1, 1):
            self._image = facts.outputs[0][1:]  # type: ignore[assignment]
        return facts

    def _merge(self, node: Node, edges: tuple[Edge, ...]) -> Facts:
        """A node with several inputs, or with ports fed wrongly."""
        layer = node.layer
        faults: list[Diagnostic] = []
        count = layer.inputs
        if count is None:
            count = 1 + max((edge.port for edge in edges), default=0)
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

    def _known(
        self, node: Node, inputs: tuple[Shape, ...], fields: tuple[Field | None, ...]
    ) -> Facts:
        """A node whose every input has a known shape."""
        layer = node.layer
        before = self._previous.get(node.id)
        if (
            before is not None
            and before.layer is layer
            and before.inputs == inputs
            and before.fields == fields
            and before.variant == (node.bypassed, node.weights_of is not None)
            and not before.faults
        ):
            return before
        if layer.limit_faults:
            return Facts(layer, inputs, fields, faults=_limit_faults(node))
        if node.bypassed and inputs:
            variant = (True, node.weights_of is not None)
            return Facts(layer, inputs, fields, inputs[:1], 0, 0, 0, fields[0], variant=variant)
        try:
            inside = layer.inside(*inputs)
            if inside is not None:
                return self._composite(node, inside, inputs, fields)
            outputs = layer.infer(*inputs)
        except Refused as refusal:
            return Facts(layer, inputs, fields, faults=(self._refusal(node, refusal, inputs),))
        weights, macs = layer.cost(inputs, outputs)
        size = 0
        for shape in outputs:
            size += shape.numel
        field = self._field(layer, inputs, fields)
        if node.weights_of is None:
            return Facts(
                layer,
                inputs,
                fields,
                outputs,
                weights,
                macs,
                BYTES_A_VALUE * size,
                field,
            )
        return Facts(layer, inputs, fields, outputs, 0, macs, BYTES_A_VALUE * size, field,
                     variant=(False, True))  # fmt: skip

    def _field(
        self, layer: Layer, inputs: tuple[Shape, ...], fields: tuple[Field | None, ...]
    ) -> Field | None:
        if not inputs:
            return pixel()
        known = [field for field in fields if field is not None]
        if len(known) < len(fields):
            return None
        reach = layer.reach(*inputs)
        if reach is None:
            return whole(*self._image)
        field = known[0] if len(known) == 1 else union(known)
        first, second = reach
        if first.stride == second.stride == 1 and first.first == first.last == 0 == second.last:
            return field
        return through(field, reach)

    def _composite(
        self,
        node: Node,
        graph: Graph,
        inputs: tuple[Shape, ...],
        fields: tuple[Field | None, ...],
    ) -> Facts:
        feed = (inputs[0], fields[0] or pixel())
        ordered = order_of(graph).nodes
        walk = Walk(graph, ordered, feed=feed, image=self._image)
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
            variant=(False, node.weights_of is not None),
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
                new = Node(self.graph.free_id(remedy.layer.stem()), remedy.layer)
                fixes.append(Fix(remedy.label, InsertOnEdge(feeding, new), remedy.safe))
        return Diagnostic(
            "error",
            refusal.code,
            message,
            node.id,
            refusal.param,
            refusal.port,
            tuple(fixes),
        )


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
