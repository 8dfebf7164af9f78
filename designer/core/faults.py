"""The faults that a node has by itself: wires at wrong ports, values off limits, refused inputs."""

from __future__ import annotations

from collections.abc import Sequence

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import InsertLayer, SetParam
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Insert, Refused
from designer.core.shape import Shape


def off_limits(node: Node) -> tuple[Diagnostic, ...]:
    """A diagnostic for every parameter outside its limits."""
    return tuple(
        Diagnostic("error", "out-of-range", f"{node.id}: {sentence}", node.id, name)
        for name, sentence in node.layer.limit_faults
    )


def unfed(node: Node, port: int, count: int) -> Diagnostic:
    """An input port that no wire reaches."""
    where = "its input" if count == 1 else f"input {port}"
    message = f"{node.id} gets nothing at {where}: connect the output of another node to it"
    return Diagnostic("error", "missing-input", message, node.id, port=port)


def wrong_port(node: Node, edge: Edge, count: int, fed: set[int]) -> Diagnostic | None:
    """A wire to a port that is not there, or that has a wire already; None where it is right."""
    kind = node.layer.kind()
    if edge.port in fed:
        message = (
            f"{edge.source} feeds input {edge.port} of {node.id}, which another node feeds "
            "already: one port takes one wire, so remove one or add a merge"
        )
        return Diagnostic("error", "port-fed-twice", message, node.id, port=edge.port)
    if 0 <= edge.port < count:
        return None
    if node.layer.inputs is None:
        message = (
            f"{edge.source} feeds input {edge.port} of {node.id}, but its {count} "
            f"wire{'' if count == 1 else 's'} must stand at "
            f"{'port 0' if count == 1 else f'ports 0 … {count - 1}'}: use the next free port"
        )
    else:
        message = (
            f"{edge.source} feeds input {edge.port} of {node.id}, but {with_article(kind)} has "
            f"{_inputs(count)}: remove the wire"
        )
    return Diagnostic("error", "no-such-port", message, node.id, port=edge.port)


def wrong_output(node: Node, edge: Edge, source: Node) -> Diagnostic | None:
    """A wire from an output that the source does not have; None where it is right."""
    count = source.layer.output_count
    if edge.output < count:
        return None
    message = (
        f"{node.id} reads output {edge.output} of {edge.source}, which has "
        f"{count} (0 … {count - 1}): choose one of those"
    )
    return Diagnostic("error", "no-such-output", message, node.id, port=edge.port)


def refused(graph: Graph, node: Node, refusal: Refused, inputs: Sequence[Shape]) -> Diagnostic:
    """What a layer says against its inputs, with the names that it cannot know."""
    edges = sorted(graph.incoming.get(node.id, ()), key=lambda edge: edge.port)
    feeding = next((edge for edge in edges if edge.port == refusal.port), None)
    message = refusal.message.format(
        node=node.id,
        a_layer=with_article(node.layer.kind()),
        input=feeding.source if feeding else "its input",
        sources=", ".join(f"{edge.source} gives {inputs[edge.port]}" for edge in edges),
    )
    fixes = []
    for remedy in refusal.remedies:
        if not isinstance(remedy, Insert):
            change = SetParam(node.id, remedy.parameter, remedy.value)
            fixes.append(Fix(remedy.label, change, remedy.safe))
        elif feeding is not None:
            fixes.append(Fix(remedy.label, InsertLayer(feeding, remedy.layer), remedy.safe))
    return Diagnostic(
        "error", refusal.code, message, node.id, refusal.param, refusal.port, tuple(fixes)
    )


def with_article(kind: str) -> str:
    """A layer's name as a sentence says it: a ReLU, an Inception."""
    return f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}"


def _inputs(count: int) -> str:
    if count == 0:
        return "no input"
    return "only input 0" if count == 1 else f"inputs 0 … {count - 1}"
