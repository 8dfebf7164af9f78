"""The analysis: the lesson's net to the number, receptive fields through branches, and reuse."""

from __future__ import annotations

from itertools import pairwise

import pytest

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.edits import Disconnect, Move, RemoveNodes, SetNode, SetParam
from designer.core.graph import Edge, Graph, Node
from designer.core.training_memory import training_memory
from designer.engine.build import build
from designer.layers import CATALOGUE
from designer.rules import RULES


def node(node_id: str, kind: str, **parameters: object) -> Node:
    return Node(node_id, CATALOGUE[kind](**parameters))


def chain(*nodes: Node) -> Design:
    return Design(graph=Graph.of(nodes, [Edge(a.id, b.id) for a, b in pairwise(nodes)]))


@pytest.fixture
def assignment() -> Design:
    same = {"kernel_size": 5, "stride": 2, "padding": "same"}
    return chain(
        node("image", "Input"),
        node("conv1", "Conv2d", **same),
        node("relu1", "ReLU"),
        node("conv2", "Conv2d", **same),
        node("relu2", "ReLU"),
        node("flatten", "Flatten"),
        node("fc1", "Linear", out_features=64),
        node("relu3", "ReLU"),
        node("fc2", "Linear"),
    )


def size(analysis, node_id):
    field = analysis.facts[node_id].field
    return tuple(span.size for span in field)


def test_assignment_4_to_the_number(assignment):
    analysis = analyze(assignment, RULES)
    shapes = [str(analysis.facts[n].output) for n in ("conv1", "conv2", "fc2")]
    assert shapes == ["16 × 14 × 14", "16 × 7 × 7", "10"]
    assert analysis.totals.parameters == 57_722
    assert analysis.totals.macs == 442_816
    assert analysis.diagnostics == ()
    assert [size(analysis, n) for n in ("conv1", "conv2", "fc1")] == [(5, 5), (13, 13), (28, 28)]


def test_a_receptive_field_through_branches_is_their_union():
    nodes = [
        node("image", "Input"),
        node("small", "Conv2d", kernel_size=3, padding=1),
        node("wide", "Conv2d", kernel_size=5, padding=2),
        node("sum", "Add"),
        node("pool", "MaxPool2d"),
    ]
    edges = [Edge("image", "small"), Edge("image", "wide"), Edge("small", "sum", 0),
             Edge("wide", "sum", 1), Edge("sum", "pool")]  # fmt: skip
    analysis = analyze(Design(graph=Graph.of(nodes, edges)))
    assert size(analysis, "sum") == (5, 5)
    assert size(analysis, "pool") == (6, 6)


def test_inception_is_its_inside():
    design = chain(node("image", "Input", channels=192), node("inception", "Inception"))
    facts = analyze(design).facts["inception"]
    assert facts.output == (256, 28, 28)
    assert facts.parameters == 163_696
    assert facts.inside["branch3x3"].output == (128, 28, 28)
    assert tuple(span.size for span in facts.field) == (5, 5)


def test_a_fault_inside_a_composite_is_said_on_the_composite():
    design = chain(node("image", "Input"), node("flat", "Flatten"), node("inception", "Inception"))
    (fault,) = analyze(design).diagnostics
    assert (fault.code, fault.node) == ("needs-image", "inception")
    zero = chain(node("image", "Input"), node("inception", "Inception", out_1x1=0))
    (fault,) = analyze(zero).diagnostics
    assert (fault.code, fault.param) == ("out-of-range", "out_1x1")


@pytest.mark.parametrize(
    "edit",
    [
        SetParam("conv1", "out_channels", 8),
        SetParam("conv1", "bias", False),
        SetParam("image", "height", 56),
        SetParam("conv2", "stride", 0),
        SetNode("relu1", "bypassed", True),
        SetNode("conv2", "weights_of", "conv1"),
        Move({"conv1": (8.0, 8.0)}),
        RemoveNodes(frozenset({"flatten"})),
        RemoveNodes(frozenset({"image"})),
        Disconnect((Edge("conv1", "relu1"),)),
    ],
    ids=lambda edit: edit.label,
)
def test_an_analysis_that_reuses_equals_one_from_scratch(assignment, edit):
    before = analyze(assignment, RULES)
    changed = edit.apply(assignment)
    again = analyze(changed, RULES, previous=before)
    assert again == analyze(changed, RULES)
    back = analyze(assignment, RULES, previous=again)
    assert back == before


def test_an_edit_asks_only_what_it_touches(assignment):
    before = analyze(assignment, RULES)
    changed = SetParam("conv1", "bias", False).apply(assignment)
    after = analyze(changed, RULES, previous=before)
    kept = [n for n in assignment.nodes if after.facts[n] is before.facts[n]]
    assert set(kept) == set(assignment.nodes) - {"conv1"}


def test_a_net_of_two_images_says_what_each_branch_sees():
    nodes = [
        node("a", "Input", height=8, width=8),
        node("b", "Input", height=8, width=8),
        node("conv", "Conv2d", padding="same", out_channels=1),
        node("sum", "Add"),
    ]
    edges = [Edge("a", "conv"), Edge("conv", "sum", 0), Edge("b", "sum", 1)]
    analysis = analyze(Design(graph=Graph.of(nodes, edges)), RULES)
    assert analysis.is_valid
    assert size(analysis, "sum") == (3, 3)


def test_shared_weights_whose_owner_is_bypassed_are_counted_where_they_are_first_used():
    same = {"out_channels": 3, "padding": 1}
    convs = [node(name, "Conv2d", **same) for name in ("a", "b", "c")]
    image = node("image", "Input", channels=3)
    design = chain(image, *convs, node("mean", "GlobalAvgPool2d"), node("fc", "Linear"))
    for sharer in ("b", "c"):
        design = SetNode(sharer, "weights_of", "a").apply(design)
    shared = (3 * 3 * 3 + 1) * 3
    before = analyze(design, RULES)
    assert before.totals.parameters == shared + 40
    for bypassed, counted in (("a", "b"), ("b", "c")):
        design = SetNode(bypassed, "bypassed", True).apply(design)
        after = analyze(design, RULES, previous=before)
        assert after.facts == analyze(design, RULES).facts
        assert after.facts[counted].parameters == shared
        assert after.totals.parameters == shared + 40
        assert sum(p.numel() for p in build(design).parameters()) == shared + 40
        memory = training_memory(after, design.training)
        assert memory is not None and memory.weights == 4 * (shared + 40)
        before = after
    design = SetNode("c", "bypassed", True).apply(design)
    assert analyze(design, RULES, previous=before).totals.parameters == 40


def test_shared_weights_of_an_owner_that_no_result_needs_are_in_the_model_and_its_memory():
    same = {"out_channels": 3, "padding": 1}
    kinds = {"image": ("Input", {"channels": 3}), "a": ("Conv2d", same), "b": ("Conv2d", same)}
    kinds |= {"flat": ("Flatten", {}), "end": ("Output", {})}
    wires = [("image", "a"), ("image", "b"), ("b", "flat"), ("flat", "end")]
    nodes = [node(name, kind, **parameters) for name, (kind, parameters) in kinds.items()]
    design = Design(graph=Graph.of(nodes, [Edge(*wire) for wire in wires]))
    design = SetNode("b", "weights_of", "a").apply(design)
    memory = training_memory(analyze(design), design.training)
    assert memory is not None
    assert memory.weights == 4 * sum(p.numel() for p in build(design).parameters()) == 4 * 84
