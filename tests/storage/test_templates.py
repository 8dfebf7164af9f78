"""The templates: valid, pleasantly laid out, kept in the form in which the program saves."""

from __future__ import annotations

from itertools import combinations

import pytest

import designer
from designer import data
from designer.resources import resource
from designer.storage import SUFFIX, TEMPLATES, Template, template, to_text

GRID, WIDTH, HEIGHT = 4, 148, 46


@pytest.fixture(params=TEMPLATES, ids=lambda template: template.name)
def each(request: pytest.FixtureRequest) -> Template:
    found = request.param
    assert isinstance(found, Template)
    return found


def test_it_has_nothing_to_report_and_fits_its_data(each: Template) -> None:
    design = each.design()
    known = data.describe(design.data.source, design.data.validation)
    assert designer.analyze(design, known).diagnostics == ()
    assert design.name == each.title


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
