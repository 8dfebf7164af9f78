"""A judgement: what the rules say, asked again after an edit only where they may say other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import TypeVar

from designer.core.diagnostic import Diagnostic
from designer.core.facts import Answer, Facts
from designer.core.graph import Edge, Node
from designer.core.layer import Layer
from designer.core.lean import lean_dataclass
from designer.core.rule import DesignRule, GroupRule, NodeRule, Rule, Scene

Said = tuple[Diagnostic, ...]

MOST_REMEMBERED = 1 << 16
"""Layers on shapes that there was nothing to say about."""

_NO_EDGES: tuple[Edge, ...] = ()


@lean_dataclass(frozen=True, slots=True)
class Judgement:
    """What was said, and what it was said of."""

    diagnostics: Said
    """Of the design as a whole first, then node by node."""
    of_nodes: Mapping[str, Said] = field(default_factory=dict)
    """Of each node that there is something to say about."""
    counted: Mapping[GroupRule, frozenset[str]] = field(default_factory=dict)
    of_design: Mapping[DesignRule, tuple[object, Said]] = field(default_factory=dict)
    """Of rules that name what they look at: that, and what they said."""
    around: tuple[object, ...] = ()
    """What a rule about a node may look at besides nodes."""


def judge(
    scene: Scene,
    rules: Sequence[Rule],
    before: Judgement | None = None,
    touched: Collection[str] = (),
) -> Judgement:
    """Ask the rules.

    `before` is what they said of an earlier state, and `touched` all nodes that differ from it: in
    themselves, in their facts or in their wires.
    """
    docket = _docket(tuple(rules))
    design = scene.design
    around = (docket, scene.data, design.data, design.training, scene.results, scene.lenders)
    hearing = _Hearing(scene, docket)
    if before is None or before.around != around:
        hearing.hear(design.nodes.values())
    else:
        hearing.go_on_from(before, docket.near(scene, touched))
    of_design = _of_design(scene, docket.design, before)
    said = [verdict for _, verdict in of_design.values()]
    return Judgement(
        tuple([diagnostic for verdict in (*said, *hearing.verdicts()) for diagnostic in verdict]),
        hearing.of_nodes,
        {rule: frozenset(nodes) for rule, nodes in hearing.counted.items()},
        {rule: verdict for rule, verdict in of_design.items() if rule.of},
        around,
    )


def _of_design(
    scene: Scene, rules: Sequence[DesignRule], before: Judgement | None
) -> dict[DesignRule, tuple[object, Said]]:
    found = {}
    for rule in rules:
        looked_at = rule.of(scene) if rule.of else None
        verdict = before.of_design.get(rule) if before else None
        if verdict is None or verdict[1] or not _is_equal(verdict[0], looked_at):
            verdict = (looked_at, tuple(rule.check(scene)))
        found[rule] = verdict
    return found


def _is_equal(one: object, other: object) -> bool:
    return one is other or one == other


T = TypeVar("T")


class _ByKind(dict[type[Layer], T | None]):
    """Something for the layers of some kinds, and None for others; looked up by their class."""

    def __init__(self, by_name: Mapping[str, T]) -> None:
        super().__init__()
        self._by_name = by_name

    def __missing__(self, kind: type[Layer]) -> T | None:
        found = self[kind] = self._by_name.get(kind.__name__)
        return found


class _OfAKind:
    """The rules about nodes of one kind."""

    __slots__ = ("after", "alone", "always")

    def __init__(self, rules: Sequence[NodeRule | GroupRule]) -> None:
        asked = [rule for rule in rules if isinstance(rule, NodeRule)]
        self.always = [rule for rule in asked if not rule.alone and rule.after is None]
        self.alone = [rule for rule in rules if isinstance(rule, GroupRule) or rule.alone]
        after: dict[str, list[NodeRule]] = {}
        for rule in asked:
            for name in (rule.after or frozenset()) | rule.through:
                after.setdefault(name, []).append(rule)
        self.after = _ByKind(after) if after else None


class _Docket:
    """The rules, by what they are asked about; and what those that are `alone` are silent on."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.design = [rule for rule in rules if isinstance(rule, DesignRule)]
        self.groups = [rule for rule in rules if isinstance(rule, GroupRule)]
        by_name: dict[str, list[NodeRule | GroupRule]] = {}
        self._through: set[str] = set()
        for rule in rules:
            if isinstance(rule, NodeRule):
                self._through |= rule.through
            if isinstance(rule, (NodeRule, GroupRule)):
                for name in rule.kinds:
                    by_name.setdefault(name, []).append(rule)
        self.kinds = _ByKind({name: _OfAKind(group) for name, group in by_name.items()})
        # by identity, which is told at once; an answer that is held keeps its own
        self.silent: dict[int, Answer] = {}

    def near(self, scene: Scene, touched: Collection[str]) -> set[str]:
        """Every node to which a touched one is itself, a neighbour, or seen through others."""
        near = set(touched)
        for node_id in touched:
            near.update([edge.source for edge in scene.feeding(node_id)])
        waiting, passed = list(touched), set[str]()
        while waiting:
            for edge in scene.reading(waiting.pop()):
                target = edge.target
                near.add(target)
                kind = scene.design.nodes[target].layer.kind()
                if kind in self._through and target not in passed:
                    passed.add(target)
                    waiting.append(target)
        return near

    def remember_silence(self, answer: Answer) -> None:
        """Nothing is to be said of what answers so, as long as only rules that are `alone` do."""
        if len(self.silent) >= MOST_REMEMBERED:
            self.silent.clear()
        self.silent[id(answer)] = answer


