"""GoogLeNet: "Going Deeper with Convolutions" (2014), as torchvision has it.

It normalises after every convolution, its third branch is 3 × 3 where the paper has 5 × 5, and
its pools round up. The auxiliary heads and `transform_input`, which only brings images into the
range that the trained weights were made for, are left out.
"""

from __future__ import annotations

from designer.core.design import Design
from designer.layers.activations import ReLU
from designer.layers.dropout import Dropout
from designer.layers.linear import Linear
from designer.layers.merges import Concat
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import MaxPool2d
from resources.templates.zoo.parts import NAMED, conv_norm, convolution, keeping, pooled_vector
from resources.templates.zoo.recipes import RESIDUAL
from resources.templates.zoo.sketch import Sketch

Depths = tuple[int, int, int, int, int, int]
"""1 × 1; reduced for 3 × 3, 3 × 3; reduced for the third branch, third branch; behind the pool."""

STAGES: tuple[tuple[str, dict[str, Depths], int], ...] = (
    ("3", {"a": (64, 96, 128, 16, 32, 32), "b": (128, 128, 192, 32, 96, 64)}, 3),
    (
        "4",
        {
            "a": (192, 96, 208, 16, 48, 64),
            "b": (160, 112, 224, 24, 64, 64),
            "c": (128, 128, 256, 24, 64, 64),
            "d": (112, 144, 288, 32, 64, 64),
            "e": (256, 160, 320, 32, 128, 128),
        },
        2,
    ),
    ("5", {"a": (256, 160, 320, 32, 128, 128), "b": (384, 192, 384, 48, 128, 128)}, 0),
)
"""The inception modules of each stage, and the window of the pool behind it (0: none)."""

WHY_3X3 = "3 × 3 as in torchvision, whose weights it fits; 5 × 5 in the paper"
IMAGE_NOTE = "torchvision's transform_input, for its trained weights only, is left out"


def googlenet(third: int = 3) -> Design:
    """GoogLeNet without auxiliary heads; `third` is the kernel of the third branch."""
    net = Sketch(note=IMAGE_NOTE)
    x = _conv(net, net.image, "conv1", 64, 7, 2, word="conv1")
    x = net.add("maxpool1", MaxPool2d(3, 2, ceil_mode=True), x)
    net.block()
    x = _conv(net, x, "conv2", 64, 1, word="conv2")
    x = _conv(net, x, "conv3", 192, 3, word="conv3")
    x = net.add("maxpool2", MaxPool2d(3, 2, ceil_mode=True), x)
    for number, modules, pool in STAGES:
        net.stage(f"inception {number}")
        for letter, depths in modules.items():
            net.block(f"{number}{letter}")
            x = _inception(net, x, f"inception{number}{letter}", depths, third)
        if pool:
            x = net.add(f"maxpool{number}", MaxPool2d(pool, 2, ceil_mode=True), x)
    net.stage("head")
    x = pooled_vector(net, x)
    x = net.add("dropout", Dropout(0.2), x)
    net.add("fc", Linear(1000), x)
    return net.design("GoogLeNet", training=RESIDUAL)


def _conv(
    net: Sketch,
    x: str,
    path: str,
    out: int,
    kernel: int,
    stride: int = 1,
    *,
    word: str,
    note: str = "",
) -> str:
    conv = convolution(out, kernel, stride, keeping(kernel), bias=False)
    norm = BatchNorm2d(eps=0.001)
    return conv_norm(net, x, path, conv, norm, ReLU(), word=word, names=NAMED, note=note)


def _inception(net: Sketch, x: str, path: str, depths: Depths, third: int) -> str:
    one, reduce2, out2, reduce3, out3, project = depths
    note = WHY_3X3 if third == 3 else ""
    a = _conv(net, x, f"{path}.branch1", one, 1, word="1×1")
    b = _conv(net, x, f"{path}.branch2.0", reduce2, 1, word="reduce")
    b = _conv(net, b, f"{path}.branch2.1", out2, 3, word="3×3")
    c = _conv(net, x, f"{path}.branch3.0", reduce3, 1, word="reduce")
    c = _conv(net, c, f"{path}.branch3.1", out3, third, word="third", note=note)
    pool = MaxPool2d(3, 1, 1, ceil_mode=True)
    d = net.add(f"{path}.branch4.0", pool, x, label="pool")
    d = _conv(net, d, f"{path}.branch4.1", project, 1, word="project")
    return net.add(f"{path}.cat", Concat(), a, b, c, d, label="concat")
