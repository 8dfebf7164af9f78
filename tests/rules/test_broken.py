"""Each code's example: said once, where the cause is, and mended by every fix that is offered."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

import pytest

import designer
from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.rules.catalogue import codes
from tests.rules.broken import BROKEN, Broken

PACKAGE = Path(designer.__file__).parent
BY_CODE = {broken.code: broken for broken in BROKEN}


def judged(broken: Broken, design: Design | None = None) -> Analysis:
    return designer.analyze(design or broken.design, broken.data)


def errors(analysis: Analysis) -> set[tuple[str, str | None]]:
    return {(d.code, d.node) for d in analysis.diagnostics if d.severity == "error"}


@pytest.mark.parametrize("code", BY_CODE)
def test_it_is_said_once_where_the_cause_is(code: str) -> None:
    broken = BY_CODE[code]
    found = judged(broken).diagnostics
    assert [(d.code, d.node) for d in found] == [(code, broken.node)], [d.message for d in found]
    (fault,) = found
    assert fault.message.isprintable() and "  " not in fault.message
    assert fault.node is None or broken.design.nodes[fault.node].name in fault.message
    assert len(fault.fixes) >= broken.fixes


@pytest.mark.parametrize("code", [b.code for b in BROKEN if b.fixes])
def test_every_fix_mends_it_and_breaks_nothing(code: str) -> None:
    broken = BY_CODE[code]
    before = judged(broken)
    (fault,) = before.diagnostics
    for fix in fault.fixes:
        mended = fix.edit.apply(broken.design)
        after = judged(broken, mended)
        assert (code, fault.node) not in {(d.code, d.node) for d in after.diagnostics}, fix.label
        assert code not in {d.code for d in after.diagnostics}, fix.label
        assert errors(after) <= errors(before), fix.label
        assert fix.label[0].isupper() and fix.edit.label


def test_at_least_eighteen_codes_offer_a_fix() -> None:
    assert sum(broken.fixes > 0 for broken in BROKEN) >= 40
    assert len(BY_CODE) == len(BROKEN) >= 50


def test_every_code_has_an_example_and_a_sentence() -> None:
    assert set(BY_CODE) == set(codes())
    assert said_in_the_source() == set(codes())


def said_in_the_source() -> set[str]:
    """The codes that the package's texts give to Diagnostic and Refused."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = {"Diagnostic": 1, "Refused": 0}.get(node.func.id)
            if place is not None and len(node.args) > place:
                found |= _texts(node.args[place])
    return found


def _texts(value: ast.expr) -> set[str]:
    """The constants that an expression can be."""
    if isinstance(value, ast.Constant):
        return {str(value.value)}
    if isinstance(value, ast.IfExp):
        return _texts(value.body) | _texts(value.orelse)
    return set()


def test_shapes_and_names_of_both_sides_are_in_the_sentence() -> None:
    """Wherever a layer refuses what it gets, the sentence says who gives what."""
    for broken in BROKEN:
        (fault,) = judged(broken).diagnostics
        feeding = _refused_source(broken, fault)
        if feeding is not None:
            name, shape = feeding
            assert name in fault.message and shape in fault.message, fault.message


def _refused_source(broken: Broken, fault: Diagnostic) -> tuple[str, str] | None:
    analysis = judged(broken)
    facts = analysis.facts.get(fault.node or "")
    if facts is None or facts.outputs is not None or fault.code in WITHOUT_A_SHAPE:
        return None
    if not facts.inputs or None in facts.inputs:
        return None
    edges = broken.design.graph.incoming[fault.node or ""]
    edge = next((edge for edge in edges if edge.port == (fault.port or 0)), edges[0])
    return edge.source, str(facts.inputs[edge.port])


WITHOUT_A_SHAPE = frozenset(
    {
        "align-corners-without-effect",
        "no-size",
        "only-padding",
        "out-of-range",
        "output-padding-too-large",
        "padding-too-large",
        "port-fed-twice",
    }
)
"""Faults of a node's own parameters and wires, whatever shape comes in."""


def test_the_manual_has_every_code_as_the_program_says_it() -> None:
    script = runpy.run_path(str(PACKAGE.parent / "docs" / "make_faults.py"))
    assert script["PAGE"].read_text("utf-8") == script["page"](), "run: python docs/make_faults.py"
    for code in BY_CODE:
        assert f"### {code}\n" in script["page"]()
