"""RegNet X and Y: "Designing Network Design Spaces" (2020); Y squeezes and excites."""

from __future__ import annotations

from itertools import groupby

import numpy as np

from designer.core.design import Design
from designer.layers.activations import ReLU
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.linear import Linear
from designer.layers.merges import Add
from resources.templates.zoo.parts import (
    conv_norm,
    make_divisible,
    pooled_vector,
    squeeze_excitation,
)
from resources.templates.zoo.recipes import RESIDUAL
from resources.templates.zoo.sketch import Sketch

STEM = 32
SQUEEZED = 0.25
"""How much of a block's input the squeezing of a Y keeps."""


def regnet(
    name: str, depth: int, first: int, slope: float, step: float, group: int, squeezes: bool
) -> Design:
    """A RegNet from its five numbers: depth, w_0, w_a, w_m and the width of a group."""
    net = Sketch()
    conv = Conv2d(STEM, 3, 2, 1, bias=False)
    x = conv_norm(net, net.image, "stem", conv, None, ReLU(), word="stem")
    stages = [(w, len(list(same))) for w, same in groupby(_widths(depth, first, slope, step))]
    for stage, (width, count) in enumerate(stages, 1):
        group_width = min(group, width)
        width = make_divisible(width, group_width)
        net.stage(f"block {stage}")
        for number in range(count):
            net.block(number)
            path = f"trunk_output.block{stage}.block{stage}-{number}"
            stride = 2 if number == 0 else 1
            x = _block(net, x, path, width, stride, group_width, squeezes)
    net.stage("head")
    x = pooled_vector(net, x)
    net.add("fc", Linear(1000), x)
    return net.design(name, training=RESIDUAL)


def _widths(depth: int, first: int, slope: float, step: float) -> list[int]:
    """The width of every block: on a line, then on a power of `step`, then a multiple of 8.

    In 32 bits, as torchvision counts: its rounding decides.
    """
    line = np.arange(depth, dtype=np.float32) * np.float32(slope) + np.float32(first)
    power = np.round(np.log(line / np.float32(first)) / np.float32(np.log(step)))
    widths = np.round(np.float32(first) * np.power(np.float32(step), power) / np.float32(8)) * 8
    return [int(width) for width in widths]


def _block(
    net: Sketch, x: str, path: str, width: int, stride: int, group: int, squeezes: bool
) -> str:
    incoming, shortcut = net.channels(x), x
    if incoming != width or stride != 1:
        conv = Conv1x1(width, stride, bias=False)
        shortcut = conv_norm(net, x, f"{path}.proj", conv, word="shortcut")
    y = conv_norm(net, x, f"{path}.f.a", Conv1x1(width, bias=False), None, ReLU(), word="a")
    conv3 = Conv2d(width, 3, stride, 1, groups=width // group, bias=False)
    y = conv_norm(net, y, f"{path}.f.b", conv3, None, ReLU(), word="b")
    if squeezes:
        y = squeeze_excitation(net, y, f"{path}.f.se", round(SQUEEZED * incoming))
    y = conv_norm(net, y, f"{path}.f.c", Conv1x1(width, bias=False), word="c")
    y = net.add(f"{path}.add", Add(), shortcut, y, label="add")
    return net.add(f"{path}.activation", ReLU(), y, label="relu")
