"""Blocks of well-known nets, built of our layers, beside torchvision's with the same weights."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
import torch
from torch import nn
from torchvision.models.convnext import CNBlock
from torchvision.models.mobilenetv2 import InvertedResidual as SeparableBlock
from torchvision.models.shufflenetv2 import InvertedResidual as ShuffleUnit
from torchvision.ops import SqueezeExcitation, StochasticDepth

import designer
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.layers import CATALOGUE

SIZE = 8


def layer(kind: str, *values: object, **parameters: object) -> Layer:
    return CATALOGUE[kind](*values, **parameters)


class Drawing:
    """A net drawn branch by branch; a branch begins at a node, or at an output of one."""

    def __init__(self, channels: int) -> None:
        self.nodes = [Node("image", layer("Input", channels, SIZE, SIZE))]
        self.edges: list[Edge] = []

    def branch(self, start: str, *layers: Layer, output: int = 0) -> str:
        """Layers one behind the other; returns the id of the last one."""
        ids = [start]
        for one in layers:
            ids.append(f"node{len(self.nodes)}")
            self.nodes.append(Node(ids[-1], one))
        wires = [Edge(a, b, 0, output if a == start else 0) for a, b in pairwise(ids)]
        self.edges += wires
        return ids[-1]

    def merge(self, kind: str, *sources: str | tuple[str, int]) -> str:
        """A merge of nodes, or of outputs of them."""
        merged = f"node{len(self.nodes)}"
        self.nodes.append(Node(merged, layer(kind)))
        for port, source in enumerate(sources):
            node_id, output = source if isinstance(source, tuple) else (source, 0)
            self.edges.append(Edge(node_id, merged, port, output))
        return merged

    def design(self) -> Design:
        return Design(graph=Graph.of(self.nodes, self.edges))


def assert_same(drawing: Drawing, theirs: nn.Module, order: list[int] | None = None) -> None:
    """Copy their weights into our net, and compare numbers in training and evaluation.

    `order` names, for each of our tensors, the place of theirs, where the orders differ.
    """
    design = drawing.design()
    analysis = designer.analyze(design)
    assert analysis.is_valid, analysis.diagnostics
    assert analysis.totals.parameters == sum(p.numel() for p in theirs.parameters())
    ours = designer.build(design)
    torch.manual_seed(5)
    given = list(theirs.state_dict().values())
    for place, tensor in enumerate(ours.state_dict().values()):
        wanted = given[order[place] if order else place]
        assert wanted.numel() == tensor.numel()
        if wanted.is_floating_point():
            wanted.uniform_(0.5, 1.5)
        tensor.copy_(wanted.reshape(tensor.shape))
    channels = drawing.nodes[0].layer.infer()[0].channels
    x = torch.randn(4, channels, SIZE, SIZE)
    for training in (True, False):
        results = []
        for net in (ours, theirs):
            torch.manual_seed(7)  # both drop the same samples
            results.append(net.train(training)(x))
        torch.testing.assert_close(*results)


def test_squeeze_and_excitation_weighs_maps_by_broadcasting() -> None:
    drawing = Drawing(6)
    gate = drawing.branch(
        "image",
        layer("GlobalAvgPool2d", keepdim=True),
        layer("Conv1x1", 2),
        layer("ReLU"),
        layer("Conv1x1", 6),
        layer("Sigmoid"),
    )
    drawing.merge("Multiply", gate, "image")
    assert_same(drawing, SqueezeExcitation(6, 2))


def normed(*convolution: Layer, activation: str = "") -> list[Layer]:
    last = [layer(activation)] if activation else []
    return [*convolution, layer("BatchNorm2d"), *last]


def depthwise(channels: int, stride: int = 1) -> Layer:
    return layer("Conv2d", channels, 3, stride, 1, groups=channels, bias=False)


def pointwise(channels: int) -> Layer:
    return layer("Conv1x1", channels, bias=False)


def shuffle_branch(channels: int, stride: int) -> list[Layer]:
    return [
        *normed(pointwise(channels), activation="ReLU"),
        *normed(depthwise(channels, stride)),
        *normed(pointwise(channels), activation="ReLU"),
    ]


def test_the_basic_shufflenet_unit_splits_works_on_a_half_and_shuffles() -> None:
    drawing = Drawing(8)
    split = drawing.branch("image", layer("Split", (4, 4)))
    right = drawing.branch(split, *shuffle_branch(4, 1), output=1)
    both = drawing.merge("Concat", (split, 0), right)
    drawing.branch(both, layer("ChannelShuffle", 2))
    assert_same(drawing, ShuffleUnit(8, 8, 1))


def test_the_same_unit_by_two_slices() -> None:
    drawing = Drawing(8)
    left = drawing.branch("image", layer("Slice", 0, 4))
    right = drawing.branch("image", layer("Slice", -4), *shuffle_branch(4, 1))
    both = drawing.merge("Concat", left, right)
    drawing.branch(both, layer("ChannelShuffle", 2))
    assert_same(drawing, ShuffleUnit(8, 8, 1))


def test_the_shufflenet_unit_that_halves_the_maps() -> None:
    drawing = Drawing(6)
    left = drawing.branch(
        "image", *normed(depthwise(6, 2)), *normed(pointwise(4), activation="ReLU")
    )
    right = drawing.branch("image", *shuffle_branch(4, 2))
    both = drawing.merge("Concat", left, right)
    drawing.branch(both, layer("ChannelShuffle", 2))
    assert_same(drawing, ShuffleUnit(6, 8, 2))


@pytest.mark.parametrize("p", [0.0, 0.5, 1.0])
def test_a_convnext_block_with_channels_last_between_its_layers(p: float) -> None:
    drawing = Drawing(5)
    branch = drawing.branch(
        "image",
        layer("Conv2d", 5, 7, padding=3, groups=5),
        layer("Permute", (0, 2, 3, 1)),
        layer("LayerNorm", eps=1e-6),
        layer("Linear", 20),
        layer("GELU"),
        layer("Linear", 5),
        layer("Permute", (0, 3, 1, 2)),
        layer("Scale", 1e-6),
        layer("StochasticDepth", p),
    )
    drawing.merge("Add", branch, "image")
    theirs = CNBlock(5, 1e-6, p, partial(nn.LayerNorm, eps=1e-6))
    # torchvision keeps its factors, our Scale, in front
    assert_same(drawing, theirs, [*range(1, 9), 0])


def test_a_depthwise_separable_block() -> None:
    drawing = Drawing(6)
    branch = drawing.branch(
        "image", *normed(depthwise(6), activation="ReLU6"), *normed(pointwise(6))
    )
    drawing.merge("Add", "image", branch)
    assert_same(drawing, SeparableBlock(6, 6, 1, expand_ratio=1))


@pytest.mark.parametrize("mode", ["row", "batch"])
@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_stochastic_depth_drops_what_torchvisions_drops(p: float, mode: str) -> None:
    drawing = Drawing(3)
    drawing.branch("image", layer("StochasticDepth", p, mode))
    assert_same(drawing, StochasticDepth(p, mode))
