"""Variables of `forward`: short names that tell, free again when their value is dead."""

from __future__ import annotations

import pytest
import torch

import designer
from designer.core.design import Design
from tests.codegen.lines import forward_of
from tests.codegen.nets import graph, node


def residual_blocks(*words: str) -> Design:
    """Two blocks that add a branch of two convolutions; `words` name their nodes' last parts."""
    nodes, edges = [node("image", "Input", channels=4, height=8, width=8)], []
    last = "image"
    for block in ("layer1_0", "layer1_1"):
        first, second, end = (f"{block}_{word}" for word in words)
        nodes += [
            node(first, "Conv2d", out_channels=4, padding=1),
            node(second, "Conv2d", out_channels=4, padding=1),
            node(end, "Add"),
        ]
        edges += [(last, first), (first, second), (second, end, 0), (last, end, 1)]
        last = end
    return graph(nodes, *edges)


def test_a_branch_has_a_short_name_that_the_next_block_uses_again() -> None:
    assert forward_of(residual_blocks("conv1", "conv2", "add")) == [
        "conv2 = self.layer1_0_conv1(x)",
        "conv2 = self.layer1_0_conv2(conv2)",
        "x = conv2 + x",
        "conv2 = self.layer1_1_conv1(x)",
        "conv2 = self.layer1_1_conv2(conv2)",
        "return conv2 + x",
    ]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("branch2_0", "branch2_1", "cat"), "branch2"),
        (("0", "1", "add"), "layer1_0_1"),
        (("layers_0", "layers_1", "add"), "layers"),
        (("block_0_0", "block_1_0", "block_2_add"), "block_1_0"),
        (("a", "if", "add"), "if_"),
        (("a", "torch", "add"), "torch_"),
        (("a", "", "add"), "layer1_0_"),
    ],
)
def test_what_a_branch_is_called(words: tuple[str, ...], name: str) -> None:
    """By what its nodes begin with, else its last; never a number, a keyword or a name in use."""
    design = residual_blocks(*words)
    assert forward_of(design)[0].startswith(f"{name} = ")
    designer.build(design)(torch.rand(2, 4, 8, 8))


def test_branches_that_live_at_once_have_names_of_their_own() -> None:
    names = ["a_conv", "b_conv", "c_conv"]
    design = graph(
        [
            node("image", "Input", channels=4, height=8, width=8),
            *(node(f"left_{n}", "Conv2d", out_channels=4, padding=1) for n in names),
            node("left_add", "Add"),
            node("left_a_add", "Add"),
        ],
        *(("image", f"left_{n}") for n in names),
        ("left_a_conv", "left_a_add", 0),
        ("left_b_conv", "left_add", 0),
        ("left_c_conv", "left_add", 1),
        ("left_add", "left_a_add", 1),
    )
    lines = forward_of(design)
    assert lines[0] == "conv = self.left_a_conv(x)"
    assert lines[1:3] == ["b_conv = self.left_b_conv(x)", "c_conv = self.left_c_conv(x)"]
    assert lines[-1] == "return conv + add"
