"""The analysis: everything that can be read off a design, in one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.core.graph import Graph
from designer.core.order import Order, order
from designer.core.rule import Rule, Scene, judge
from designer.core.walk import Facts, Walk


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the nodes that are known: `known` of `nodes`."""

    parameters: int
    macs: int
    activation_bytes: int
    known: int
    nodes: int


@dataclass(frozen=True)
class Analysis:
    """Facts for every node and the design's faults; it says what it knows.

    A fault is reported once, where it is; what depends on it has facts of None.
    """

    graph: Graph
    ordering: Order
    facts: Mapping[str, Facts]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The nodes that are on no cycle and behind none, sources first."""
        return self.ordering.nodes

    @property
    def is_valid(self) -> bool:
        """Whether no diagnostic is an error."""
        return not any(d.severity == "error" for d in self.diagnostics)

    @cached_property
    def by_node(self) -> Mapping[str | None, tuple[Diagnostic, ...]]:
        """The diagnostics of each node that has any; those of the whole design under None."""
        groups: dict[str | None, tuple[Diagnostic, ...]] = {}
        for diagnostic in self.diagnostics:
            groups[diagnostic.node] = (*groups.get(diagnostic.node, ()), diagnostic)
        return groups

    @cached_property
    def totals(self) -> Totals:
        """The sums over all nodes that are known."""
        known = [f for f in self.facts.values() if f.outputs is not None]
        return Totals(
            sum(f.parameters or 0 for f in known),
            sum(f.macs or 0 for f in known),
            sum(f.activation_bytes or 0 for f in known),
            len(known),
            len(self.graph.nodes),
        )


def analyze(
    design: Design,
    rules: Sequence[Rule] = (),
    data: DataDescription | None = None,
    previous: Analysis | None = None,
) -> Analysis:
    """Read shapes, costs, receptive fields and faults off a design; never raises on a bad one.

    `previous` is an analysis of an earlier state: whatever has the same layer object and the
    same input shapes is taken from it.
    """
    graph = design.graph
    ordering = _ordering(graph, previous)
    walk = Walk(graph, ordering.nodes, previous.facts if previous else None)
    facts: dict[str, Facts] = walk.facts
    faults: list[Diagnostic] = [_cycle(cycle) for cycle in ordering.cycles]
    for found in facts.values():
        if found.faults:
            faults.extend(found.faults)
    if len(facts) < len(graph.nodes):
        for node_id, node in graph.nodes.items():
            facts.setdefault(node_id, Facts(node.layer))
    faults.extend(judge(Scene(design, ordering, facts, data), rules))
    return Analysis(graph, ordering, facts, tuple(faults))


def _ordering(graph: Graph, previous: Analysis | None) -> Order:
    if previous is not None:
        before = previous.graph
        same_edges = before.edges is graph.edges or before.edges == graph.edges
        if same_edges and before.nodes.keys() == graph.nodes.keys():
            return previous.ordering
    return order(graph)


def _cycle(cycle: tuple[str, ...]) -> Diagnostic:
    path = " → ".join((*cycle, cycle[0]))
    message = (
        f"{path} is a cycle, and a net computes each node once, from what comes before it: "
        "remove one of these wires"
    )
    return Diagnostic("error", "cycle", message, cycle[0])
