"""The lesson's own questions, asked of the whole program: its quiz, greyscale, pooling, 1 × 1."""

from __future__ import annotations

import pytest
import torch

import designer
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.shape import Shape
from designer.layers import CATALOGUE


def behind(image: tuple[int, int, int], kind: str, **parameters: object) -> Design:
    """A net of one layer behind an image."""
    nodes = [
        Node("image", CATALOGUE["Input"](*image)),
        Node("tried", CATALOGUE[kind](**parameters)),
    ]
    return Design(graph=Graph.of(nodes, [Edge("image", "tried")]))


@pytest.mark.parametrize(
    ("padding", "stride", "expected"),
    [("same", 1, (8, 28, 28)), ("valid", 1, (8, 26, 26)), ("valid", 2, (8, 13, 13))],
)
def test_the_quiz(padding: str, stride: int, expected: tuple[int, int, int]) -> None:
    """28 × 28 × 3, a 3 × 3 patch, depth 8: which width, height and depth come out?"""
    design = behind(
        (3, 28, 28), "Conv2d", out_channels=8, kernel_size=3, stride=stride, padding=padding
    )
    facts = designer.analyze(design).facts["tried"]
    assert facts.output == expected
    assert designer.build(design)(torch.zeros(2, 3, 28, 28)).shape == (2, *expected)
    weights = 3 * 3 * 3 * 8
    assert facts.parameters == weights + 8
    assert facts.macs == weights * expected[1] * expected[2]


def test_a_1x1_convolution_is_a_matrix_multiplication_over_channels() -> None:
    torch.manual_seed(0)
    net = designer.build(behind((5, 4, 6), "Conv1x1", out_channels=3)).double()
    x = torch.randn(2, 5, 4, 6, dtype=torch.float64)
    matrix, bias = net.tried.weight.view(3, 5), net.tried.bias
    pixels = x.permute(0, 2, 3, 1).reshape(-1, 5)
    product = (pixels @ matrix.T + bias).view(2, 4, 6, 3).permute(0, 3, 1, 2)
    torch.testing.assert_close(net(x), product)


def test_greyscale_by_average_and_by_the_y_of_yuv() -> None:
    red, green, blue, mixed = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.2, 0.4, 0.9)
    x = torch.tensor([red, green, blue, mixed]).T.reshape(1, 3, 1, 4)
    average = designer.build(behind((3, 1, 4), "Greyscale"))(x)
    luma = designer.build(behind((3, 1, 4), "Greyscale", method="luma"))(x)
    third = 1 / 3
    torch.testing.assert_close(average, torch.tensor([[[[third, third, third, 0.5]]]]))
    y = 0.299 * 0.2 + 0.587 * 0.4 + 0.114 * 0.9
    torch.testing.assert_close(luma, torch.tensor([[[[0.299, 0.587, 0.114, y]]]]))


@pytest.mark.parametrize(
    ("kind", "size", "stride", "right"),
    [
        ("MaxPool2d", 2, None, [[4.0, 8.0], [9.0, 7.0]]),
        ("MaxPool2d", 2, 1, [[4.0, 5.0, 8.0], [4.0, 7.0, 8.0], [9.0, 7.0, 7.0]]),
        ("MaxPool2d", 3, 1, [[7.0, 8.0], [9.0, 8.0]]),
        ("AvgPool2d", 2, None, [[2.5, 5.0], [5.25, 2.75]]),
        ("AvgPool2d", (1, 4), 1, [[3.5], [4.0], [3.25], [4.75]]),
        ("AvgPool2d", 1, 3, [[1.0, 6.0], [9.0, 5.0]]),
    ],
)
def test_pooling_with_a_size_and_a_stride_of_its_own(
    kind: str, size: int, stride: int | None, right: list[list[float]]
) -> None:
    x = torch.tensor([[1, 2, 5, 6], [3, 4, 1, 8], [2, 3, 7, 1], [9, 7, -2, 5]]).view(1, 1, 4, 4)
    design = behind((1, 4, 4), kind, kernel_size=size, stride=stride)
    found = designer.build(design)(x.float())
    assert found[0, 0].tolist() == right
    assert designer.analyze(design).facts["tried"].output == Shape((1, *found.shape[2:]))
