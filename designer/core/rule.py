"""Rules: functions that judge a node in its surroundings, beyond what its layer alone can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from designer.core import ends
from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.facts import Facts, Totals
from designer.core.graph import Edge, Node
from designer.core.lean import lean_dataclass
from designer.core.order import Order


@lean_dataclass(frozen=True)
class Scene:
    """A whole design with what the walk found, for a rule to look at."""

    design: Design
    order: Order
    facts: Mapping[str, Facts]
    data: DataDescription | None
    totals: Totals
    """The sums over all nodes that are known."""

    def feeding(self, node_id: str) -> tuple[Edge, ...]:
        """The edges into a node."""
        return self.design.graph.incoming.get(node_id, ())

    def reading(self, node_id: str) -> tuple[Edge, ...]:
        """The edges out of a node."""
        return self.design.graph.outgoing.get(node_id, ())

    @cached_property
    def results(self) -> tuple[str, ...]:
        """The nodes whose values the net returns."""
        return tuple([node.id for node in ends.outputs(self.design.graph)])

    @cached_property
    def lenders(self) -> frozenset[str]:
        """The nodes whose weights others use too."""
        return frozenset([n.weights_of for n in self.design.graph.sharing if n.weights_of])


@lean_dataclass(frozen=True, slots=True, eq=False)
class NodeRule:
    """A rule that is asked for every node whose layer is of one of these kinds.

    After an edit it is asked again only where something differs that it may look at: its node, the
    nodes one wire away, the facts and the wires of these, and of the scene what does not belong to
    a node: results, lenders, data, settings.
    """

    kinds: frozenset[str]
    check: Callable[[Scene, Node, Facts], Iterable[Diagnostic]]
    after: frozenset[str] | None = None
    """It is asked only where a node of one of these kinds feeds the node."""
    through: frozenset[str] = frozenset()
    """It may look back over nodes of these kinds, to what stands before them."""
    alone: bool = False
    """Whether there is something to say is told by the node and its shapes, not by what stands
    around it: of layers and shapes that it was silent on once, it is not asked again."""


@lean_dataclass(frozen=True, slots=True, eq=False)
class GroupRule:
    """A rule about several nodes together: asked once for all that it counts in, if any.

    `counts` is asked as a NodeRule that is `alone`; `check` may look at all of the scene.
    """

    kinds: frozenset[str]
    counts: Callable[[Node, Facts], bool]
    check: Callable[[Scene, Sequence[Node]], Iterable[Diagnostic]]


@lean_dataclass(frozen=True, slots=True, eq=False)
class DesignRule:
    """A rule that is asked once for a design, and may look at all of it.

    It is asked after every edit, so it does not look at every node; or `of` gives what tells
    whether there is something to say, and while that is equal a rule that was silent stays so.
    """

    check: Callable[[Scene], Iterable[Diagnostic]]
    of: Callable[[Scene], object] | None = None


@lean_dataclass(frozen=True, slots=True)
class Remedy:
    """Fixes for a fault that the walk found, of a kind that only the surroundings tell."""

    code: str
    offer: Callable[[Scene, Diagnostic], Iterable[Fix]]


Rule = NodeRule | GroupRule | DesignRule | Remedy


def remedied(scene: Scene, faults: Sequence[Diagnostic], rules: Sequence[Rule]) -> list[Diagnostic]:
    """The faults with what the remedies among the rules have to offer; few designs have any."""
    offers = {rule.code: rule.offer for rule in rules if isinstance(rule, Remedy)} if faults else {}
    return [
        replace(fault, fixes=(*fault.fixes, *offers[fault.code](scene, fault)))
        if fault.code in offers
        else fault
        for fault in faults
    ]
