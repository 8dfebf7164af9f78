"""The analysis: everything that can be read off a design, in one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.core.facts import Facts
from designer.core.faults import cycle, off_limits
from designer.core.graph import Graph, Node
from designer.core.order import Order, order
from designer.core.rule import Rule, Scene, judge, remedied
from designer.core.walk import Walk


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
    ordering, facts = _walk(graph, previous)
    faults: list[Diagnostic] = [cycle(graph, path) for path in ordering.cycles]
    if len(facts) < len(graph.nodes):
        for node_id, node in graph.nodes.items():  # on a cycle, or behind one
            facts.setdefault(node_id, Facts(node.layer, faults=off_limits(node)))
    for node_id in graph.nodes:
        if facts[node_id].faults:
            faults.extend(facts[node_id].faults)
    scene = Scene(design, ordering, facts, data)
    faults = [*remedied(scene, faults, rules), *judge(scene, rules)]
    return Analysis(graph, ordering, facts, tuple(faults))


def _walk(graph: Graph, previous: Analysis | None) -> tuple[Order, dict[str, Facts]]:
    """Walk over what differs from the previous analysis, or over everything where that is more."""
    if previous is None:
        ordering = order(graph)
        return ordering, Walk(graph, ordering.nodes).everything()
    dirty, same_order, image_changed = _differences(previous.graph, graph)
    ordering = previous.ordering if same_order else order(graph)
    walk = Walk(graph, ordering.nodes)
    if image_changed or ordering.cycles or previous.ordering.cycles:
        return ordering, walk.everything()
    return ordering, walk.again(previous.facts, dirty)


def _differences(old: Graph, new: Graph) -> tuple[set[str], bool, bool]:
    """The nodes to ask again, whether the order still holds, and whether an image changed.

    Told by identity, which an edit keeps for all it does not touch; an equal copy is asked again.
    """
    before = old.nodes
    changed = (
        node
        for node, other in zip(new.nodes.values(), before.values(), strict=False)
        if node is not other
    )
    if before.keys() != new.nodes.keys():
        changed = (node for node in new.nodes.values() if before.get(node.id) is not node)
    dirty = {node.id for node in changed if not _same_to_the_walk(before.get(node.id), node)}
    gone = before.keys() - new.nodes.keys()
    image_changed = any(new.nodes[n].layer.role == "image" for n in dirty) or any(
        before[n].layer.role == "image" for n in gone | (dirty & before.keys())
    )
    if old.edges is new.edges:
        return dirty, before.keys() == new.nodes.keys(), image_changed
    kept = {id(edge) for edge in old.edges} & {id(edge) for edge in new.edges}
    touched = [edge for edge in (*old.edges, *new.edges) if id(edge) not in kept]
    dirty.update(edge.target for edge in touched if edge.target in new.nodes)
    return dirty, False, image_changed


def _same_to_the_walk(old: Node | None, new: Node) -> bool:
    return (
        old is not None
        and old.layer is new.layer
        and old.bypassed == new.bypassed
        and old.weights_of == new.weights_of
    )
