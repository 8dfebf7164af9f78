"""No false alarms: what many have trained as it stands gets no error, no warning and no hint."""

from __future__ import annotations

from pathlib import Path

import pytest

import designer
from designer import data
from designer.core.design import Design
from designer.core.edits import SetNode, SetParam
from designer.core.graph import Edge, Graph, Node
from designer.storage.templates import TEMPLATES
from resources.templates.zoo.catalogue import TORCHVISION
from tests.rules.test_rules import chain, make

OTHER_DATA = {"image-differs", "classes-differ"}
"""What a net for ImageNet says of a smaller set: deserved, and each has its fix."""


@pytest.mark.parametrize("name", [template.name for template in TEMPLATES])
def test_a_template_deserves_no_word(name: str) -> None:
    (template,) = (template for template in TEMPLATES if template.name == name)
    design = template.design()
    assert designer.analyze(design).diagnostics == ()
    known = data.describe(design.data.source, design.data.validation, Path())
    found = designer.analyze(design, known).diagnostics
    assert {fault.code for fault in found} <= OTHER_DATA
    assert all(fault.fixes for fault in found)
    for fault in found:
        design = fault.fixes[0].edit.apply(design)
    left = {fault.code for fault in designer.analyze(design, known).diagnostics}
    assert not left & OTHER_DATA


@pytest.mark.parametrize("name", sorted(TORCHVISION))
def test_nor_does_any_classifier_of_torchvision(name: str) -> None:
    found = {fault.code for fault in designer.analyze(TORCHVISION[name]()).diagnostics}
    # torchvision's own have these biases, which indeed do nothing
    assert found == ({"bias-before-norm"} if name.endswith("_bn") else set())


def test_a_net_that_shrinks_its_images_to_nothing_is_told_so_once() -> None:
    design = TORCHVISION["resnet18"]()
    for name in ("height", "width"):
        design = SetParam("image", name, 32).apply(design)
    (hint,) = designer.analyze(design).diagnostics
    assert (hint.severity, hint.code) == ("hint", "field-larger-than-image")
    assert "32 × 32" in hint.message and "layer4_0_conv1 reads maps of 2 × 2" in hint.message


def told(design: Design) -> list[tuple[str, str | None, list[bool]]]:
    """Code, node and which fixes are safe, of all that is said."""
    return [
        (fault.code, fault.node, [fix.safe for fix in fault.fixes])
        for fault in designer.analyze(design).diagnostics
    ]


def test_a_bias_that_others_use_or_that_a_frozen_norm_keeps_is_not_useless() -> None:
    same = {"out_channels": 3, "padding": "same"}
    body = (make("Conv2d", **same), make("BatchNorm2d"), make("ReLU"), make("Conv2d", **same))
    design = chain(make("Input", channels=3), *body)
    (alone,) = told(design)
    assert alone == ("bias-before-norm", "conv1", [True])
    assert told(SetNode("batchnorm1", "frozen", True).apply(design)) == []
    shared = SetNode("conv2", "weights_of", "conv1").apply(design)
    assert told(shared) == []
    before = designer.analyze(design)
    assert designer.analyze(shared, previous=before).diagnostics == ()
    assert designer.analyze(design, previous=designer.analyze(shared)).diagnostics


def two_results(*, on_first: bool) -> Design:
    """A softmax whose shares are the first result, or the second, and read by a Linear beside."""
    kinds = {"image": "Input", "flat": "Flatten", "fc": "Linear", "shares": "Softmax"}
    first, second = ("shares", "gate") if on_first else ("fc", "shares")
    nodes = [Node(name, make(kind)) for name, kind in kinds.items()]
    wires = [("image", "flat"), ("flat", "fc"), ("fc", "shares")]
    if on_first:
        nodes.append(Node("gate", make("Linear")))
        wires.append(("shares", "gate"))
    nodes += [Node("scores", make("Output")), Node("other", make("Output"))]
    wires += [(first, "scores"), (second, "other")]
    return Design(graph=Graph.of(nodes, [Edge(a, b) for a, b in wires]))


def test_a_softmax_is_taken_away_from_the_loss_alone() -> None:
    assert told(two_results(on_first=False)) == []
    assert told(two_results(on_first=True)) == [("softmax-before-loss", "shares", [False])]
