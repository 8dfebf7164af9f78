"""MNASNet-B1: "MnasNet: Platform-Aware Neural Architecture Search for Mobile" (2018)."""

from __future__ import annotations

from designer.core.design import Design
from designer.core.layer import Layer
from designer.layers.activations import ReLU
from designer.layers.adaptive import GlobalAvgPool2d
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.dropout import Dropout
from designer.layers.linear import Linear
from designer.layers.merges import Add
from designer.layers.normalisation import BatchNorm2d
from resources.templates.zoo.parts import keeping, make_divisible
from resources.templates.zoo.recipes import MOBILE
from resources.templates.zoo.sketch import Sketch

MOMENTUM = 1 - 0.9997
"""The paper's TensorFlow counts it from the other end."""

STEM = (32, 16)
STAGES = (
    (24, 3, 2, 3, 3),
    (40, 5, 2, 3, 3),
    (80, 5, 2, 6, 3),
    (96, 3, 1, 6, 2),
    (192, 5, 2, 6, 4),
    (320, 3, 1, 6, 1),
)
"""Depth at full width, kernel, stride of the first block, by how much it widens, how many."""
LAST = 1280


def mnasnet(width: float) -> Design:
    """MNASNet-B1 with its depths multiplied by `width`."""
    net = Sketch()
    first, second = (make_divisible(depth * width) for depth in STEM)
    x = net.image
    stem: tuple[tuple[str, Layer], ...] = (
        ("conv", Conv2d(first, 3, 2, 1, bias=False)),
        ("conv norm", _norm()),
        ("conv relu", ReLU()),
        ("depthwise", Conv2d(first, 3, 1, 1, groups=first, bias=False)),
        ("depthwise norm", _norm()),
        ("depthwise relu", ReLU()),
        ("project", Conv1x1(second, bias=False)),
        ("project norm", _norm()),
    )
    for index, (label, layer) in enumerate(stem):
        x = net.add(f"layers.{index}", layer, x, label=label)
    for index, (full, kernel, stride, widening, count) in enumerate(STAGES, len(stem)):
        depth = make_divisible(full * width)
        net.stage(f"{depth} maps")
        for number in range(count):
            net.block(number)
            step = stride if number == 0 else 1
            x = _block(net, x, f"layers.{index}.{number}.layers", widening, depth, kernel, step)
    net.stage("head")
    index = len(stem) + len(STAGES)
    x = net.add(f"layers.{index}", Conv1x1(LAST, bias=False), x, label="last")
    x = net.add(f"layers.{index + 1}", _norm(), x, label="last norm")
    x = net.add(f"layers.{index + 2}", ReLU(), x, label="last relu")
    x = net.add("mean", GlobalAvgPool2d(), x)
    x = net.add("classifier.0", Dropout(0.2), x, label="dropout")
    net.add("classifier.1", Linear(1000), x, label="classifier")
    return net.design(f"MNASNet ×{width:g}", training=MOBILE)


def _norm() -> BatchNorm2d:
    return BatchNorm2d(momentum=MOMENTUM)


def _block(
    net: Sketch, x: str, path: str, widening: int, depth: int, kernel: int, stride: int
) -> str:
    inner = net.channels(x) * widening
    deep = Conv2d(inner, kernel, stride, keeping(kernel), groups=inner, bias=False)
    layers: tuple[tuple[str, Layer], ...] = (
        ("expand", Conv1x1(inner, bias=False)),
        ("expand norm", _norm()),
        ("expand relu", ReLU()),
        ("depthwise", deep),
        ("depthwise norm", _norm()),
        ("depthwise relu", ReLU()),
        ("project", Conv1x1(depth, bias=False)),
        ("project norm", _norm()),
    )
    y = x
    for index, (label, layer) in enumerate(layers):
        y = net.add(f"{path}.{index}", layer, y, label=label)
    if stride != 1 or net.channels(x) != depth:
        return y
    return net.add(f"{path}.add", Add(), y, x, label="add")
