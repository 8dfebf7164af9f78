"""Our nets and torchvision's: the same weights in every layer, the same work, the same numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torchvision import models

import designer
from designer.core.design import Design
from designer.storage import TEMPLATES as ALL
from designer.storage import template
from resources.templates.zoo.catalogue import NOT_EXPRESSIBLE, TEMPLATES, TORCHVISION
from resources.templates.zoo.googlenet import googlenet
from resources.templates.zoo.manual import page
from tests.templates import reference

PUBLISHED = {
    "alexnet": 61_100_840,
    "vgg-16": 138_357_544,
    "googlenet": 6_624_904,
    "inception-v3": 23_834_568,
    "shufflenet-v2": 2_278_604,
    "resnet-18": 11_689_512,
    "resnet-50": 25_557_032,
    "mobilenet-v2": 3_504_872,
    "densenet-121": 7_978_856,
}
WITH_PAPERS_5X5 = 7_005_832
"""What GoogLeNet has with the third branch of the paper."""

OF_PAPERS = {"network-in-network": 966_986, "all-cnn-c": 1_369_738}
"""CIFAR-10's nets, by the arithmetic of their papers' tables."""

NAMES = {
    name: theirs
    for name, build in TEMPLATES.items()
    for theirs, other in TORCHVISION.items()
    if build is other
}
"""torchvision's name of each template that it has."""

ONE_OF_A_FAMILY = (
    "vgg11_bn",
    "resnext50_32x4d",
    "squeezenet1_0",
    "mobilenet_v3_small",
    "mnasnet0_5",
    "efficientnet_b5",
    "efficientnet_v2_s",
    "regnet_x_400mf",
    "regnet_y_400mf",
    "convnext_tiny",
)
SMALL = 96
"""Side of the images that the nets are compared on; AlexNet and Inception need so many."""
MOST = 200_000_000
"""Nets with more weights are held against torchvision's without computing."""


def hold_against(name: str, design: Design, side: int = SMALL) -> None:
    """Counts in the order of the layers, work at full size, and numbers, with the same weights."""
    theirs = reference.empty(name)
    analysis = designer.analyze(design)
    assert analysis.is_valid
    counts = [count for count in reference.counts(theirs) if reference.OWN_NAME not in count[0]]
    ours = list(reference.learning(design))
    scales = [count for count in ours if reference.OWN_NAME in count[0]]
    assert [count for count in ours if count not in scales] == counts
    assert sorted(ours) == sorted(reference.counts(theirs))
    full = analysis.facts["image"].output
    assert full is not None
    assert analysis.totals.macs == reference.macs(theirs, full.height)
    if analysis.totals.parameters > MOST:
        return
    images = reference.images(side)
    net = reference.with_weights_of(reference.fill(theirs, images), design)
    with torch.no_grad():
        expected, found = theirs(images), net(images)
    assert expected.isfinite().all()
    assert (expected[0] - expected[1]).abs().max() > 0.01 * expected.abs().max()
    assert torch.equal(found, expected)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_torchvisions(name: str) -> None:
    hold_against(NAMES[name], template(name).design())


@pytest.mark.parametrize("name", ONE_OF_A_FAMILY)
def test_a_net_of_the_family_is_torchvisions(name: str) -> None:
    hold_against(name, TORCHVISION[name]())


@pytest.mark.nightly
@pytest.mark.parametrize("name", TORCHVISION)
def test_every_net_is_torchvisions(name: str) -> None:
    hold_against(name, TORCHVISION[name]())


@pytest.mark.nightly
@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_torchvisions_at_full_size(name: str) -> None:
    design = template(name).design()
    full = designer.analyze(design).facts["image"].output
    assert full is not None
    hold_against(NAMES[name], design, full.height)


@pytest.mark.parametrize(("name", "count"), {**PUBLISHED, **OF_PAPERS}.items())
def test_a_template_has_as_many_weights_as_was_published(name: str, count: int) -> None:
    assert designer.analyze(template(name).design()).totals.parameters == count
    assert template(name).parameters == count


def test_googlenet_would_have_more_with_the_papers_5x5() -> None:
    totals = designer.analyze(googlenet(third=5)).totals
    assert totals.parameters == WITH_PAPERS_5X5
    notes = [n.note for n in template("googlenet").design().nodes.values() if "_branch3_1_" in n.id]
    assert sum("5 × 5" in note for note in notes) == 9


def test_every_classifier_of_torchvision_is_built_or_said_to_be_out_of_reach() -> None:
    known = set(models.list_models(module=models))
    out_of_reach = {name for name in known if name.startswith(tuple(NOT_EXPRESSIBLE))}
    assert known == set(TORCHVISION) | out_of_reach
    assert not set(TORCHVISION) & out_of_reach
    for family in NOT_EXPRESSIBLE:
        assert any(name.startswith(family) for name in known)


def test_the_page_of_the_manual_says_so() -> None:
    text = (Path(__file__).parents[2] / "docs" / "manual" / "templates.md").read_text("utf-8")
    assert text == page(), "run: python resources/templates/make_templates.py"
    for name in TORCHVISION:
        assert f"`{name}`" in text
    for name in (*NOT_EXPRESSIBLE, *(t.name for t in ALL)):
        assert f"`{name}" in text


@pytest.mark.parametrize("name", ["vit_b_16", "swin_t", "swin_v2_t", "maxvit_t"])
def test_what_is_out_of_reach_multiplies_computed_matrices(name: str) -> None:
    """The reason that the page gives, shown on one of each: attention."""
    if name == "maxvit_t":  # its constructor counts with tensors
        net = models.get_model(name, weights=None)
    else:
        with torch.device("meta"):
            net = models.get_model(name, weights=None)
    kinds = {type(module).__name__ for module in net.modules()}
    assert any("Attention" in kind for kind in kinds)
