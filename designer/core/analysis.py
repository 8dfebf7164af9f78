"""The analysis: everything that can be read off a design, in one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property

from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.core.facts import Facts, Totals, totals
from designer.core.faults import cycle, off_limits
from designer.core.graph import Graph
from designer.core.judgement import Judgement, judge
from designer.core.lean import lean_dataclass
from designer.core.order import Order, order
from designer.core.rule import Rule, Scene, remedied
from designer.core.touched import touched
from designer.core.walk import OutOfOrder, Walk

MOST_GONE = 4
"""A graph that is so many times smaller than the one before is looked at as a new one."""


@lean_dataclass(frozen=True)
class Analysis:
    """Facts for every node and the design's faults; it says what it knows.

    A fault is reported once, where it is; what depends on it has facts of None.
    """

    graph: Graph
    ordering: Order
    facts: Mapping[str, Facts]
    diagnostics: tuple[Diagnostic, ...]
    faulty: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """The nodes whose facts hold faults."""
    scene: Scene | None = field(default=None, compare=False, repr=False)
    """What the rules looked at."""
    judgement: Judgement | None = field(default=None, compare=False, repr=False)
    """What the rules said, for the next analysis to go on from."""

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
        groups: dict[str | None, list[Diagnostic]] = {}
        for diagnostic in self.diagnostics:
            groups.setdefault(diagnostic.node, []).append(diagnostic)
        return {node: tuple(found) for node, found in groups.items()}

    @cached_property
    def totals(self) -> Totals:
        """The sums over all nodes that are known."""
        return self.scene.totals if self.scene else totals(self.facts.values())


def analyze(
    design: Design,
    rules: Sequence[Rule] = (),
    data: DataDescription | None = None,
    previous: Analysis | None = None,
) -> Analysis:
    """Read shapes, costs, receptive fields and faults off a design; never raises on a bad one.

    `previous` is an analysis of an earlier state: what an edit did not touch, and what nothing
    that it touched leads to, is taken from it.
    """
    graph = design.graph
    found = _walked(graph) if previous is None else _walked_again(graph, previous)
    faults = [cycle(graph, path) for path in found.ordering.cycles]
    if found.faulty:
        for node_id in graph.nodes:
            if node_id in found.faulty:
                faults.extend(found.facts[node_id].faults)
    scene = Scene(design, found.ordering, found.facts, data, found.totals)
    before = previous.judgement if previous and found.touched is not None else None
    judgement = judge(scene, rules, before, found.touched or ())
    diagnostics = (*remedied(scene, faults, rules), *judgement.diagnostics)
    return Analysis(graph, found.ordering, found.facts, diagnostics, found.faulty, scene, judgement)


@lean_dataclass(frozen=True, slots=True)
class _Found:
    """What a walk found, and which nodes a rule may see otherwise than before; None: any."""

    ordering: Order
    facts: Mapping[str, Facts]
    faulty: frozenset[str]
    totals: Totals
    touched: frozenset[str] | None = None


def _walked(graph: Graph) -> _Found:
    """Walk over everything: as the file has it, and where the wires do not allow that, in order."""
    ordering = Order(tuple(graph.nodes))
    walk = Walk(graph, ordering.nodes)
    try:
        facts = walk.everything()
    except OutOfOrder:
        ordering = order(graph)
        walk = Walk(graph, ordering.nodes)
        facts = walk.everything()
    if len(facts) < len(graph.nodes):
        for node_id, node in graph.nodes.items():  # on a cycle, or behind one
            if node_id not in facts:
                facts[node_id] = Facts(node.layer, faults=off_limits(node))
                walk.faulty.add(node_id)
    return _Found(ordering, facts, frozenset(walk.faulty), totals(facts.values()))


def _walked_again(graph: Graph, previous: Analysis) -> _Found:
    """Walk over what an edit touched, or over everything where that is hard to say."""
    if len(graph.nodes) * MOST_GONE < len(previous.graph.nodes):
        return _walked(graph)  # what is left is sooner walked over than compared with what was
    edit = touched(previous.graph, graph)
    ordering = order(graph) if edit.order or edit.wires else previous.ordering
    if edit.images or ordering.cycles or previous.ordering.cycles:
        return _walked(graph)
    walk = Walk(graph, ordering.nodes)
    # where shared weights are counted depends on all nodes that use them
    again = edit.nodes | edit.wired | {node.id for node in graph.sharing}
    others = walk.again(previous.facts, again, ordering.places)
    facts = walk.facts
    gone = facts.keys() - graph.nodes.keys() if edit.order else ()
    before = [*others.values(), *map(facts.pop, gone)]
    sums = previous.totals.changed(before, map(facts.__getitem__, others))
    at_fault = previous.faulty | walk.faulty
    faulty = frozenset([n for n in at_fault if n in facts and facts[n].faults])
    return _Found(ordering, facts, faulty, sums, again | others.keys())
