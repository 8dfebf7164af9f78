"""Random nets: their text is formatted, runs, and gives at every node the shape that we say."""

from __future__ import annotations

from pathlib import Path

import torch

import designer
from designer.codegen import render
from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.layers import CATALOGUE
from tests.codegen.nets import RandomNet
from tests.codegen.ruff import assert_ruff_is_pleased

COUNT = 150


def test_text_of_random_nets(tmp_path: Path) -> None:
    for seed in range(COUNT):
        design = RandomNet(seed).grow(4 + seed % 20)
        analysis = designer.analyze(design)
        if not analysis.is_valid:
            continue
        source = render(design, analysis)
        (tmp_path / f"net_{seed}.py").write_text(source.text, encoding="utf-8")
        assert_the_net_has_its_weights(source.text, analysis)
        assert_lines_are_the_nodes_own(source.text, source.lines)
    assert len(list(tmp_path.iterdir())) > COUNT * 2 / 3
    assert_ruff_is_pleased(tmp_path)


def test_every_node_of_random_nets_gives_the_shape_that_we_say() -> None:
    tried = 0
    for seed in range(COUNT):
        design = with_every_node_marked(RandomNet(1000 + seed).grow(3 + seed % 15))
        analysis = designer.analyze(design)
        if not analysis.is_valid:
            continue
        net = built(render(design, analysis).text).eval()
        results = net(*images_of(analysis))
        results = results if isinstance(results, tuple) else (results,)
        marks = [n for n in design.nodes.values() if n.layer.role == "output"]
        for mark, result in zip(marks, results, strict=True):
            assert tuple(result.shape[1:]) == analysis.facts[mark.id].output, (seed, mark.id)
            tried += 1
    assert tried > 5 * COUNT


def with_every_node_marked(design: Design) -> Design:
    """The design with an Output behind every node, so that the net returns every value."""
    nodes = [n for n in design.nodes.values() if n.layer.role != "output"]
    ids = {n.id for n in nodes}
    marks = [Node(f"mark{i}", CATALOGUE["Output"]()) for i in range(len(nodes))]
    edges = [edge for edge in design.edges if edge.target in ids]
    edges += [Edge(n.id, mark.id) for n, mark in zip(nodes, marks, strict=True)]
    return Design(graph=Graph.of([*nodes, *marks], edges))


def built(text: str) -> torch.nn.Module:
    names: dict[str, object] = {}
    exec(compile(text, "<net>", "exec"), names)
    net = names["Net"]()  # type: ignore[operator]
    assert isinstance(net, torch.nn.Module)
    return net


def images_of(analysis: Analysis) -> list[torch.Tensor]:
    images = [n for n in analysis.graph.nodes.values() if n.layer.role == "image"]
    return [torch.rand(2, *analysis.facts[n.id].output or ()) for n in images]


def assert_the_net_has_its_weights(text: str, analysis: Analysis) -> None:
    net = built(text)
    known = analysis.by_node
    unused = [d for d in analysis.diagnostics if d.code == "unused-branch"]
    # every end is marked, so only a bypassed merge leaves anything out
    assert all(d.node and analysis.graph.nodes[d.node].bypassed for d in unused), known
    count = sum(p.numel() for p in net.parameters())
    assert count <= analysis.totals.parameters
    assert unused or count == analysis.totals.parameters
    net.train()(*images_of(analysis))


def assert_lines_are_the_nodes_own(text: str, lines: object) -> None:
    texts = text.split("\n")
    assert isinstance(lines, dict)
    for node_id, ranges in lines.items():
        for first, last in ranges:
            assert 1 <= first <= last <= len(texts), node_id
            assert all(row.strip() for row in texts[first - 1 : last]), (node_id, texts[first - 1])
