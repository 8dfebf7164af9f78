"""MobileNet v2 and v3: inverted residual blocks around depthwise convolutions.

"MobileNetV2: Inverted Residuals and Linear Bottlenecks" (2018); "Searching for MobileNetV3"
(2019), whose blocks squeeze and excite.
"""

from __future__ import annotations

from typing import NamedTuple

from designer.core.design import Design
from designer.layers.activations import Hardsigmoid, Hardswish, ReLU, ReLU6
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.dropout import Dropout
from designer.layers.linear import Linear
from designer.layers.merges import Add
from designer.layers.normalisation import BatchNorm2d
from resources.templates.zoo.parts import (
    conv_norm,
    keeping,
    make_divisible,
    pooled_vector,
    squeeze_excitation,
)
from resources.templates.zoo.recipes import MOBILE
from resources.templates.zoo.sketch import Sketch

V2_STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
"""By how much a block widens, its depth, how many there are, the stride of the first."""


def mobilenet_v2() -> Design:
    """MobileNet v2 at its full width."""
    net = Sketch()
    conv = Conv2d(32, 3, 2, 1, bias=False)
    x = conv_norm(net, net.image, "features.0", conv, None, ReLU6(), word="conv")
    index = 1
    for widening, depth, count, stride in V2_STAGES:
        net.stage(f"{depth} maps")
        for number in range(count):
            net.block(index)
            step = stride if number == 0 else 1
            x = _v2_block(net, x, f"features.{index}", widening, depth, step)
            index += 1
    net.stage("head")
    conv1 = Conv1x1(1280, bias=False)
    x = conv_norm(net, x, f"features.{index}", conv1, None, ReLU6(), word="last")
    net.block()
    x = pooled_vector(net, x)
    x = net.add("classifier.0", Dropout(0.2), x, label="dropout")
    net.add("classifier.1", Linear(1000), x, label="classifier")
    return net.design("MobileNet v2", training=MOBILE)


def _v2_block(net: Sketch, x: str, path: str, widening: int, depth: int, stride: int) -> str:
    inner = net.channels(x) * widening
    index, y = 0, x
    if widening != 1:
        conv = Conv1x1(inner, bias=False)
        y = conv_norm(net, y, f"{path}.conv.0", conv, None, ReLU6(), word="expand")
        index = 1
    deep = Conv2d(inner, 3, stride, 1, groups=inner, bias=False)
    y = conv_norm(net, y, f"{path}.conv.{index}", deep, None, ReLU6(), word="depthwise")
    y = net.add(f"{path}.conv.{index + 1}", Conv1x1(depth, bias=False), y, label="project")
    y = net.add(f"{path}.conv.{index + 2}", BatchNorm2d(), y, label="project norm")
    if stride != 1 or net.channels(x) != depth:
        return y
    return net.add(f"{path}.add", Add(), x, y, label="add")


class Block(NamedTuple):
    """A block of MobileNet v3."""

    kernel: int
    inner: int
    depth: int
    squeezes: bool
    hard: bool
    """Whether its activation is Hardswish, else ReLU."""
    stride: int


LARGE = (
    Block(3, 16, 16, False, False, 1),
    Block(3, 64, 24, False, False, 2),
    Block(3, 72, 24, False, False, 1),
    Block(5, 72, 40, True, False, 2),
    Block(5, 120, 40, True, False, 1),
    Block(5, 120, 40, True, False, 1),
    Block(3, 240, 80, False, True, 2),
    Block(3, 200, 80, False, True, 1),
    Block(3, 184, 80, False, True, 1),
    Block(3, 184, 80, False, True, 1),
    Block(3, 480, 112, True, True, 1),
    Block(3, 672, 112, True, True, 1),
    Block(5, 672, 160, True, True, 2),
    Block(5, 960, 160, True, True, 1),
    Block(5, 960, 160, True, True, 1),
)
SMALL = (
    Block(3, 16, 16, True, False, 2),
    Block(3, 72, 24, False, False, 2),
    Block(3, 88, 24, False, False, 1),
    Block(5, 96, 40, True, True, 2),
    Block(5, 240, 40, True, True, 1),
    Block(5, 240, 40, True, True, 1),
    Block(5, 120, 48, True, True, 1),
    Block(5, 144, 48, True, True, 1),
    Block(5, 288, 96, True, True, 2),
    Block(5, 576, 96, True, True, 1),
    Block(5, 576, 96, True, True, 1),
)


def mobilenet_v3(name: str, blocks: tuple[Block, ...], hidden: int) -> Design:
    """MobileNet v3, with a hidden layer of so many before the classes."""
    net = Sketch()
    conv = Conv2d(16, 3, 2, 1, bias=False)
    x = conv_norm(net, net.image, "features.0", conv, _norm(), Hardswish(), word="conv")
    depth = 0
    for index, block in enumerate(blocks, 1):
        if block.depth != depth:
            net.stage(f"{block.depth} maps")
            depth = block.depth
        net.block(index)
        x = _v3_block(net, x, f"features.{index}", block)
    net.stage("head")
    last = Conv1x1(6 * depth, bias=False)
    path = f"features.{len(blocks) + 1}"
    x = conv_norm(net, x, path, last, _norm(), Hardswish(), word="last")
    net.block()
    x = pooled_vector(net, x)
    x = net.add("classifier.0", Linear(hidden), x, label="fc1")
    x = net.add("classifier.1", Hardswish(), x, label="hardswish")
    x = net.add("classifier.2", Dropout(0.2), x, label="dropout")
    net.add("classifier.3", Linear(1000), x, label="fc2")
    return net.design(name, training=MOBILE)


def _norm() -> BatchNorm2d:
    return BatchNorm2d(eps=0.001, momentum=0.01)


def _v3_block(net: Sketch, x: str, path: str, block: Block) -> str:
    act = Hardswish() if block.hard else ReLU()
    index, y = 0, x
    if block.inner != net.channels(x):
        conv = Conv1x1(block.inner, bias=False)
        y = conv_norm(net, y, f"{path}.block.0", conv, _norm(), act, word="expand")
        index = 1
    deep = Conv2d(
        block.inner,
        block.kernel,
        block.stride,
        keeping(block.kernel),
        groups=block.inner,
        bias=False,
    )
    y = conv_norm(net, y, f"{path}.block.{index}", deep, _norm(), act, word="depthwise")
    index += 1
    if block.squeezes:
        squeezed = make_divisible(block.inner // 4)
        y = squeeze_excitation(net, y, f"{path}.block.{index}", squeezed, gate=Hardsigmoid())
        index += 1
    thin = Conv1x1(block.depth, bias=False)
    y = conv_norm(net, y, f"{path}.block.{index}", thin, _norm(), word="project")
    if block.stride != 1 or net.channels(x) != block.depth:
        return y
    return net.add(f"{path}.add", Add(), y, x, label="add")
