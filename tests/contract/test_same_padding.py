"""SAME padding, sizes and numbers, against TensorFlow's rule written out in plain Python."""

from __future__ import annotations

from itertools import product

import pytest
import torch

import designer
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.layers import CATALOGUE
from tests.contract.same_rule import convolved, pooled

KERNELS = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (2, 3), (5, 2))
STRIDES = ((1, 1), (2, 2), (3, 3), (4, 4), (1, 2), (3, 1))
SIZES = ((7, 8), (12, 5))


def net_of(
    kind: str, channels: int, size: tuple[int, int], **parameters: object
) -> torch.nn.Module:
    """The built model of one layer, as it trains and as it is exported."""
    layer = CATALOGUE[kind](padding="same", **parameters)
    image = CATALOGUE["Input"](channels=channels, height=size[0], width=size[1])
    graph = Graph.of([Node("image", image), Node("tried", layer)], [Edge("image", "tried")])
    design = Design(graph=graph)
    shape = designer.analyze(design).facts["tried"].output
    assert shape is not None
    steps = parameters["stride"]
    assert shape[1:] == tuple(-(-n // s) for n, s in zip(size, steps, strict=True))
    return designer.build(design)


@pytest.mark.parametrize(("kernel", "stride"), list(product(KERNELS, STRIDES)))
def test_max_and_average_pooling(kernel: tuple[int, int], stride: tuple[int, int]) -> None:
    torch.manual_seed(1)
    for size, kind in product(SIZES, ("MaxPool2d", "AvgPool2d")):
        x = torch.randn(1, 1, *size)
        found = net_of(kind, 1, size, kernel_size=kernel, stride=stride)(x)
        of = max if kind == "MaxPool2d" else lambda values: sum(values) / len(values)
        right = pooled(x[0, 0].tolist(), kernel, stride, (1, 1), of)
        torch.testing.assert_close(found[0, 0], torch.tensor(right))


@pytest.mark.parametrize("dilation", [(2, 2), (3, 1)])
@pytest.mark.parametrize("stride", STRIDES[:4])
def test_dilated_max_pooling(stride: tuple[int, int], dilation: tuple[int, int]) -> None:
    torch.manual_seed(2)
    x = torch.randn(1, 1, 12, 9)
    net = net_of("MaxPool2d", 1, (12, 9), kernel_size=3, stride=stride, dilation=dilation)
    right = pooled(x[0, 0].tolist(), (3, 3), stride, dilation, max)
    torch.testing.assert_close(net(x)[0, 0], torch.tensor(right))


@pytest.mark.parametrize(("kernel", "stride"), list(product(KERNELS, STRIDES)))
@pytest.mark.parametrize("dilation", [(1, 1), (2, 2), (3, 1)])
def test_convolution(
    kernel: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int]
) -> None:
    torch.manual_seed(3)
    options = {"kernel_size": kernel, "stride": stride, "dilation": dilation}
    for size in SIZES:
        net = net_of("Conv2d", 2, size, out_channels=3, **options).double()
        x = torch.randn(1, 2, *size, dtype=torch.float64)
        weight, bias = net.tried.weight, net.tried.bias
        right = convolved(x[0].tolist(), weight.tolist(), bias.tolist(), stride, dilation)
        torch.testing.assert_close(net(x)[0], torch.tensor(right, dtype=torch.float64))