@lru_cache(maxsize=8)
def _docket(rules: tuple[Rule, ...]) -> _Docket:
    return _Docket(rules)


class _Hearing:
    """Asks the rules about nodes, one after the other."""

    def __init__(self, scene: Scene, docket: _Docket) -> None:
        self.of_nodes: dict[str, Said] = {}
        self.counted: dict[GroupRule, set[str]] = {rule: set() for rule in docket.groups}
        self._scene = scene
        self._docket = docket

    def go_on_from(self, before: Judgement, near: set[str]) -> None:
        """Keep what was said of all nodes but these, and hear these anew."""
        nodes = self._scene.design.nodes
        for node_id, said in before.of_nodes.items():
            if node_id in nodes and node_id not in near:
                self.of_nodes[node_id] = said
        for rule, counted in before.counted.items():
            self.counted[rule] = set(counted & nodes.keys()) - near
        self.hear([nodes[node_id] for node_id in near])

    def hear(self, nodes: Iterable[Node]) -> None:
        """Ask the rules about each of these nodes of which the shapes are known."""
        kinds, silent = self._docket.kinds, self._docket.silent
        facts, incoming = self._scene.facts, self._scene.design.graph.incoming
        for node in nodes:
            kind = kinds[node.layer.__class__]
            if kind is None:
                continue
            rules: Sequence[NodeRule] = kind.always
            if kind.after is not None:
                for edge in incoming.get(node.id, _NO_EDGES):
                    others = kind.after[facts[edge.source].layer.__class__]
                    if others is not None:
                        rules = [*rules, *(rule for rule in others if rule not in rules)]
            if not (rules or kind.alone):
                continue
            known = facts[node.id]
            if known.outputs is None:
                continue
            if kind.alone and id(known.answer) not in silent:
                self._ask_alone(kind.alone, node, known)
            if rules:
                self._ask(rules, node, known)

    def _ask(self, rules: Sequence[NodeRule], node: Node, facts: Facts) -> None:
        found: list[Diagnostic] = []
        for rule in rules:
            found.extend(rule.check(self._scene, node, facts))
        if found:
            self.of_nodes[node.id] = (*self.of_nodes.get(node.id, ()), *found)

    def _ask_alone(self, rules: Sequence[NodeRule | GroupRule], node: Node, facts: Facts) -> None:
        self._ask([rule for rule in rules if isinstance(rule, NodeRule)], node, facts)
        is_silent = node.id not in self.of_nodes
        for rule in rules:
            if isinstance(rule, GroupRule) and rule.counts(node, facts):
                self.counted[rule].add(node.id)
                is_silent = False
        if is_silent and facts.answer is not None and node.weights_of is None:
            self._docket.remember_silence(facts.answer)

    def verdicts(self) -> Iterable[Said]:
        """What was said of groups, and of nodes in the file's order."""
        nodes = self._scene.design.nodes
        for rule, counted in self.counted.items():
            if counted:
                order = self._scene.order.nodes
                group = [nodes[node_id] for node_id in order if node_id in counted]
                yield tuple(rule.check(self._scene, group))
        if self.of_nodes:
            yield from [self.of_nodes[node_id] for node_id in nodes if node_id in self.of_nodes]
