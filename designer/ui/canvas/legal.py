"""Which wires may be drawn, what they would carry, and why others may not: asked while drawing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.graph import Edge, Node
from designer.core.layer import Layer, Refused, with_article
from designer.core.shape import Shape

SAMPLES = (Shape((64,)), Shape((64, 32, 32)))
"""A vector and an image, for layers whose input is not known."""


class Verdict(NamedTuple):
    """`legal`: the target takes what arrives. `doubtful`: it can be wired, and will be at fault,
    as `sentence` says. `refused`: it cannot be wired at all."""

    kind: Literal["legal", "doubtful", "refused"]
    sentence: str = ""
    outputs: tuple[Shape, ...] | None = None
    edge: Edge | None = None
    replaces: str = ""
    """The node whose wire would have to give way."""


class Targets:
    """The other ends that a wire from one port may have; what is asked twice is judged once."""

    def __init__(
        self, design: Design, analysis: Analysis, node: str, port: int, *, output: bool
    ) -> None:
        self._design = design
        self._analysis = analysis
        self._node = node
        self._port = port
        self._from_output = output
        grouped = design.graph.incoming if output else design.graph.outgoing
        end = "source" if output else "target"
        self._beyond = {node}
        stack = [node]
        while stack:
            for edge in grouped.get(stack.pop(), ()):
                other = getattr(edge, end)
                if other not in self._beyond:
                    self._beyond.add(other)
                    stack.append(other)
        self._known: dict[tuple[str, int | None], Verdict] = {}

    def verdict(self, other: str, port: int | None = None) -> Verdict:
        """Judge a wire to this node: to a given port of it, or to the next free one."""
        key = (other, port)
        if key not in self._known:
            self._known[key] = self._judge(other, port)
        return self._known[key]

    def _judge(self, other: str, port: int | None) -> Verdict:
        design, node = self._design, self._node
        if other == node:
            return Verdict("refused", f"{node} cannot feed itself: a net has no cycles")
        if other in self._beyond:
            first, last = (node, other) if self._from_output else (other, node)
            return Verdict(
                "refused", f"{first} already depends on {last}: the wire would close a cycle"
            )
        source, target = (node, other) if self._from_output else (other, node)
        layer = design.nodes[target].layer
        if layer.inputs == 0:
            return Verdict("refused", f"{target} is an {layer.kind()} and has no input")
        if design.nodes[source].layer.role == "output":
            return Verdict("refused", f"{source} marks an output of the net and feeds nothing")
        if self._from_output:
            into = free_port(design, target) if port is None else port
            edge = Edge(source, target, into, self._port)
        else:
            edge = Edge(source, target, self._port, port or 0)
        fed = design.graph.incoming.get(target, ())
        before = next((e.source for e in fed if e.port == edge.port), "")
        return preview(design, self._analysis, edge)._replace(replaces=before)


def free_port(design: Design, target: str) -> int:
    """The port that a wire dropped on a node goes to: the next free one, else the first."""
    port = design.graph.next_port(target)
    most = design.nodes[target].layer.inputs
    return port if most is None or port < most else 0


def preview(design: Design, analysis: Analysis, edge: Edge) -> Verdict:
    """Say what the target would give if this wire fed it, or why it could not take it."""
    node = design.nodes[edge.target]
    shape = output_shape(analysis, edge.source, edge.output)
    shapes: dict[int, Shape | None] = {
        e.port: output_shape(analysis, e.source, e.output)
        for e in design.graph.incoming.get(edge.target, ())
    }
    shapes[edge.port] = shape
    count = node.layer.inputs if node.layer.inputs is not None else max(shapes) + 1
    arriving = [shapes.get(port) for port in range(count)]
    known = tuple(s for s in arriving if s is not None)
    if len(known) < count or node.layer.limit_faults:
        return Verdict("legal", edge=edge)
    try:
        return Verdict("legal", outputs=node.layer.infer(*known), edge=edge)
    except Refused as refusal:
        return Verdict("doubtful", _sentence(refusal, node, edge, design, known), edge=edge)


def output_shape(analysis: Analysis, node: str, output: int = 0) -> Shape | None:
    """The shape of an output of a node, as far as it is known."""
    facts = analysis.facts.get(node)
    if facts is None or facts.outputs is None or not 0 <= output < len(facts.outputs):
        return None
    return facts.outputs[output]


def can_follow(layer: Layer, before: Layer, shape: Shape | None) -> bool:
    """Whether a new layer is wired to one whose output has this shape, if that is known.

    It is, where it takes the shape or says how that can be mended. Of an unknown shape the layer
    before tells whether it is a vector or an image.
    """
    if shape is not None:
        return _bears(layer, shape)
    shapes = [given for sample in SAMPLES if (given := _given(before, sample)) is not None]
    return layer.inputs != 0 if not shapes else any(_bears(layer, each) for each in shapes)


def _given(layer: Layer, shape: Shape) -> Shape | None:
    if layer.limit_faults:
        return None
    try:
        return layer.infer(*[shape] * (layer.inputs or 1))[0]
    except Refused:
        return None


def _bears(layer: Layer, shape: Shape) -> bool:
    if layer.inputs == 0:
        return False
    if layer.limit_faults:
        return True
    try:
        layer.infer(*[shape] * (layer.inputs or 1))
    except Refused as refusal:
        return bool(refusal.remedies)
    return True


def takes(layer: Layer, shape: Shape | None) -> bool:
    """Whether a new layer of this kind could stand behind an output of this shape."""
    if layer.inputs == 0:
        return False
    if shape is None or layer.limit_faults:
        return True
    try:
        layer.infer(*[shape] * (layer.inputs or 1))
    except Refused:
        return False
    return True


def _sentence(
    refusal: Refused, node: Node, edge: Edge, design: Design, shapes: tuple[Shape, ...]
) -> str:
    feeding = {e.port: e.source for e in design.graph.incoming.get(node.id, ())}
    feeding[edge.port] = edge.source
    sources = ", ".join(
        f"{feeding[port]} gives {shapes[port]}" for port in sorted(feeding) if port < len(shapes)
    )
    source = feeding.get(refusal.port, "its input")
    return refusal.message.format(
        node=node.id,
        a_layer=with_article(node.layer.kind()),
        input=source,
        sources=sources,
    )
