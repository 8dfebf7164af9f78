"""The faults that a node has by itself: wires at wrong ports, values off limits, refused inputs."""

from __future__ import annotations

from collections.abc import Sequence

from designer.core.cycle import reason
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edit import Edit
from designer.core.edits import (
    Disconnect,
    InsertBefore,
    InsertLayer,
    RemoveNodes,
    Rewire,
    SetSharedParam,
    Several,
)
from designer.core.graph import LONGEST_SPOKEN, Edge, Graph, Node, spoken
from designer.core.layer import Change, Insert, Refused, Remedy, Together, with_article
from designer.core.parameter import LARGEST, Parameter, listed
from designer.core.shape import Shape

FAULTS = {
    "out-of-range": "A parameter or setting lies outside its limits.",
    "missing-input": "Nothing feeds an input of a node.",
    "port-fed-twice": "Two wires end at one input; one port takes one wire.",
    "no-such-port": "A wire ends at an input that the node does not have.",
    "no-such-output": "A wire begins at an output that the node does not have.",
    "cycle": "Nodes depend on each other in a circle, so none of them can be computed first.",
}
"""What the codes of this file mean; the manual's page is made of it."""

MOST_NAMED = 3
"""Inputs of a merge that a sentence names one by one."""


def off_limits(node: Node) -> tuple[Diagnostic, ...]:
    """A diagnostic for every parameter outside its limits."""
    known = {parameter.name: parameter for parameter in node.layer.parameters()}
    return tuple(
        Diagnostic(
            "error",
            "out-of-range",
            f"{node.name}: {sentence}",
            node.id,
            name,
            fixes=_within_limits(node, known[name]),
        )
        for name, sentence in node.layer.limit_faults
    )


def _within_limits(node: Node, parameter: Parameter) -> tuple[Fix, ...]:
    value = nearest_legal(parameter, getattr(node.layer, parameter.name))
    if value is None:
        return ()
    said = f"[{listed(value)}]" if isinstance(value, tuple) else f"{value:,}"
    return (Fix(f"Set {parameter.name} to {said}", SetSharedParam(node.id, parameter.name, value)),)


def nearest_legal(parameter: Parameter, value: object) -> object | None:
    """The value moved to the nearest limit that it breaks; None where there is no nearest one."""
    if isinstance(value, tuple):
        members = [nearest_legal(parameter, member) for member in value]
        moved: object = tuple(members)
        return None if None in members else moved
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    if parameter.fault(value) is None:
        return value
    if parameter.above is not None and not value > parameter.above:
        return parameter.default if parameter.fault(parameter.default) is None else None
    whole = isinstance(value, int)
    least = parameter.minimum if parameter.minimum is not None else -LARGEST
    most = parameter.maximum if parameter.maximum is not None else LARGEST
    limit = least if value < least else most
    return int(limit) if whole else float(limit)


def unfed(node: Node, port: int, count: int) -> Diagnostic:
    """An input port that no wire reaches."""
    where = "its input" if count == 1 else f"input {port}"
    message = f"{node.name} gets nothing at {where}: connect the output of another node to it"
    return Diagnostic("error", "missing-input", message, node.id, port=port)


def free_ports(edges: Sequence[Edge], count: int) -> list[int]:
    """The ports of a node that no wire is led to rightly."""
    right = {e.port for e in edges if e.port_name is None}
    return [port for port in range(count) if port not in right]


def wrong_port(
    node: Node, edge: Edge, count: int, fed: set[int], free: list[int]
) -> Diagnostic | None:
    """A wire to a port that is not there, or that has a wire already; None where it is right.

    A wire that can be led to one of the `free` ports takes it from them.
    """
    source = spoken(edge.source)
    if edge.port_name is None and 0 <= edge.port < count:
        if edge.port not in fed:
            return None
        message = (
            f"{source} feeds input {edge.port} of {node.name}, which another node feeds "
            "already: one port takes one wire, so remove one or add a merge"
        )
        fix = Fix(f"Remove the wire from {source}", Disconnect((edge,)))
        return Diagnostic("error", "port-fed-twice", message, node.id, port=edge.port, fixes=(fix,))
    named = _numbered(edge.port) if edge.port_name is None else spoken(edge.port_name)
    if node.layer.inputs is None:
        message = (
            f"{source} feeds input {named} of {node.name}, but its {count} "
            f"wire{'' if count == 1 else 's'} must stand at "
            f"{'port 0' if count == 1 else f'ports 0 … {count - 1}'}: use the next free port"
        )
    else:
        message = f"{no_such_input(node, edge, count)}: remove the wire"
    fix = Fix(f"Remove the wire from {source}", Disconnect((edge,)))
    if free:
        moved = Rewire(edge, free.pop(0), edge.output)
        fix = Fix(moved.label[0].upper() + moved.label[1:], moved)
    return Diagnostic("error", "no-such-port", message, node.id, port=edge.port, fixes=(fix,))


