"""ResNet, ResNeXt and wide ResNet: blocks that add to what comes in.

"Deep Residual Learning for Image Recognition" (2015), with the stride in the 3 × 3 convolution;
"Aggregated Residual Transformations" (2016); "Wide Residual Networks" (2016).
"""

from __future__ import annotations

from designer.core.design import Design
from designer.layers.activations import ReLU
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.linear import Linear
from designer.layers.merges import Add
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import MaxPool2d
from resources.templates.zoo.parts import convolution, keeping, pooled_vector
from resources.templates.zoo.recipes import RESIDUAL
from resources.templates.zoo.sketch import Sketch

EXPANSION = 4
"""By how much a bottleneck widens at its end."""

Convolutions = tuple[tuple[int, int, int, int], ...]
"""Depth, kernel, stride and groups of each convolution of a block."""


def resnet(
    name: str,
    counts: tuple[int, int, int, int],
    bottleneck: bool = False,
    groups: int = 1,
    width: int = 64,
) -> Design:
    """A residual net with so many blocks in its stages; `width` is that of one group."""
    net = Sketch()
    x = net.add("conv1", Conv2d(64, 7, 2, 3, bias=False), net.image)
    x = net.add("bn1", BatchNorm2d(), x)
    x = net.add("relu", ReLU(), x)
    x = net.add("maxpool", MaxPool2d(3, 2, 1), x)
    for stage, count in enumerate(counts, 1):
        depth = 64 * 2 ** (stage - 1)
        net.stage(f"layer{stage}")
        for block in range(count):
            stride = 2 if stage > 1 and block == 0 else 1
            net.block(block)
            if bottleneck:
                inner = depth * width // 64 * groups
                convs: Convolutions = (
                    (inner, 1, 1, 1),
                    (inner, 3, stride, groups),
                    (depth * EXPANSION, 1, 1, 1),
                )
            else:
                convs = ((depth, 3, stride, 1), (depth, 3, 1, 1))
            x = _block(net, x, f"layer{stage}.{block}", convs, stride)
    net.stage("head")
    x = pooled_vector(net, x)
    net.add("fc", Linear(1000), x)
    return net.design(name, training=RESIDUAL)


def _block(net: Sketch, x: str, path: str, convolutions: Convolutions, stride: int) -> str:
    """Convolutions, to whose result the input is added, by way of a 1 × 1 where it must change."""
    y = x
    for number, (out, kernel, step, groups) in enumerate(convolutions, 1):
        conv = convolution(out, kernel, step, keeping(kernel), groups=groups, bias=False)
        y = net.add(f"{path}.conv{number}", conv, y, label=f"conv{number}")
        y = net.add(f"{path}.bn{number}", BatchNorm2d(), y, label=f"bn{number}")
        if number < len(convolutions):
            y = net.add(f"{path}.relu{number}", ReLU(), y, label=f"relu{number}")
    depth = convolutions[-1][0]
    if stride != 1 or net.channels(x) != depth:
        conv = Conv1x1(depth, stride, bias=False)
        x = net.add(f"{path}.downsample.0", conv, x, label="shortcut")
        x = net.add(f"{path}.downsample.1", BatchNorm2d(), x, label="shortcut bn")
    y = net.add(f"{path}.add", Add(), y, x, label="add")
    return net.add(f"{path}.relu", ReLU(), y, label="relu")
