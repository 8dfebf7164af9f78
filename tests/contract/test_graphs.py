"""Random graphs: every node of 2,000 has the shape that it has when the printed text is run."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from designer.codegen import Source, render
from designer.core.analysis import Analysis, analyze
from designer.core.ends import images
from tests.codegen.ruff import assert_ruff_is_pleased
from tests.contract.graphs import RandomGraph

A_TEST = 100
"""Graphs a test."""

BATCH = 2


@pytest.mark.parametrize("hundred", range(20))
def test_every_node_has_the_shape_of_a_real_forward(hundred: int) -> None:
    for seed in range(hundred * A_TEST, (hundred + 1) * A_TEST):
        check(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("thousand", range(20, 40))
def test_many_more_graphs(thousand: int) -> None:
    for seed in range(thousand * 1000, (thousand + 1) * 1000):
        check(seed)


def check(seed: int) -> None:
    """Print the graph of this seed, run it, and compare what each line made."""
    pick = RandomGraph(seed)
    design = pick.grow(6 + seed % 14)
    analysis = analyze(design)
    assert not [d for d in analysis.diagnostics if d.severity == "error"], f"seed {seed}"
    source = render(design, analysis)
    net, seen = watched(source)
    net.train(seed % 2 == 0)
    shapes = [node.layer.infer()[0] for node in images(design.graph)]
    torch.manual_seed(seed)
    given = [torch.rand(BATCH, *shape) for shape in shapes]
    counting = FlopCounterMode(display=False) if seed % 10 == 0 else nullcontext()
    with counting:
        net(*given)
    if isinstance(counting, FlopCounterMode):
        counted = counting.get_total_flops()
        assert counted == 2 * BATCH * analysis.totals.macs, f"seed {seed}"
    compare(seed, source, analysis, seen)
    parameters = sum(p.numel() for p in net.parameters())
    assert parameters == analysis.totals.parameters, f"seed {seed}: shared weights count once"


def compare(
    seed: int, source: Source, analysis: Analysis, seen: dict[int, list[torch.Size]]
) -> None:
    """Hold each line's tensors against the node that the line belongs to."""
    found: dict[str, list[torch.Size]] = {}
    for node_id, ranges in source.lines.items():
        for line in sorted(seen):  # the first one makes the value, others may return it
            if any(first <= line <= last for first, last in ranges):
                found.setdefault(node_id, seen[line])
    for node_id, facts in analysis.facts.items():
        layer = facts.layer
        if layer.role != "layer":
            continue
        assert facts.outputs is not None
        if node_id in found and not analysis.graph.nodes[node_id].bypassed:
            told = [(BATCH, *shape) for shape in facts.outputs]
            assert [tuple(size) for size in found[node_id]] == told, f"seed {seed}: {node_id}"
        else:
            assert set(facts.outputs) == {facts.inputs[0]}, f"seed {seed}: {node_id} has no line"


def watched(source: Source) -> tuple[torch.nn.Module, dict[int, list[torch.Size]]]:
    """The net of a text whose `forward` also notes, line by line, the sizes of what it makes."""
    tree = ast.parse(source.text)
    (net,) = (n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == source.class_name)
    (forward,) = (f for f in net.body if isinstance(f, ast.FunctionDef) and f.name == "forward")
    for statement in forward.body:
        if isinstance(statement, (ast.Assign, ast.Return)) and statement.value is not None:
            called = ast.parse(f"_seen({statement.lineno}, 0)", mode="eval").body
            assert isinstance(called, ast.Call)
            called.args[1] = statement.value
            statement.value = called
    seen: dict[int, list[torch.Size]] = {}
    names: dict[str, Any] = {"_seen": _noting(seen)}
    exec(compile(ast.fix_missing_locations(tree), "<model>", "exec"), names)
    made = names[source.class_name]()
    assert isinstance(made, torch.nn.Module)
    return made, seen


def _noting(seen: dict[int, list[torch.Size]]) -> Callable[[int, Any], Any]:
    def note(line: int, value: Any) -> Any:
        values = value if isinstance(value, tuple) else (value,)
        seen[line] = [v.shape for v in values]
        return value

    return note


def test_the_texts_are_as_ruff_would_write_them(tmp_path: Path) -> None:
    for seed in range(300):
        design = RandomGraph(seed).grow(6 + seed % 14)
        (tmp_path / f"net{seed}.py").write_text(render(design).text, "utf-8")
    assert_ruff_is_pleased(tmp_path)
