"""Which wires may be drawn, what they would carry, and why others may not: asked while drawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from designer.core.analysis import Analysis
from designer.core.cycle import reason, way
from designer.core.design import Design
from designer.core.faults import no_such_input
from designer.core.graph import Edge
from designer.core.layer import Layer, Refused
from designer.core.shape import Shape
from designer.core.walk import supposed

SAMPLES = (Shape((64,)), Shape((64, 32, 32)))
"""A vector and an image, for layers whose input is not known."""
OPEN = frozenset({"missing-input", "out-of-range"})
"""Faults that a node has without the wire too."""


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
    """The other ends that a wire from one port may have; what is asked twice is judged once.

    `taken` is a wire that would go.
    """

    def __init__(
        self,
        design: Design,
        analysis: Analysis,
        node: str,
        port: int,
        *,
        output: bool,
        taken: Edge | None = None,
    ) -> None:
        self._design = design
        self._taken = taken
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

    def can_be_wired(self, other: str) -> bool:
        """Whether the node is not refused, which is told at once; `verdict` says why."""
        target = other if self._from_output else self._node
        return other not in self._beyond and self._design.nodes[target].layer.inputs != 0

    def verdict(self, other: str, port: int | None = None) -> Verdict:
        """Judge a wire to this node: to a given port of it, or to the next free one."""
        key = (other, port)
        if key not in self._known:
            self._known[key] = self._judge(other, port)
        return self._known[key]

    def _judge(self, other: str, port: int | None) -> Verdict:
        design, node = self._design, self._node
        source, target = (node, other) if self._from_output else (other, node)
        if self._from_output:
            into = free_port(design, target) if port is None else port
            edge = Edge(source, target, into, self._port)
        else:
            edge = Edge(source, target, self._port, port or 0)
        if not self.can_be_wired(other):
            path = way(design.graph, target, source)
            return Verdict(
                "refused", reason(path) if path else no_such_input(design.nodes[target], edge, 0)
            )
        fed = [e for e in design.graph.incoming.get(target, ()) if e != self._taken]
        before = next((e.source for e in fed if e.port == edge.port), "")
        return preview(design, self._analysis, edge, fed)._replace(replaces=before)


def free_port(design: Design, target: str) -> int:
    """The port that a wire dropped on a node goes to: the next free one, else the first."""
    port = design.graph.next_port(target)
    most = design.nodes[target].layer.inputs
    return port if most is None or port < most else 0


def preview(design: Design, analysis: Analysis, edge: Edge, fed: Iterable[Edge]) -> Verdict:
    """Say what the target would give if this wire fed it with those that do, or what is wrong."""
    node = design.nodes[edge.target]
    edges = (*(e for e in fed if e.port != edge.port), edge)
    facts = supposed(node, edges, design.nodes, analysis.facts)
    faults = [fault for fault in facts.faults if fault.code not in OPEN]
    if faults:
        return Verdict("doubtful", faults[0].message, edge=edge)
    return Verdict("legal", outputs=facts.outputs, edge=edge)


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
