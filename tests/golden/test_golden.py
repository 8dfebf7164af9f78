"""The text of every template, kept in files that a person reads; it runs, and is the built model.

`WRITE_GOLDEN=1 python -m pytest tests/golden` writes the files anew; read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

import designer
from designer.codegen import render_script
from designer.core.design import Design
from designer.storage import TEMPLATES, Template
from tests.codegen.ruff import assert_ruff_is_pleased

NAMES = [template.name for template in TEMPLATES]


MOST_MACS = 300_000_000
"""A net with more work an image only runs on tensors without memory."""


def assert_it_runs_without_memory(net: Callable[[], nn.Module], design: Design) -> None:
    """The same weights in the same order, and the shape that the analysis says.

    What such a net computes is held against torchvision's own, in `tests/templates`.
    """
    with torch.device("meta"):
        ours, built = net(), designer.build(design)
        facts = designer.analyze(design).facts
        found = ours(torch.empty(2, *facts["image"].output))
    shapes = [(name, value.shape) for name, value in ours.state_dict().items()]
    assert shapes == [(name, value.shape) for name, value in built.state_dict().items()]
    assert tuple(found.shape) == (2, 1000)


def golden(name: str) -> Path:
    """The file of a template's text; not *.py, since the project's own line length is another."""
    return Path(__file__).parent / f"{name}.txt"


@pytest.fixture(params=TEMPLATES, ids=NAMES)
def template(request: pytest.FixtureRequest) -> Template:
    found = request.param
    assert isinstance(found, Template)
    return found


def test_the_text_is_the_one_that_was_read(template: Template) -> None:
    text = designer.to_source(template.design())
    if os.environ.get("WRITE_GOLDEN"):
        golden(template.name).write_text(text, encoding="utf-8")
    assert text == golden(template.name).read_text(encoding="utf-8")


def test_the_text_runs_and_equals_the_built_model_bit_for_bit(template: Template) -> None:
    design = template.design()
    names: dict[str, object] = {}
    exec(golden(template.name).read_text(encoding="utf-8"), names)
    if template.macs > MOST_MACS:
        assert_it_runs_without_memory(names["Net"], design)
        return
    torch.manual_seed(0)
    ours = names["Net"]()  # type: ignore[operator]
    torch.manual_seed(0)
    built = designer.build(design)
    images = torch.rand(4, *designer.analyze(design).facts["image"].output)
    assert list(ours.state_dict()) == list(built.state_dict())
    for name, value in ours.state_dict().items():
        assert torch.equal(value, built.state_dict()[name])
    for training in (False, True):
        torch.manual_seed(1)
        first = ours.train(training)(images)
        torch.manual_seed(1)
        assert torch.equal(first, built.train(training)(images))


def test_the_texts_please_ruff(tmp_path: Path) -> None:
    for template in TEMPLATES:
        text = designer.to_source(template.design())
        (tmp_path / f"{template.name.replace('-', '_')}.py").write_text(text, "utf-8")
    assert_ruff_is_pleased(tmp_path, "E,F,I,W,N,UP,B")


def test_the_whole_scripts_please_ruff(tmp_path: Path) -> None:
    for template in TEMPLATES:
        text = render_script(template.design())
        (tmp_path / f"{template.name.replace('-', '_')}.py").write_text(text, "utf-8")
    assert_ruff_is_pleased(tmp_path, "E,F,I,W,UP,B")


def test_assignment_4_has_the_lessons_numbers() -> None:
    totals = designer.analyze(TEMPLATES[0].design()).totals
    assert (totals.parameters, totals.macs) == (57_722, 442_816)
    net = designer.build(TEMPLATES[0].design())
    assert sum(p.numel() for p in net.parameters()) == 57_722
