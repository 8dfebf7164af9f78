"""Rules that are asked again only where an edit touched something say what rules asked anew say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.core.analysis import Analysis, analyze
from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.core.edit import Edit, EditRefused
from designer.core.edits import (
    Connect,
    InsertLayer,
    Move,
    RemoveNodes,
    ReplaceLayer,
    SetNode,
    SetParam,
    SetTraining,
)
from designer.core.facts import Facts
from designer.core.graph import Edge, Graph, Node
from designer.core.rule import DesignRule, GroupRule, NodeRule, Rule, Scene
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from designer.rules import RULES

LETTERS = DataDescription("letters", Shape((1, 28, 28)), tuple("ABCDEFGHIJ"), 15_000, 10, 10)
FEW = DataDescription("few", Shape((3, 8, 8)), ("a", "b"), 12, 4, 4)

VALUES = {
    "bias": (True, False),
    "kernel_size": (1, 2, 3, 9),
    "stride": (1, 2, 5),
    "padding": ("same", 0, 4),
    "groups": (1, 2),
    "dilation": (1, 3),
    "out_channels": (2, 16),
    "out_features": (10, 2, 40_000),
    "p": (0.0, 0.5, 1.0),
    "ceil_mode": (True, False),
    "height": (28, 8),
}
KINDS = (
    "Conv2d", "Conv2d", "ReLU", "ReLU", "BatchNorm2d", "BatchNorm2d", "Dropout", "MaxPool2d",
    "Flatten", "Linear", "Softmax", "Sigmoid", "Concat", "Add", "Output", "Input", "Identity",
)  # fmt: skip


def start() -> Design:
    kinds = ("Input", "Conv2d", "ReLU", "Conv2d", "BatchNorm2d", "MaxPool2d", "Flatten", "Linear")
    nodes = [Node(f"n{i}", CATALOGUE[kind]()) for i, kind in enumerate(kinds)]
    return Design(graph=Graph.of(nodes, [Edge(a.id, b.id) for a, b in pairwise(nodes)]))


def some_edit(random: Random, design: Design) -> Edit:
    """An edit of the kind that rules have something to say about."""
    node, other = (random.choice([*design.nodes.values()]) for _ in range(2))
    layer = CATALOGUE[random.choice(KINDS)]()
    known = [name for name in node.layer.names if name in VALUES]
    made: list[Edit] = [
        ReplaceLayer(node.id, layer),
        ReplaceLayer(node.id, layer),
        Move({node.id: (random.random(), 0.0)}),
        SetNode(node.id, "bypassed", not node.bypassed),
        SetNode(node.id, "frozen", not node.frozen),
        SetNode(node.id, "weights_of", random.choice([None, other.id])),
        SetTraining("batch_size", random.choice([1, 64])),
    ]
    for name in known:
        made += [SetParam(node.id, name, random.choice(VALUES[name]))] * 2
    if design.edges:
        edge = random.choice(design.edges)
        made += [InsertLayer(edge, layer)] * 4
    if random.random() < 0.2:
        made = [
            RemoveNodes(frozenset({node.id})),
            RemoveNodes(frozenset({node.id}), heal=False),
            Connect(Edge(node.id, other.id, random.randrange(2))),
            Connect(Edge(node.id, other.id, random.randrange(2))),
        ]
    return random.choice(made)


def plain(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The same rules, each asked everywhere and every time."""
    made: list[Rule] = []
    for rule in rules:
        if isinstance(rule, NodeRule):
            made.append(NodeRule(rule.kinds, rule.check))
        elif isinstance(rule, GroupRule):
            made.append(DesignRule(partial(ask_the_group, rule)))
        else:
            made.append(DesignRule(rule.check) if isinstance(rule, DesignRule) else rule)
    return tuple(made)


def ask_the_group(rule: GroupRule, scene: Scene) -> Iterable[Diagnostic]:
    nodes = [scene.design.nodes[node_id] for node_id in scene.order.nodes]
    group = [
        node
        for node in nodes
        if node.layer.kind() in rule.kinds
        and scene.facts[node.id].outputs is not None
        and rule.counts(node, scene.facts[node.id])
    ]
    return rule.check(scene, group) if group else ()