def no_such_input(node: Node, edge: Edge, count: int) -> str:
    """What is wrong with a wire to a port that a node with so many inputs does not have."""
    named = _numbered(edge.port) if edge.port_name is None else spoken(edge.port_name)
    return (
        f"{spoken(edge.source)} feeds input {named} of {node.name}, but "
        f"{with_article(node.layer.kind())} has {_inputs(count)}"
    )


def wrong_output(node: Node, edge: Edge, source: Node) -> Diagnostic | None:
    """A wire from an output that the source does not have; None where it is right."""
    count = source.layer.output_count
    if edge.output_name is None and 0 <= edge.output < count:
        return None
    named = _numbered(edge.output) if edge.output_name is None else spoken(edge.output_name)
    has = "only output 0" if count == 1 else f"{count} (0 … {count - 1})"
    message = (
        f"{node.name} reads output {named} of {source.name}, which has {has}: "
        "choose one that is there"
    )
    fix: tuple[Fix, ...] = ()
    if count:
        first = Rewire(edge, edge.port, 0)
        fix = (Fix(first.label[0].upper() + first.label[1:], first),)
    return Diagnostic("error", "no-such-output", message, node.id, port=edge.port, fixes=fix)


def cycle(graph: Graph, path: tuple[str, ...]) -> Diagnostic:
    """Nodes that depend on each other; the wire to remove is the last one that was drawn."""
    message = f"{reason(path)}: remove one of these wires"
    wires = _closing(graph, path)
    what = "wire" if len(wires) == 1 else f"{len(wires)} wires"
    label = f"Remove the {what} {spoken(wires[0].source)} → {spoken(wires[0].target)}"
    fixes = (Fix(label, Disconnect(wires)),)
    return Diagnostic("error", "cycle", message, path[0], fixes=fixes)


def _closing(graph: Graph, path: tuple[str, ...]) -> tuple[Edge, ...]:
    """The step of a cycle whose loss does least harm: the last one into a node that has others."""
    steps: dict[tuple[str, str], list[Edge]] = {}
    on_it = set(zip(path, (*path[1:], path[0]), strict=True))
    for edge in graph.edges:
        if (edge.source, edge.target) in on_it:
            steps.setdefault((edge.source, edge.target), []).append(edge)
    spare = [w for w in steps.values() if len(graph.incoming[w[0].target]) > len(w)]
    return tuple((spare or list(steps.values()))[-1])


def refused(graph: Graph, node: Node, refusal: Refused, inputs: Sequence[Shape]) -> Diagnostic:
    """What a layer says against its inputs, with the names that it cannot know."""
    edges = sorted(graph.incoming.get(node.id, ()), key=lambda edge: edge.port)
    feeding = next((edge for edge in edges if edge.port == refusal.port), None)
    message = refusal.message.format(
        node=node.name,
        a_layer=with_article(node.layer.kind()),
        input=spoken(feeding.source) if feeding else "its input",
        sources=_sources(edges, refusal.port, inputs),
    )
    fixes = []
    for remedy in refusal.remedies:
        edit = _edit(node, remedy, feeding)
        if edit is not None:
            fixes.append(Fix(remedy.label.format(node=node.name), edit, remedy.safe))
    return Diagnostic(
        "error", refusal.code, message, node.id, refusal.param, refusal.port, tuple(fixes)
    )


def _sources(edges: Sequence[Edge], refused: int, inputs: Sequence[Shape]) -> str:
    """Who gives what; of many inputs the refused one, one that differs, and how many more."""
    shown = list(edges)
    if len(shown) > MOST_NAMED:
        other = next(e for e in edges if inputs[e.port] != inputs[refused])
        shown = [other, next(e for e in edges if e.port == refused)]
    said = [f"{spoken(edge.source)} gives {inputs[edge.port]}" for edge in shown]
    more = len(edges) - len(shown)
    return ", ".join(said) + (f" (and {more} more)" if more else "")


def _edit(node: Node, remedy: Remedy, feeding: Edge | None) -> Edit | None:
    """The edit that a remedy stands for; None where there is no wire to put something on."""
    if isinstance(remedy, Change):
        return SetSharedParam(node.id, remedy.parameter, remedy.value)
    if isinstance(remedy, Together):
        steps = [_edit(node, step, feeding) for step in remedy.steps]
        label = remedy.label[0].lower() + remedy.label[1:]
        return Several(label, tuple(step for step in steps if step is not None))
    if isinstance(remedy, Insert):
        if remedy.port is not None:
            return InsertBefore(node.id, remedy.port, remedy.layer)
        return InsertLayer(feeding, remedy.layer) if feeding else None
    return RemoveNodes(frozenset({node.id}))


def _numbered(port: int) -> str:
    text = str(port)
    return text if len(text) < LONGEST_SPOKEN else f"{text[: LONGEST_SPOKEN // 2]}…"


def _inputs(count: int) -> str:
    if count == 0:
        return "no input"
    return "only input 0" if count == 1 else f"inputs 0 … {count - 1}"
