"""Fixes in designs that are broken in many places: each fits, helps, and comes to an end."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import designer
from designer.core.design import Design
from designer.core.edit import EditRefused
from designer.core.edits import Disconnect, RemoveNodes, ReplaceLayer, SetNode, SetParam
from designer.core.graph import Edge
from designer.layers import CATALOGUE
from tests.codegen.nets import RandomNet
from tests.contract.layers import layers, values
from tests.rules.nets import LETTERS

MOST = 400
"""Safe fixes that a design of at most 16 nodes can need."""


def broken(draw: Any) -> Design:
    """A random net after some edits that nobody with a plan would make."""
    design = RandomNet(draw(st.integers(0, 10**6))).grow(draw(st.integers(2, 12)))
    for _ in range(draw(st.integers(1, 5))):
        design = _spoiled(draw, design)
    return design


def _spoiled(draw: Any, design: Design) -> Design:
    names = sorted(design.nodes)
    if len(names) < 2:
        return design
    node = design.nodes[draw(st.sampled_from(names))]
    kind = draw(st.integers(0, 6))
    if kind == 0 and design.edges:
        return Disconnect((draw(st.sampled_from(design.edges)),)).apply(design)
    if kind == 1:
        return RemoveNodes(frozenset({node.id}), heal=draw(st.booleans())).apply(design)
    if kind == 2:
        other = draw(st.sampled_from(sorted(CATALOGUE)).flatmap(lambda k: layers(CATALOGUE[k])))
        return ReplaceLayer(node.id, other).apply(design)
    if kind == 3 and (parameters := node.layer.parameters()):
        parameter = draw(st.sampled_from(parameters))
        value = draw(values(parameter))
        if type(value) is int:
            value = draw(st.sampled_from([value, 0, -1, 10**6]))
        return SetParam(node.id, parameter.name, value).apply(design)
    if kind == 4:
        owner = draw(st.sampled_from(names))
        return SetNode(node.id, "weights_of", owner).apply(design)
    if kind == 5:
        return SetNode(node.id, draw(st.sampled_from(["bypassed", "frozen"])), True).apply(design)
    # a wire as only a file can have it
    port = draw(st.sampled_from([0, 1, 2, -1, 9]))
    named = "left" if port == -1 and draw(st.booleans()) else None
    edge = Edge(draw(st.sampled_from(names)), node.id, port, draw(st.integers(-1, 1)), (), named)
    return design.with_nodes(design.nodes.values(), [*design.edges, edge])


@given(data=st.data())
@settings(max_examples=60)
def test_every_fix_fits_and_takes_its_fault_away(data: st.DataObject) -> None:
    design = broken(data.draw)
    found = designer.analyze(design, LETTERS).diagnostics
    said = Counter(fault.message for fault in found)
    for fault in found:
        for fix in fault.fixes:
            mended = fix.edit.apply(design)
            assert mended is not design, f"{fault.code}: {fix.label} does something"
            left = Counter(d.message for d in designer.analyze(mended, LETTERS).diagnostics)
            # a wire that is there three times is twice too many
            assert left[fault.message] < said[fault.message], f"{fault.code}: {fix.label}"


@given(data=st.data())
@settings(max_examples=30)
def test_safe_fixes_come_to_an_end_and_break_nothing(data: st.DataObject) -> None:
    design = broken(data.draw)
    analysis = designer.analyze(design)
    errors = sum(d.severity == "error" for d in analysis.diagnostics)
    for _ in range(MOST):
        safe = [fix for d in analysis.diagnostics for fix in d.fixes if fix.safe]
        if not safe:
            break
        try:
            design = safe[0].edit.apply(design)
        except EditRefused as refusal:
            raise AssertionError(safe[0].label) from refusal
        analysis = designer.analyze(design, None, analysis)
        now = sum(d.severity == "error" for d in analysis.diagnostics)
        assert now <= errors, safe[0].label
        errors = now
    else:
        raise AssertionError([fix.label for fix in safe])
