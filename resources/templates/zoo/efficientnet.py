"""EfficientNet and EfficientNet v2: one block, scaled in width, depth and image size.

"EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (2019);
"EfficientNetV2: Smaller Models and Faster Training" (2021), whose first stages fuse the
expansion with the depthwise convolution.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from designer.core.design import Design
from designer.layers.activations import SiLU
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.dropout import Dropout
from designer.layers.linear import Linear
from designer.layers.merges import Add
from designer.layers.normalisation import BatchNorm2d
from designer.layers.stochastic_depth import StochasticDepth
from resources.templates.zoo.parts import (
    conv_norm,
    convolution,
    keeping,
    make_divisible,
    pooled_vector,
    squeeze_excitation,
)
from resources.templates.zoo.recipes import MOBILE
from resources.templates.zoo.sketch import Sketch

SILENCED = 0.2
"""The share of samples for which the last residual branch falls silent."""


class Stage(NamedTuple):
    """A stage: by how much its blocks widen, their kernel, and so on."""

    widening: int
    kernel: int
    stride: int
    depth: int
    repeats: int
    is_fused: bool = False


class Form(NamedTuple):
    """A net of the family."""

    name: str
    side: int
    first: int
    stages: tuple[Stage, ...]
    last: int
    dropout: float
    norm: BatchNorm2d


B0 = (
    Stage(1, 3, 1, 16, 1),
    Stage(6, 3, 2, 24, 2),
    Stage(6, 5, 2, 40, 2),
    Stage(6, 3, 2, 80, 3),
    Stage(6, 5, 1, 112, 3),
    Stage(6, 5, 2, 192, 4),
    Stage(6, 3, 1, 320, 1),
)

V2_S = (
    Stage(1, 3, 1, 24, 2, True),
    Stage(4, 3, 2, 48, 4, True),
    Stage(4, 3, 2, 64, 4, True),
    Stage(4, 3, 2, 128, 6),
    Stage(6, 3, 1, 160, 9),
    Stage(6, 3, 2, 256, 15),
)
V2_M = (
    Stage(1, 3, 1, 24, 3, True),
    Stage(4, 3, 2, 48, 5, True),
    Stage(4, 3, 2, 80, 5, True),
    Stage(4, 3, 2, 160, 7),
    Stage(6, 3, 1, 176, 14),
    Stage(6, 3, 2, 304, 18),
    Stage(6, 3, 1, 512, 5),
)
V2_L = (
    Stage(1, 3, 1, 32, 4, True),
    Stage(4, 3, 2, 64, 7, True),
    Stage(4, 3, 2, 96, 7, True),
    Stage(4, 3, 2, 192, 10),
    Stage(6, 3, 1, 224, 19),
    Stage(6, 3, 2, 384, 25),
    Stage(6, 3, 1, 640, 7),
)


def efficientnet_b(number: int, width: float, depth: float, side: int, dropout: float) -> Design:
    """EfficientNet-B0 scaled in width and depth; 5 to 7 normalise as the paper's framework did."""
    stages = tuple(
        stage._replace(
            depth=make_divisible(stage.depth * width), repeats=math.ceil(stage.repeats * depth)
        )
        for stage in B0
    )
    norm = BatchNorm2d(eps=0.001, momentum=0.01) if number >= 5 else BatchNorm2d()
    first, last = make_divisible(32 * width), 4 * stages[-1].depth
    name = f"EfficientNet-B{number}"
    return efficientnet(Form(name, side, first, stages, last, dropout, norm))


def efficientnet_v2(size: str, stages: tuple[Stage, ...], side: int, dropout: float) -> Design:
    """EfficientNet v2 in one of its sizes."""
    norm = BatchNorm2d(eps=0.001)
    name = f"EfficientNet v2 {size}"
    return efficientnet(Form(name, side, stages[0].depth, stages, 1280, dropout, norm))


def efficientnet(form: Form) -> Design:
    """A net of the family."""
    net = Sketch(form.side)
    conv = Conv2d(form.first, 3, 2, 1, bias=False)
    x = conv_norm(net, net.image, "features.0", conv, form.norm, SiLU(), word="conv")
    total = sum(stage.repeats for stage in form.stages)
    done = 0
    for index, stage in enumerate(form.stages, 1):
        net.stage(f"features {index}", f"{stage.depth} maps")
        for number in range(stage.repeats):
            net.block(number)
            block = stage if number == 0 else stage._replace(stride=1)
            build = _fused if stage.is_fused else _mbconv
            path = f"features.{index}.{number}"
            x = build(net, x, path, block, form.norm, SILENCED * done / total)
            done += 1
    net.stage("head")
    path = f"features.{len(form.stages) + 1}"
    x = conv_norm(net, x, path, Conv1x1(form.last, bias=False), form.norm, SiLU(), word="last")
    net.block()
    x = pooled_vector(net, x)
    x = net.add("classifier.0", Dropout(form.dropout), x, label="dropout")
    net.add("classifier.1", Linear(1000), x, label="classifier")
    return net.design(form.name, training=MOBILE)


def _mbconv(
    net: Sketch, x: str, path: str, stage: Stage, norm: BatchNorm2d, silenced: float
) -> str:
    """Expand, filter each map by itself, squeeze and excite, project."""
    incoming = net.channels(x)
    inner = make_divisible(incoming * stage.widening)
    index, y = 0, x
    if inner != incoming:
        conv = Conv1x1(inner, bias=False)
        y = conv_norm(net, y, f"{path}.block.0", conv, norm, SiLU(), word="expand")
        index = 1
    kernel = stage.kernel
    deep = Conv2d(inner, kernel, stage.stride, keeping(kernel), groups=inner, bias=False)
    y = conv_norm(net, y, f"{path}.block.{index}", deep, norm, SiLU(), word="depthwise")
    squeezed = max(1, incoming // 4)
    y = squeeze_excitation(net, y, f"{path}.block.{index + 1}", squeezed, SiLU())
    thin = Conv1x1(stage.depth, bias=False)
    y = conv_norm(net, y, f"{path}.block.{index + 2}", thin, norm, word="project")
    return _residual(net, x, y, path, stage, silenced)


def _fused(net: Sketch, x: str, path: str, stage: Stage, norm: BatchNorm2d, silenced: float) -> str:
    """Expand by the filters themselves, then project."""
    incoming = net.channels(x)
    inner = make_divisible(incoming * stage.widening)
    is_wide = inner != incoming
    conv = convolution(
        inner if is_wide else stage.depth,
        stage.kernel,
        stage.stride,
        keeping(stage.kernel),
        bias=False,
    )
    word = "expand" if is_wide else "conv"
    y = conv_norm(net, x, f"{path}.block.0", conv, norm, SiLU(), word=word)
    if is_wide:
        thin = Conv1x1(stage.depth, bias=False)
        y = conv_norm(net, y, f"{path}.block.1", thin, norm, word="project")
    return _residual(net, x, y, path, stage, silenced)


def _residual(net: Sketch, x: str, y: str, path: str, stage: Stage, silenced: float) -> str:
    """Add what came in, where it has the same shape; a share of 0 needs no layer."""
    if stage.stride != 1 or net.channels(x) != stage.depth:
        return y
    if silenced:
        y = net.add(f"{path}.stochastic_depth", StochasticDepth(silenced), y, label="drop")
    return net.add(f"{path}.add", Add(), y, x, label="add")
