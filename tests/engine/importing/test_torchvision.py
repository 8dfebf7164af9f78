"""torchvision's classifiers, imported: the nets that are built by hand, with difference 0."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

import designer
from designer.core.design import Design
from designer.core.shape import Shape
from designer.engine.importing.nets import import_module
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sources import import_source
from designer.layers.image import Input
from designer.layers.scale import Scale
from designer.ui.arrival import laid_out
from designer.ui.canvas.scene.placement import size_of
from resources.templates.zoo.catalogue import TORCHVISION
from tests.templates import reference

SMALL = 96
"""Side of the images that nets are compared on; AlexNet and Inception need so many."""
MOST = 200_000_000
"""Nets with more weights take longer than they tell."""
ORDINARY = ("resnet18", "squeezenet1_1", "googlenet", "mobilenet_v2", "densenet121")


def imported(name: str) -> Design:
    """The net with weights that keep every branch alive, proved equal by being imported."""
    images = reference.images(SMALL)
    model = reference.fill(reference.empty(name), images)
    found = import_module(model, Shape((3, SMALL, SMALL)), name)
    assert found.difference == 0
    assert found.left_out == ()
    return found.design


def hold_against_the_zoo(name: str) -> None:
    """The same layers as in the net that was written by hand, the same weights, the same work."""
    ours = TORCHVISION[name]()
    image = ours.nodes["image"].layer
    found = imported(name)
    states = [
        replace(node, layer=image) if isinstance(node.layer, Input) else node
        for node in found.nodes.values()
    ]
    full = found.with_nodes(states)
    before, after = designer.analyze(ours), designer.analyze(full)
    assert (after.totals.parameters, after.totals.macs) == (
        before.totals.parameters,
        before.totals.macs,
    )
    learned = [
        Counter(
            (name, Scale() if isinstance(node.layer, Scale) else node.layer)  # begun elsewhere
            for name, node in design.nodes.items()
            if facts[name].parameters
        )
        for design, facts in ((ours, before.facts), (full, after.facts))
    ]
    assert learned[0] == learned[1]


@pytest.mark.parametrize("name", ORDINARY)
def test_a_net_is_the_one_that_was_written_by_hand(name: str) -> None:
    hold_against_the_zoo(name)


@pytest.mark.nightly
@pytest.mark.parametrize("name", TORCHVISION)
def test_every_net_is_the_one_that_was_written_by_hand(name: str) -> None:
    if designer.analyze(TORCHVISION[name]()).totals.parameters <= MOST:
        hold_against_the_zoo(name)


def test_a_source_of_torchvisions_names_its_image_and_is_not_trained() -> None:
    told: list[str] = []
    found, has_weights = import_source("torchvision:squeezenet1_1", (), told.append)
    assert not has_weights
    assert found.difference == 0
    assert found.design.nodes["image"].layer == Input(3, 224, 224)
    assert told[0] == "making squeezenet1_1"


def test_a_net_arrives_with_places_frames_and_names_of_its_modules() -> None:
    design = laid_out(imported("resnet18"))
    places = {name: node.position for name, node in design.nodes.items()}
    rects = [(*place, *size_of(design.nodes[name])) for name, place in places.items() if place]
    assert len(rects) == len(design.nodes)
    for i, (x, y, width, height) in enumerate(rects):
        for left, top, wide, high in rects[:i]:
            assert x >= left + wide or left >= x + width or y >= top + high or top >= y + height
    assert [frame.title for frame in design.frames] == ["layer1", "layer2", "layer3", "layer4"]
    assert design.nodes["layer1_0_conv1"].label == "0.conv1"
    assert all(frame.size[0] > 0 for frame in design.frames)
    assert "self.layer1_0_conv1 = nn.Conv2d(64, 64" in designer.to_source(design)


def test_heads_that_evaluation_does_not_reach_are_left_out_and_named() -> None:
    from torchvision.models import inception_v3

    model = inception_v3(weights=None, init_weights=False)
    found = import_module(model, Shape((3, 75, 75)), "inception")
    assert found.left_out == ("AuxLogits",)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("resnet17", "torchvision has no net 'resnet17': is resnet18 meant?"),
        ("swin_t", "features.1.0.attn makes 8 × 7 × 8 × 7 × 96 of 56 × 56 × 96"),
    ],
)
def test_a_net_that_is_none_or_out_of_reach_is_refused(name: str, words: str) -> None:
    with pytest.raises(ImportRefused, match=words.replace("?", r"\?")):
        import_source(f"torchvision:{name}", (3, 224, 224), lambda what: None)
