"""No false alarms: what many have trained as it stands gets no error, no warning and no hint."""

from __future__ import annotations

from pathlib import Path

import pytest

import designer
from designer import data
from designer.core.edits import SetParam
from designer.storage.templates import TEMPLATES
from resources.templates.zoo.catalogue import TORCHVISION

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
