"""Rules: functions that judge a node in its surroundings, beyond what its layer alone can say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.facts import Facts
from designer.core.graph import Edge, Node
from designer.core.order import Order


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole design with what the walk found, for a rule to look at."""

    design: Design
    order: Order
    facts: Mapping[str, Facts]
    data: DataDescription | None

    def feeding(self, node_id: str) -> tuple[Edge, ...]:
        """The edges into a node."""
        return self.design.graph.incoming.get(node_id, ())

    def reading(self, node_id: str) -> tuple[Edge, ...]:
        """The edges out of a node."""
        return self.design.graph.outgoing.get(node_id, ())


@dataclass(frozen=True, slots=True)
class NodeRule:
    """A rule that is asked for every node whose layer is of one of these kinds."""

    kinds: frozenset[str]
    check: Callable[[Scene, Node, Facts], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class DesignRule:
    """A rule that is asked once for a design."""

    check: Callable[[Scene], Iterable[Diagnostic]]


@dataclass(frozen=True, slots=True)
class Remedy:
    """Fixes for a fault that the walk found, of a kind that only the surroundings tell."""

    code: str
    offer: Callable[[Scene, Diagnostic], Iterable[Fix]]


Rule = NodeRule | DesignRule | Remedy


def remedied(scene: Scene, faults: Sequence[Diagnostic], rules: Sequence[Rule]) -> list[Diagnostic]:
    """The faults with what the remedies among the rules have to offer; few designs have any."""
    offers = {rule.code: rule.offer for rule in rules if isinstance(rule, Remedy)} if faults else {}
    return [
        replace(fault, fixes=(*fault.fixes, *offers[fault.code](scene, fault)))
        if fault.code in offers
        else fault
        for fault in faults
    ]


def judge(scene: Scene, rules: Sequence[Rule]) -> list[Diagnostic]:
    """Ask every rule and gather what they say: the design's own faults first, then node by node."""
    found: list[Diagnostic] = []
    for rule in rules:
        if isinstance(rule, DesignRule):
            found.extend(rule.check(scene))
    asked = _by_kind(tuple(rules))
    facts = scene.facts
    for node in scene.design.nodes.values():
        node_rules = asked.get(type(node.layer).__name__)
        if node_rules is not None and facts[node.id].outputs is not None:
            for node_rule in node_rules:
                found.extend(node_rule.check(scene, node, facts[node.id]))
    return found


@lru_cache(maxsize=8)
def _by_kind(rules: tuple[Rule, ...]) -> dict[str, list[NodeRule]]:
    groups: dict[str, list[NodeRule]] = {}
    for rule in rules:
        if isinstance(rule, NodeRule):
            for kind in rule.kinds:
                groups.setdefault(kind, []).append(rule)
    return groups
