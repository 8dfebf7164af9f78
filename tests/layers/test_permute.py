"""Permute: what a Linear takes behind it, and what is still known of receptive fields."""

from __future__ import annotations

import copy
import pickle
from itertools import pairwise

import pytest
import torch

import designer
from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.layers import CATALOGUE


def make(kind: str, *values: object, **parameters: object) -> Layer:
    return CATALOGUE[kind](*values, **parameters)


def analysed(*layers: Layer, image: tuple[int, int, int] = (4, 9, 8)) -> Analysis:
    """The analysis of layers one behind the other; the last one is `node{n}`."""
    ids = ["image", *(f"node{i}" for i in range(1, len(layers) + 1))]
    nodes = [Node(i, layer) for i, layer in zip(ids, (make("Input", *image), *layers), strict=True)]
    edges = [Edge(a, b) for a, b in pairwise(ids)]
    return designer.analyze(Design(graph=Graph.of(nodes, edges)))


def field(analysis: Analysis) -> list[int] | None:
    """Height and width that the last node sees."""
    found = [*analysis.facts.values()][-1].field
    return None if found is None else [axis.size for axis in found]


LAST = make("Permute", (0, 2, 3, 1))
FIRST = make("Permute", (0, 3, 1, 2))


def test_a_linear_takes_maps_whose_last_size_a_permute_put_there() -> None:
    for layers in ((LAST,), (LAST, make("LayerNorm"), make("GELU"), make("Linear", 3))):
        analysis = analysed(*layers, make("Linear", 7))
        assert analysis.is_valid
        assert [*analysis.facts.values()][-1].output == (9, 8, 7)


@pytest.mark.parametrize(
    "layers",
    [
        (),
        (LAST, FIRST),
        (make("Permute", (0, 2, 1, 3)),),  # the width stays last
        (LAST, make("AvgPool2d", 1)),  # a pooling makes maps of them again
    ],
)
def test_it_takes_no_others(layers: tuple[Layer, ...]) -> None:
    codes = [d.code for d in analysed(*layers, make("Linear", 7)).diagnostics]
    assert codes == ["needs-vector"]


def test_the_weights_of_a_linear_are_used_at_every_position() -> None:
    facts = analysed(LAST, make("Linear", 7)).facts["node2"]
    assert (facts.parameters, facts.macs) == (4 * 7 + 7, 9 * 8 * 4 * 7)


def test_a_permuted_shape_is_another_one() -> None:
    cube, turned = Shape((4, 4, 4)), Shape((4, 4, 4)).permuted((1, 2, 0))
    assert turned == (4, 4, 4)
    assert turned != cube
    assert cube != turned
    assert turned.permuted((2, 0, 1)) == cube
    assert turned.resized(4, 4, 9).axes == (1, 2, 0)
    said = eval(repr(Shape((2, 3, 4)).permuted((1, 2, 0))))
    assert (said, said.axes) == ((3, 4, 2), (1, 2, 0))
    for same in (copy.copy(turned), pickle.loads(pickle.dumps(turned))):
        assert same == turned
        assert same.axes == turned.axes


def test_layers_that_look_at_a_position_keep_what_it_sees() -> None:
    conv = make("Conv2d", 4, 3)
    assert field(analysed(conv, LAST, make("LayerNorm"), make("Linear", 7))) == [3, 3]
    assert field(analysed(conv, LAST, make("Softmax", -1))) == [3, 3]
    assert field(analysed(conv, LAST, FIRST, conv)) == [5, 5]


@pytest.mark.parametrize(
    "layer",
    [make("Conv2d", 4, 3), make("Conv1x1", 8), make("MaxPool2d"), make("Slice", 0, 2)],
)
def test_nothing_is_said_of_what_slides_along_channels(layer: Layer) -> None:
    assert field(analysed(make("Conv2d", 4, 3), LAST, layer)) is None
    square = analysed(make("Conv1x1", 8), LAST, layer, image=(4, 8, 8))
    assert field(square) is None


def test_who_sees_everything_still_does() -> None:
    assert field(analysed(LAST, make("ChannelShuffle", 3))) == [9, 8]
    assert field(analysed(LAST, make("Softmax", 1))) == [9, 8]


@pytest.mark.parametrize("kind", ["Add", "Multiply", "Concat"])
def test_a_merge_takes_equal_sizes_whatever_turned_them(kind: str) -> None:
    nodes = [
        Node("image", make("Input", 3, 8, 8)),
        Node("turned", make("Permute", (0, 1, 3, 2))),
        Node("both", make(kind)),
        Node("conv", make("Conv2d")),
    ]
    wires = [("image", "turned", 0), ("image", "both", 0), ("turned", "both", 1)]
    edges = [Edge(a, b, port) for a, b, port in (*wires, ("both", "conv", 0))]
    design = Design(graph=Graph.of(nodes, edges))
    analysis = designer.analyze(design)
    assert analysis.diagnostics == ()
    assert analysis.facts["both"].field is None
    out = designer.build(design)(torch.rand(2, 3, 8, 8))
    assert tuple(out.shape[1:]) == analysis.facts["conv"].output
