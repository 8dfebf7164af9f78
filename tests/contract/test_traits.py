"""Nodes that share weights, are frozen or bypassed: in shapes, counts, text and training."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

import designer
from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from designer.rules import in_the_way_of_training
from tests.contract.exported import imported


def node(node_id: str, kind: str, *values: object, **traits: object) -> Node:
    return Node(node_id, CATALOGUE[kind](*values), **traits)  # type: ignore[arg-type]


def design() -> Design:
    """Two images through one convolution, a frozen stem and a bypassed layer; two results."""
    nodes = [
        node("left", "Input", 3, 8, 8),
        node("right", "Input", 3, 8, 6),
        node("conv", "Conv2d", 4, 3),
        node("same", "Conv2d", 4, 3, weights_of="conv"),
        node("split", "Split", (1, 3)),
        node("frozen", "Conv2d", 4, 3, frozen=True),
        node("norm", "BatchNorm2d", frozen=True),
        node("bypassed", "Conv2d", 9, 3, bypassed=True),
        node("maps", "GlobalAvgPool2d"),
        node("scores", "Linear", 5),
        node("first", "Output"),
        node("second", "Output"),
    ]
    chain = ("left", "conv", "frozen", "norm", "bypassed", "maps", "scores", "first")
    edges = [Edge(a, b) for a, b in pairwise(chain)]
    edges += [Edge("right", "same"), Edge("same", "split"), Edge("split", "second", 0, 1)]
    return Design(graph=Graph.of(nodes, edges))


def images() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(3)
    return torch.rand(4, 3, 8, 8), torch.rand(4, 3, 8, 6)


def test_shapes_and_counts() -> None:
    analysis = designer.analyze(design())
    assert analysis.is_valid
    facts = analysis.facts
    assert facts["bypassed"].output == facts["norm"].output == (4, 4, 4)
    assert facts["same"].output == (4, 6, 4)
    counts = {name: f.parameters for name, f in facts.items() if f.parameters}
    shared = 3 * 9 * 4 + 4
    assert counts == {"conv": shared, "frozen": 4 * 9 * 4 + 4, "norm": 8, "scores": 25}
    assert (facts["bypassed"].macs, facts["same"].macs) == (0, 3 * 9 * 4 * 6 * 4)
    net = designer.build(design())
    assert analysis.totals.parameters == sum(p.numel() for p in net.parameters())


def test_the_text_takes_the_images_and_gives_the_results_in_file_order() -> None:
    net = designer.build(design())
    left, right = images()
    first, second = net.eval()(left, right)
    assert torch.equal(second, net.conv(right)[:, 1:])
    through = net.norm(net.frozen(net.conv(left))).mean((2, 3))
    torch.testing.assert_close(first, net.scores(through))
    assert {name for name, _ in net.named_children()} == {"conv", "frozen", "norm", "scores"}


def test_a_step_of_training_moves_what_is_free_and_nothing_else() -> None:
    net = designer.build(design()).train()
    before = {name: tensor.clone() for name, tensor in net.state_dict().items()}
    first, second = net(*images())
    (first.square().sum() + second.square().sum()).backward()
    for weight in net.parameters():
        if weight.requires_grad:
            weight.data -= 0.01 * weight.grad
    moved = {
        name.partition(".")[0]
        for name, tensor in net.state_dict().items()
        if not torch.equal(tensor, before[name])
    }
    assert moved == {"conv", "scores"}, "neither frozen weights nor frozen running means"


def test_a_run_refuses_two_images_at_once_and_says_which_output_counts() -> None:
    letters = DataDescription("letters", Shape((3, 8, 8)), tuple("ABCDE"), 100, 10, 10)
    analysis = designer.analyze(design(), letters)
    assert [d.code for d in in_the_way_of_training(analysis)] == ["several-images"]
    (hint,) = (d for d in analysis.diagnostics if d.code == "first-output-only")
    assert "compares first, the first Output" in hint.message


def test_so_does_the_exported_script(tmp_path: Path) -> None:
    script = imported(design(), tmp_path)
    with pytest.raises(script.Unusable, match="takes 2 images at once"):
        script.check_fit(script.build_model(), None, None)


def test_the_exported_script_refuses_maps_where_scores_are_needed(tmp_path: Path) -> None:
    nodes = (node("image", "Input"), node("conv", "Conv2d"))
    maps = Design(graph=Graph.of(nodes, [Edge("image", "conv")]))
    script = imported(maps, tmp_path)
    images = SimpleNamespace(train=SimpleNamespace(x=torch.zeros(1, 1, 28, 28)), classes="AB")
    place = SimpleNamespace(device="cpu")
    with pytest.raises(script.Unusable, match="gives 16 × 26 × 26 for each image"):
        script.check_fit(script.build_model(), images, place)
