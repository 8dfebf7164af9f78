"""Every rule: the fault is found where it is, and its fix removes it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
import torch

import designer
from designer.core.analysis import Analysis, analyze
from designer.core.data import DataDescription, DataSettings
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.core.training import TrainingSettings
from designer.layers import CATALOGUE
from designer.rules import RULES, in_the_way_of_training
from tests.rules.nets import net, with_node

LETTERS = DataDescription("letters", Shape((1, 28, 28)), tuple("ABCDEFGHIJ"), 10_000, 1_000, 1_000)


def make(kind: str, **parameters: object) -> Layer:
    return CATALOGUE[kind](**parameters)


def chain(*layers: Layer) -> Design:
    counts: dict[str, int] = {}
    nodes = []
    for layer in layers:
        counts[layer.stem()] = counts.get(layer.stem(), 0) + 1
        nodes.append(Node(f"{layer.stem()}{counts[layer.stem()]}", layer))
    pairs = pairwise(nodes)
    return Design(graph=Graph.of(nodes, [Edge(a.id, b.id) for a, b in pairs]))


def judge(design: Design) -> Analysis:
    return analyze(design, RULES, LETTERS)


def codes(analysis: Analysis) -> list[str]:
    return [d.code for d in analysis.diagnostics]


IMAGE = make("Input")
CLASSES = make("Linear")
FLATTEN = make("Flatten")

FAULTS = [
    ("needs-vector", "fc1", chain(IMAGE, CLASSES)),
    ("window-too-large", "conv1", chain(IMAGE, make("Conv2d", kernel_size=40), FLATTEN, CLASSES)),
    ("groups-do-not-divide", "conv1", chain(IMAGE, make("Conv2d", groups=3), FLATTEN, CLASSES)),
    ("softmax-before-loss", "softmax1", chain(IMAGE, FLATTEN, CLASSES, make("Softmax"))),
    ("activation-twice", "relu2", chain(IMAGE, make("ReLU"), make("ReLU"), FLATTEN, CLASSES)),
    (
        "bias-before-norm",
        "conv1",
        chain(IMAGE, make("Conv2d"), make("BatchNorm2d"), FLATTEN, CLASSES),
    ),
    ("classes-differ", "fc1", chain(IMAGE, FLATTEN, make("Linear", out_features=7))),
    ("image-differs", "input1", chain(make("Input", channels=3), FLATTEN, CLASSES)),
    (
        "no-effect-with-same",
        "maxpool1",
        chain(IMAGE, make("MaxPool2d", padding="same", ceil_mode=True), FLATTEN, CLASSES),
    ),
    (
        "pool-on-one-cell",
        "maxpool1",
        chain(
            IMAGE,
            make("AdaptiveAvgPool2d"),
            make("MaxPool2d", kernel_size=2, padding="same"),
            FLATTEN,
            CLASSES,
        ),
    ),
]


@pytest.mark.parametrize(("code", "node", "design"), FAULTS, ids=[f[0] for f in FAULTS])
def test_a_fault_is_said_once_where_it_is_and_its_fix_removes_it(code, node, design):
    analysis = judge(design)
    found = [d for d in analysis.diagnostics if d.code == code]
    assert [d.node for d in found] == [node]
    assert node in found[0].message
    assert found[0].fixes, "a fault that has an obvious way out offers it"
    for fix in found[0].fixes:
        mended = judge(fix.edit.apply(design))
        assert code not in codes(mended), fix.label


def test_a_good_design_has_no_diagnostics():
    design = chain(IMAGE, make("Conv2d"), make("ReLU"), FLATTEN, CLASSES)
    assert judge(design).diagnostics == ()


def test_a_broken_branch_leaves_the_rest_known():
    design = chain(IMAGE, make("Conv2d"), CLASSES, make("ReLU"))
    analysis = judge(design)
    assert analysis.facts["conv1"].output == (16, 26, 26)
    assert analysis.facts["fc1"].outputs is None
    assert analysis.facts["relu1"].outputs is None
    assert codes(analysis) == ["needs-vector"], "said once, where the cause is"
    assert (analysis.totals.known, analysis.totals.nodes) == (2, 4)


def test_the_message_names_both_nodes_and_the_shape():
    (found,) = judge(chain(IMAGE, make("Conv2d", kernel_size=13, stride=5), CLASSES)).diagnostics
    assert found.message == (
        "fc1 is a Linear and needs a vector, but conv1 gives 16 × 4 × 4: put a Flatten between them"
    )


def test_a_cycle_is_named_and_what_is_before_it_stays_known():
    nodes = [Node("image", IMAGE), Node("a", make("Add")), Node("b", make("ReLU"))]
    edges = [Edge("image", "a", 0), Edge("b", "a", 1), Edge("a", "b")]
    analysis = judge(Design(graph=Graph.of(nodes, edges)))
    cycle = next(d for d in analysis.diagnostics if d.code == "cycle")
    assert "a → b → a" in cycle.message
    assert analysis.facts["image"].output == (1, 28, 28)
    assert analysis.facts["b"].outputs is None


def test_ports_unfed_fed_twice_and_missing_are_errors():
    nodes = [Node("image", IMAGE), Node("relu", make("ReLU")), Node("cat", make("Concat"))]
    twice = Design(graph=Graph.of(nodes, [Edge("image", "relu"), Edge("cat", "relu")]))
    assert {"port-fed-twice", "missing-input"} <= set(codes(judge(twice)))
    missing = Design(graph=Graph.of(nodes, [Edge("image", "relu", 4)]))
    assert "no-such-port" in codes(judge(missing))
    gap = Design(graph=Graph.of(nodes, [Edge("image", "cat", 10**9)]))
    assert "no-such-port" in codes(judge(gap))


def test_two_loose_ends_are_an_error_and_an_output_mark_decides():
    nodes = [Node("image", IMAGE), Node("a", FLATTEN), Node("b", FLATTEN)]
    edges = [Edge("image", "a"), Edge("image", "b")]
    assert "several-outputs" in codes(judge(Design(graph=Graph.of(nodes, edges))))
    marked = Graph.of([*nodes, Node("out", make("Output"))], [*edges, Edge("a", "out")])
    analysis = judge(Design(graph=marked))
    assert "unused-branch" in codes(analysis)
    assert analysis.is_valid


def test_a_misfit_of_the_data_stops_training_and_nothing_else():
    analysis = judge(chain(IMAGE, FLATTEN, make("Linear", out_features=7)))
    assert analysis.is_valid
    assert [d.code for d in in_the_way_of_training(analysis)] == ["classes-differ"]


def test_shared_weights_must_fit():
    nodes = [
        Node("image", IMAGE),
        Node("c1", make("Conv2d", padding=1)),
        Node("c2", make("Conv2d", padding=1), weights_of="c1"),
    ]
    design = Design(graph=Graph.of(nodes, [Edge("image", "c1"), Edge("c1", "c2")]))
    (fault,) = [d for d in judge(design).diagnostics if d.code == "weights-do-not-fit"]
    assert "1 × 28 × 28" in fault.message
    assert "weights-do-not-fit" not in codes(judge(fault.fixes[0].edit.apply(design)))
    wide = [Node("image", make("Input", channels=16)), *nodes[1:]]
    shared = judge(Design(graph=Graph.of(wide, design.edges)))
    assert shared.facts["c2"].parameters == 0, "counted once"


def test_shared_weights_must_have_the_same_shape_also_where_the_depths_are_equal():
    nodes = [
        Node("image", IMAGE),
        Node("ln1", make("LayerNorm")),
        Node("pool", make("MaxPool2d")),
        Node("ln2", make("LayerNorm"), weights_of="ln1"),
    ]
    wires = [Edge("image", "ln1"), Edge("ln1", "pool"), Edge("pool", "ln2")]
    (fault,) = [
        d
        for d in judge(Design(graph=Graph.of(nodes, wires))).diagnostics
        if d.code == "weights-do-not-fit"
    ]
    assert "a LayerNorm over these" in fault.message


def test_values_outside_their_limits_are_named_with_the_rule():
    (fault,) = judge(chain(IMAGE, make("Conv2d", stride=0), FLATTEN, CLASSES)).diagnostics
    assert (fault.code, fault.node, fault.param) == ("out-of-range", "conv1", "stride")
    assert "stride must be at least 1; received 0" in fault.message


def test_a_node_that_waits_for_its_wires_is_no_second_end():
    design = chain(IMAGE, FLATTEN, CLASSES)
    waiting = design.with_nodes([*design.nodes.values(), Node("pool", make("MaxPool2d"))])
    assert codes(judge(waiting)) == ["missing-input"]


def test_settings_have_limits_as_parameters_have():
    design = chain(IMAGE, FLATTEN, CLASSES)
    wrong = TrainingSettings(epochs=0, batch_size=-4, learning_rate=1e30, device="tpu", seed=-1)
    settings = DataSettings(validation=3.0)
    analysis = judge(replace(design, training=wrong, data=settings))
    faults = {d.param: d.message for d in analysis.diagnostics}
    assert set(faults) == {
        "epochs", "batch_size", "learning_rate", "device", "seed", "validation",
    }  # fmt: skip
    assert faults["epochs"] == "training: epochs must be at least 1; received 0"
    assert "received 'tpu'" in faults["device"]
    assert not analysis.is_valid


def test_a_learning_rate_without_measure_becomes_a_usual_one():
    design = replace(
        chain(IMAGE, FLATTEN, CLASSES), training=TrainingSettings(learning_rate=1000.0)
    )
    (fault,) = [d for d in judge(design).diagnostics if d.param == "learning_rate"]
    assert [fix.label for fix in fault.fixes] == ["Set learning rate to 0.001"]
    assert fault.fixes[0].edit.apply(design).training.learning_rate == 0.001


def test_every_value_off_its_limits_is_said_whatever_stands_before_it():
    design = chain(make("Input", channels=-1), make("Conv2d", kernel_size=0), FLATTEN, CLASSES)
    found = {(d.node, d.param) for d in judge(design).diagnostics}
    assert found == {("input1", "channels"), ("conv1", "kernel_size")}
    nodes = [Node("a", make("ReLU")), Node("b", make("Conv2d", stride=0))]
    ring = Design(graph=Graph.of(nodes, [Edge("a", "b"), Edge("b", "a")]))
    assert {"cycle", "out-of-range"} <= set(codes(judge(ring)))


def test_an_integer_beyond_all_reason_is_off_the_limits():
    (fault,) = judge(
        chain(IMAGE, make("Conv2d", out_channels=10**24), FLATTEN, CLASSES)
    ).diagnostics
    assert "out_channels must be at most 2,147,483,647; received 10000000000" in fault.message
    assert "(25 digits)" in fault.message


def test_a_net_without_a_dense_layer_gets_its_classes_from_its_last_convolution() -> None:
    head = (make("Conv1x1", out_channels=7), make("ReLU"), make("GlobalAvgPool2d"))
    design = chain(IMAGE, make("Conv2d"), *head)
    (diagnostic,) = (d for d in judge(design).diagnostics if d.code == "classes-differ")
    (fix,) = diagnostic.fixes
    assert fix.label == "Set out_channels of conv2 to 10"
    assert "classes-differ" not in codes(judge(fix.edit.apply(design)))


def test_a_convolution_whose_maps_are_laid_out_has_nothing_to_do_with_the_classes() -> None:
    design = chain(IMAGE, make("Conv2d", out_channels=7), FLATTEN)
    (diagnostic,) = (d for d in judge(design).diagnostics if d.code == "classes-differ")
    assert not diagnostic.fixes


def test_images_of_another_size_can_be_resized_to_what_the_net_was_made_for() -> None:
    large = make("Input", height=64, width=48)
    design = chain(large, make("Conv2d", kernel_size=40), FLATTEN, CLASSES)
    (diagnostic,) = (d for d in judge(design).diagnostics if d.code == "image-differs")
    take, resize = diagnostic.fixes
    assert not judge(take.edit.apply(design)).is_valid
    analysis = judge(resize.edit.apply(design))
    assert analysis.is_valid and "image-differs" not in codes(analysis)
    assert analysis.facts["conv1"].inputs == (Shape((1, 64, 48)),)
    colour = chain(make("Input", channels=3, height=64, width=48), FLATTEN, CLASSES)
    (other,) = (d for d in judge(colour).diagnostics if d.code == "image-differs")
    assert len(other.fixes) == 1


def test_a_fix_of_a_layer_that_shares_its_weights_keeps_both_equal():
    wires = [("image", "a"), ("image", "b"), ("a", "cat"), ("b", "cat"), ("cat", "relu")]
    wires += [("relu", "flatten"), ("flatten", "fc")]
    kernels = [(name, make("Conv2d", kernel_size=40)) for name in ("a", "b")]
    head = [("cat", make("Concat")), ("relu", make("ReLU")), ("flatten", FLATTEN), ("fc", CLASSES)]
    design = net([("image", IMAGE), *kernels, *head], wires)
    shared = replace(design.nodes["b"], weights_of="a")
    design = replace(design, graph=design.graph.with_node(shared))
    for node in ("a", "b"):
        fault = next(d for d in judge(design).diagnostics if d.node == node)
        assert fault.code == "window-too-large"
        for fix in fault.fixes:
            mended = fix.edit.apply(design)
            assert judge(mended).diagnostics == (), fix.label
            assert mended.nodes["a"].layer == mended.nodes["b"].layer


def test_a_gate_of_means_is_told_to_keep_its_dimensions():
    entries = [("image", make("Input", channels=8)), ("mean", make("GlobalAvgPool2d"))]
    entries += [("gate", make("Sigmoid")), ("weigh", make("Multiply")), ("flatten", FLATTEN)]
    wires = [("image", "mean"), ("mean", "gate"), ("image", "weigh"), ("gate", "weigh")]
    plain = net([*entries, ("fc", CLASSES)], [*wires, ("weigh", "flatten"), ("flatten", "fc")])
    (fault,) = (d for d in judge(plain).diagnostics if d.severity == "error")
    assert (fault.code, fault.node) == ("sizes-differ", "weigh")
    (fix,) = fault.fixes
    assert fix.label == "Set keepdim of mean"
    assert judge(fix.edit.apply(plain)).is_valid
    mixing = [("image", "mean"), ("mean", "mix"), ("mix", "gate"), ("gate", "weigh")]
    mixed = net(
        [*entries, ("mix", make("Conv1x1", out_channels=8)), ("fc", CLASSES)],
        [*mixing, ("image", "weigh"), ("weigh", "flatten"), ("flatten", "fc")],
    )
    (fault,) = (d for d in judge(mixed).diagnostics if d.severity == "error")
    assert (fault.code, fault.node) == ("needs-image", "mix")
    assert [fix.label for fix in fault.fixes] == ["Set keepdim of mean"]
    assert judge(fault.fixes[0].edit.apply(mixed)).is_valid


def test_means_are_kept_as_maps_only_where_that_helps():
    entries = [("image", make("Input")), ("mean", make("GlobalAvgPool2d")), ("add", make("Add"))]
    wires = [("image", "add"), ("mean", "add"), ("image", "mean")]
    labels = [fix.label for d in judge(net(entries, wires)).diagnostics for fix in d.fixes]
    assert "Set keepdim of mean" not in labels


def test_a_flatten_is_moved_only_to_where_the_maps_reach_the_layer_that_needs_them():
    design = chain(IMAGE, FLATTEN, CLASSES, make("Conv2d"), make("ReLU"), FLATTEN, CLASSES)
    fault = next(d for d in judge(design).diagnostics if d.severity == "error")
    assert (fault.code, fault.node, fault.fixes) == ("needs-image", "conv1", ())


def test_the_only_layer_of_a_net_is_not_taken_away_unasked():
    for count, safe in ((1, [False]), (2, [True, True])):
        found = judge(chain(IMAGE, *[make("Slice")] * count)).diagnostics
        idle = [d for d in found if d.code == "does-nothing"]
        assert [fix.safe for d in idle for fix in d.fixes] == safe


def test_a_value_that_is_read_three_times_is_read_once_after_the_fix():
    wires = [("image", "add")] * 3 + [("add", "flatten"), ("flatten", "fc")]
    entries = [("image", IMAGE), ("add", make("Add")), ("flatten", FLATTEN), ("fc", CLASSES)]
    design = net(entries, wires)
    (hint,) = (d for d in judge(design).diagnostics if d.code == "same-input-twice")
    assert hint.fixes[0].label == "Remove the 2 other wires from image"
    assert codes(judge(hint.fixes[0].edit.apply(design))) == ["merge-of-one"]


def test_a_bypassed_window_skips_nothing():
    design = chain(IMAGE, make("MaxPool2d", stride=3), FLATTEN, CLASSES)
    assert "stride-skips-cells" in codes(judge(design))
    (pool,) = (node for node in design.nodes.values() if node.layer.kind() == "MaxPool2d")
    bypassed = design.graph.with_node(replace(pool, bypassed=True))
    assert "stride-skips-cells" not in codes(judge(replace(design, graph=bypassed)))


@pytest.mark.parametrize("stride", [1, 3, (1, 4)])
@pytest.mark.parametrize("padding", ["same", 5, (3, 6)])
def test_the_smaller_kernel_learns_with_all_its_weights(stride, padding):
    conv = make("Conv2d", kernel_size=(11, 9), stride=stride, padding=padding)
    for height in range(1, 6):
        image = make("Input", height=height, width=3)
        design = chain(image, conv, make("ReLU"), FLATTEN, CLASSES)
        for fault in judge(design).diagnostics:
            if fault.code == "dead-weights":
                mended = judge(fault.fixes[0].edit.apply(design))
                assert mended.is_valid
                assert "dead-weights" not in codes(mended), fault.fixes[0].label


def test_a_norm_inside_a_composite_needs_a_batch_too():
    pool, inception = make("AdaptiveAvgPool2d"), make("Inception", batch_norm=True)
    design = chain(IMAGE, pool, inception, FLATTEN, CLASSES)
    design = replace(design, training=TrainingSettings(batch_size=1))
    (fault,) = (d for d in judge(design).diagnostics if d.code == "norm-needs-a-batch")
    assert "has BatchNorm2d inside over maps of 1 × 1" in fault.message
    assert in_the_way_of_training(judge(design)) == (fault,)
    model = designer.build(design).train()
    with pytest.raises(ValueError, match="more than 1 value"):
        model(torch.zeros(1, 1, 28, 28))
    assert in_the_way_of_training(judge(fault.fixes[0].edit.apply(design))) == ()


def test_a_branch_that_only_a_bypassed_merge_reads_is_said_to_be_left_out():
    wires = [("image", "add"), ("conv", "add"), ("image", "conv"), ("add", "flatten")]
    entries = [("image", IMAGE), ("conv", make("Conv2d", out_channels=1, padding=1))]
    entries += [("add", make("Add")), ("flatten", FLATTEN), ("fc", CLASSES)]
    design = net(entries, [*wires, ("flatten", "fc")])
    assert codes(judge(design)) == []
    bypassed = with_node(design, "add", bypassed=True)
    (hint,) = judge(bypassed).diagnostics
    assert (hint.severity, hint.code, hint.node) == ("hint", "unused-branch", "add")
    assert "self.conv" not in designer.to_source(bypassed)
    assert judge(hint.fixes[0].edit.apply(bypassed)).diagnostics == ()
