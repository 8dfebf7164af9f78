"""TensorFlow's SAME padding in plain Python, written from its documentation and from nothing here.

"SAME" pads so that the output has ceil(in / stride) cells:
pad_total = max((ceil(in / stride) - 1) * stride + effective_kernel - in, 0), of which
pad_total // 2 lie before and the rest after. Max pooling pads with minus infinity; average pooling
divides by the number of real cells.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

Map = list[list[float]]
Window = list[tuple[int, int, float]]
"""The real cells that a window meets: row and column within the kernel, and the value."""


def padding(size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    """Output size, and the cells padded in front."""
    out = math.ceil(size / stride)
    total = max((out - 1) * stride + dilation * (kernel - 1) + 1 - size, 0)
    return out, total // 2


def windows(
    image: Map, kernel: tuple[int, int], stride: tuple[int, int], dilation: tuple[int, int]
) -> Iterator[list[Window]]:
    """For every output row, its windows."""
    rows, top = padding(len(image), kernel[0], stride[0], dilation[0])
    columns, left = padding(len(image[0]), kernel[1], stride[1], dilation[1])
    for y in range(rows):
        line = []
        for x in range(columns):
            cells = []
            for i in range(kernel[0]):
                for j in range(kernel[1]):
                    row = y * stride[0] - top + i * dilation[0]
                    column = x * stride[1] - left + j * dilation[1]
                    if 0 <= row < len(image) and 0 <= column < len(image[0]):
                        cells.append((i, j, image[row][column]))
            line.append(cells)
        yield line


def pooled(
    image: Map,
    kernel: tuple[int, int],
    stride: tuple[int, int],
    dilation: tuple[int, int],
    of: Callable[[list[float]], float],
) -> Map:
    """What a pooling gives: a function of the real cells of each window."""
    return [
        [of([value for *_, value in window]) for window in line]
        for line in windows(image, kernel, stride, dilation)
    ]


def convolved(
    image: list[Map],
    weight: list[list[Map]],
    bias: list[float],
    stride: tuple[int, int],
    dilation: tuple[int, int],
) -> list[Map]:
    """What a convolution gives: image C × H × W, weight out × C × h × w."""
    result = []
    for filters, offset in zip(weight, bias, strict=True):
        kernel = (len(filters[0]), len(filters[0][0]))
        planes = [
            [
                [sum(filters[c][i][j] * v for i, j, v in window) for window in line]
                for line in windows(channel, kernel, stride, dilation)
            ]
            for c, channel in enumerate(image)
        ]
        result.append(
            [[offset + sum(cells) for cells in zip(*rows, strict=True)]
             for rows in zip(*planes, strict=True)]
        )  # fmt: skip
    return result