def edit_and_compare(random: Random, steps: int, rules: Sequence[Rule], codes: set[str]) -> None:
    """Edit at random; whatever is reused, the same is said as by rules that are asked anew."""
    everywhere = plain(rules)
    design, past = start(), [start()]
    data: DataDescription | None = None
    known: Analysis | None = None
    for _ in range(steps):
        try:
            design = some_edit(random, design).apply(design)
        except EditRefused:
            design = random.choice(past) if random.random() < 0.1 else design
        past.append(design)
        data = random.choice([None, LETTERS, FEW]) if random.random() < 0.1 else data
        known = analyze(design, rules, data, known)
        anew = analyze(design, everywhere, data)
        assert dict(known.facts) == dict(anew.facts)
        assert known.totals == anew.totals
        assert Counter(map(repr, known.diagnostics)) == Counter(map(repr, anew.diagnostics))
        assert known.diagnostics == analyze(design, rules, data).diagnostics
        codes.update(diagnostic.code for diagnostic in known.diagnostics)


@settings(max_examples=30)
@given(seed=st.integers(0, 1 << 30))
def test_what_is_said_after_an_edit_is_what_is_said_anew(seed: int) -> None:
    edit_and_compare(Random(seed), 30, RULES, set())


def test_the_edits_reach_the_rules() -> None:
    """The comparison would be idle if nothing were ever said."""
    codes: set[str] = set()
    for seed in range(20):
        edit_and_compare(Random(seed), 30, RULES, codes)
    assert len(codes) >= 20, sorted(codes)


def two_wires_back(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """Looks further than a rule about a node may."""
    for edge in scene.feeding(node.id):
        for further in scene.feeding(edge.source):
            if scene.design.nodes[further.source].layer.kind() == "ReLU":
                yield Diagnostic("hint", "planted", f"{node.id} is behind a ReLU", node.id)


def stands_at_the_end(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """Looks at what a rule that is alone may not look at."""
    if not scene.reading(node.id):
        yield Diagnostic("hint", "planted", f"{node.id} is the end", node.id)


def has_a_sigmoid(scene: Scene) -> Iterable[Diagnostic]:
    """Looks at layers, which the ids do not tell."""
    if any(node.layer.kind() == "Sigmoid" for node in scene.design.nodes.values()):
        yield Diagnostic("hint", "planted", "there is a Sigmoid")


EVERY = frozenset(CATALOGUE)


@pytest.mark.parametrize(
    "planted",
    [
        NodeRule(EVERY, two_wires_back),
        NodeRule(EVERY, stands_at_the_end, alone=True),
        NodeRule(EVERY, two_wires_back, after=frozenset({"ReLU"})),
        DesignRule(has_a_sigmoid, of=lambda scene: scene.design.nodes.keys()),
    ],
    ids=["further", "not-alone", "not-after", "of-less"],
)
def test_a_rule_that_looks_at_more_than_it_says_is_caught(planted: Rule) -> None:
    with pytest.raises(AssertionError):
        for seed in range(20):
            edit_and_compare(Random(seed), 30, (planted,), set())


def test_a_rule_is_not_asked_again_about_what_an_edit_did_not_touch() -> None:
    asked: list[str] = []

    def check(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
        asked.append(node.id)
        return ()

    rules = (NodeRule(EVERY, check),)
    design = start()
    before = analyze(design, rules)
    assert asked == list(design.nodes)
    asked.clear()
    changed = SetParam("n3", "bias", False).apply(design)
    again = analyze(changed, rules, previous=before)
    assert sorted(asked) == ["n2", "n3", "n4"]
    asked.clear()
    analyze(Move({"n3": (1.0, 1.0)}).apply(changed), rules, previous=again)
    assert asked == []


def test_equal_layers_on_equal_shapes_are_asked_about_once_by_a_rule_that_is_alone() -> None:
    asked: list[str] = []

    def check(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
        asked.append(node.id)
        return ()

    nodes = [Node("image", CATALOGUE["Input"]())]
    nodes += [Node(f"relu{i}", CATALOGUE["ReLU"]()) for i in range(5)]
    design = Design(graph=Graph.of(nodes, [Edge(a.id, b.id) for a, b in pairwise(nodes)]))
    analyze(design, (NodeRule(frozenset({"ReLU"}), check, alone=True),))
    assert asked == ["relu0"]
