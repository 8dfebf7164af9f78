"""The templates: valid, pleasantly laid out, kept in the form in which the program saves."""

from __future__ import annotations

from itertools import combinations

import pytest

import designer
from designer import data
from designer.resources import resource
from designer.storage import SUFFIX, TEMPLATES, Template, template, to_text
from resources.templates.zoo.catalogue import TEMPLATES as BUILDERS

GRID, WIDTH, HEIGHT = 4, 148, 46


@pytest.fixture(params=TEMPLATES, ids=lambda template: template.name)
def each(request: pytest.FixtureRequest) -> Template:
    found = request.param
    assert isinstance(found, Template)
    return found


def test_it_is_valid_and_fits_its_data_or_says_so(each: Template) -> None:
    """No data set that the program knows has the images of ImageNet."""
    design = each.design()
    known = data.describe(design.data.source, design.data.validation)
    diagnostics = designer.analyze(design, known).diagnostics
    said = [(d.code, bool(d.fixes)) for d in diagnostics if d.severity != "hint"]
    misfits = [("image-differs", True), ("classes-differ", True)]
    assert said == (misfits if "ImageNet" in each.group else [])
    if each.group == TEMPLATES[0].group:
        assert diagnostics == ()
    assert design.name == each.title


@pytest.mark.parametrize("name", [t.name for t in TEMPLATES if "ImageNet" in t.group])
def test_a_net_for_imagenet_takes_small_images_by_its_fixes(name: str) -> None:
    """Some could not do with 32 × 32: their second fix enlarges the images first."""
    design = template(name).design()
    known = data.describe(design.data.source, design.data.validation)
    for code in ("image-differs", "classes-differ"):
        (fault,) = (d for d in designer.analyze(design, known).diagnostics if d.code == code)
        design = fault.fixes[-1].edit.apply(design)
    analysis = designer.analyze(design, known)
    assert analysis.is_valid
    assert [d.code for d in analysis.diagnostics if d.severity == "warning"] == []
    assert analysis.totals.macs > 0.7 * template(name).macs, "the maps are as large as before"


def test_the_list_tells_the_truth(each: Template) -> None:
    totals = designer.analyze(each.design()).totals
    assert (each.parameters, each.macs) == (totals.parameters, totals.macs)
    assert each.description and each.description[-1].isalnum()
    groups = [t.group for t in TEMPLATES]
    assert groups == sorted(groups, key=groups.index), "a group stays together"


def test_stages_have_frames_that_hold_their_nodes(each: Template) -> None:
    design = each.design()
    for frame in design.frames:
        left, top = frame.position
        for name in frame.nodes:
            x, y = design.nodes[name].position or (None, None)
            assert x and left <= x and x + WIDTH <= left + frame.size[0]
            assert y and top <= y and y + HEIGHT <= top + frame.size[1]
    for a, b in combinations(design.frames, 2):
        apart = (abs(a.position[i] - b.position[i]) for i in (0, 1))
        assert any(
            gap >= min(a, b, key=lambda f: f.position[i]).size[i] for i, gap in enumerate(apart)
        )
    framed = [name for frame in design.frames for name in frame.nodes]
    assert not framed or sorted(framed) == sorted(design.nodes)


@pytest.mark.parametrize("name", BUILDERS)
def test_the_program_writes_the_very_file(name: str) -> None:
    """Who mends a builder runs `python resources/templates/make_templates.py`."""
    text = resource("templates", name + SUFFIX).read_text(encoding="utf-8")
    assert to_text(BUILDERS[name]()) == text


def test_its_nodes_lie_on_the_grid_and_apart(each: Template) -> None:
    places = [node.position for node in each.design().nodes.values()]
    assert all(x % GRID == 0 and y % GRID == 0 for x, y in filter(None, places))
    assert None not in places
    for a, b in combinations(filter(None, places), 2):
        assert abs(a[0] - b[0]) > WIDTH or abs(a[1] - b[1]) > HEIGHT, (a, b)


def test_wires_lead_to_the_right_or_to_the_next_row(each: Template) -> None:
    nodes = each.design().nodes
    for edge in each.design().edges:
        source, target = nodes[edge.source].position, nodes[edge.target].position
        assert source and target
        assert source[0] < target[0] or source[1] < target[1]


def test_its_file_is_what_the_program_would_save(each: Template) -> None:
    text = resource("templates", each.name + SUFFIX).read_text(encoding="utf-8")
    assert to_text(each.design()) == text


def test_every_file_is_listed() -> None:
    files = {f.name for f in resource("templates").iterdir() if f.name.endswith(SUFFIX)}
    assert files == {t.name + SUFFIX for t in TEMPLATES}


def test_assignment_4_has_the_lessons_shapes() -> None:
    analysis = designer.analyze(template("assignment-4").design())
    assert [str(analysis.facts[n].output) for n in ("image", "conv1", "conv2", "fc2")] == [
        "1 × 28 × 28",
        "16 × 14 × 14",
        "16 × 7 × 7",
        "10",
    ]
    with pytest.raises(KeyError):
        template("assignment-5")
