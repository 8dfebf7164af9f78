"""Legal targets: what the canvas says of a wire is what the analysis says of the net with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from designer.core.analysis import Analysis, analyze
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.rules import RULES
from designer.ui.canvas.scene.legal import OPEN, Targets, Verdict
from tests.contract.graphs import RandomGraph
from tests.ui.canvas.nets import make


def everything() -> Design:
    """Images, vectors, merges, a composite, two ends, a node off its limits, one that is loose."""
    layers = {
        "image": make("Input", 3, 8, 8),
        "small": make("Input", 4, 5, 5),
        "conv": make("Conv2d", 4, 3, 1, 1),
        "split": make("Split", (2, 2)),
        "add": make("Add"),
        "cat": make("Concat"),
        "block": make("Inception"),
        "flat": make("Flatten"),
        "fc": make("Linear", 10),
        "wide": make("Conv2d", 4, 9),
        "off": make("Conv2d", 4, 0),
        "passed": Node("passed", make("Linear", 3), bypassed=True),
        "loose": make("ReLU"),
        "end": make("Output"),
    }
    nodes = [n if isinstance(n, Node) else Node(name, n) for name, n in layers.items()]
    edges = [
        Edge("image", "conv"), Edge("conv", "split"), Edge("split", "add", 0, 0),
        Edge("split", "add", 1, 1), Edge("conv", "cat", 0), Edge("image", "cat", 1),
        Edge("cat", "block"), Edge("block", "flat"), Edge("flat", "fc"), Edge("fc", "end"),
    ]  # fmt: skip
    return Design(graph=Graph.of(nodes, edges))


def with_wire(design: Design, edge: Edge) -> Analysis:
    """The net with a wire in the place of what feeds that port, whatever comes of it."""
    kept = [e for e in design.edges if (e.target, e.port) != (edge.target, edge.port)]
    return analyze(Design(graph=Graph.of(design.nodes.values(), [*kept, edge])), RULES)


def asked(design: Design) -> Iterator[tuple[Edge, Verdict]]:
    """Every wire that could be drawn from an output, and what is said of it."""
    analysis = analyze(design, RULES)
    for source in design.nodes.values():
        for output in range(source.layer.output_count):
            targets = Targets(design, analysis, source.id, output, output=True)
            for target in design.nodes.values():
                fed = len(design.graph.incoming.get(target.id, ()))
                count = fed + 1 if target.layer.inputs is None else max(1, target.layer.inputs)
                for port in range(count):
                    edge = Edge(source.id, target.id, port, output)
                    yield edge, targets.verdict(target.id, port)


def assert_agrees(design: Design, edge: Edge, verdict: Verdict) -> None:
    after = with_wire(design, edge)
    messages = {d.message for d in after.diagnostics if d.severity == "error"}
    own = [fault for fault in after.facts[edge.target].faults if fault.code not in OPEN]
    if verdict.kind == "refused":
        assert any(m.startswith(f"{verdict.sentence}: ") for m in messages), edge
        return
    assert not after.ordering.cycles
    assert verdict.edge == edge
    if verdict.kind == "doubtful":
        assert verdict.sentence in messages and verdict.sentence == own[0].message, edge
    else:
        assert not own, edge
        assert verdict.outputs == after.facts[edge.target].outputs, edge


def test_every_wire_is_judged_as_the_analysis_judges_it() -> None:
    design = everything()
    kinds = []
    for edge, verdict in asked(design):
        # of several ways round one cycle any may be named: held against itself below
        if edge not in design.edges and not (verdict.sentence and "is a cycle" in verdict.sentence):
            assert_agrees(design, edge, verdict)
        kinds.append(verdict.kind)
    assert {kind: kinds.count(kind) > 20 for kind in set(kinds)} == {
        "legal": True, "doubtful": True, "refused": True,
    }  # fmt: skip


def test_a_cycle_is_told_by_the_way_that_it_takes() -> None:
    design = everything()
    told = [(e, v) for e, v in asked(design) if "is a cycle" in v.sentence]
    wires = {(edge.source, edge.target) for edge in design.edges}
    assert len(told) > 20
    for edge, verdict in told:
        said = verdict.sentence.partition(" is a cycle")[0].split(" → ")
        assert said[0] == said[-1] == edge.target and said[-2] == edge.source
        assert {*pairwise(said)} <= {*wires, (edge.source, edge.target)}
        assert with_wire(design, edge).ordering.cycles


@pytest.mark.parametrize("seed", range(4))
def test_in_any_net_what_is_legal_has_no_fault_and_the_shape_that_was_shown(seed: int) -> None:
    design = RandomGraph(seed).grow(8)
    for edge, verdict in asked(design):
        if verdict.kind != "refused" and edge not in design.edges:
            assert_agrees(design, edge, verdict)
