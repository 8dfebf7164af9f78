"""Inception v3: "Rethinking the Inception Architecture for Computer Vision" (2015).

The auxiliary head and `transform_input`, which only brings images into the range that the
trained weights were made for, are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from designer.core.design import Design
from designer.core.parameter import Size
from designer.layers.activations import ReLU
from designer.layers.dropout import Dropout
from designer.layers.linear import Linear
from designer.layers.merges import Concat
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import AvgPool2d, MaxPool2d
from resources.templates.zoo.googlenet import IMAGE_NOTE
from resources.templates.zoo.parts import NAMED, conv_norm, convolution, pooled_vector
from resources.templates.zoo.recipes import RESIDUAL
from resources.templates.zoo.sketch import Sketch

ACROSS: Size = (1, 7)
DOWN: Size = (7, 1)
WIDE: Size = (1, 3)
TALL: Size = (3, 1)

Conv = tuple[str, int, Size, int, bool]
"""A convolution's name, depth, kernel and stride, and whether it keeps the size."""


def inception_v3() -> Design:
    """Inception v3 for 299 × 299 images."""
    net = Sketch(299, note=IMAGE_NOTE)
    x = _convs(net, net.image, "", ("Conv2d_1a_3x3", 32, 3, 2, False))
    x = _convs(net, x, "", ("Conv2d_2a_3x3", 32, 3, 1, False))
    net.block()
    x = _convs(net, x, "", ("Conv2d_2b_3x3", 64, 3, 1, True))
    x = net.add("maxpool1", MaxPool2d(3, 2), x)
    net.block()
    x = _convs(net, x, "", ("Conv2d_3b_1x1", 80, 1, 1, True))
    x = _convs(net, x, "", ("Conv2d_4a_3x3", 192, 3, 1, False))
    x = net.add("maxpool2", MaxPool2d(3, 2), x)
    for title, modules in STAGES:
        net.stage(title)
        for letter, module in modules:
            net.block(letter)
            x = module(net, x, f"Mixed_{letter}")
    net.stage("head")
    x = pooled_vector(net, x)
    x = net.add("dropout", Dropout(), x)
    net.add("fc", Linear(1000), x)
    return net.design("Inception v3", training=RESIDUAL)


def _convs(net: Sketch, x: str, path: str, *convs: Conv) -> str:
    """Convolutions one behind the other, each with its normalisation and activation."""
    for name, out, kernel, stride, keeps in convs:
        sides = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        pads = tuple(side // 2 if keeps else 0 for side in sides)
        padding = pads[0] if pads[0] == pads[1] else (pads[0], pads[1])
        conv = convolution(out, kernel, stride, padding, bias=False)
        word = name.removeprefix("branch").removeprefix("Conv2d_")
        whole = f"{path}.{name}" if path else name
        norm = BatchNorm2d(eps=0.001)
        x = conv_norm(net, x, whole, conv, norm, ReLU(), word=word, names=NAMED)
    return x


def _concat(net: Sketch, path: str, *ends: str) -> str:
    return net.add(f"{path}.cat", Concat(), *ends, label="concat")


def _mean_branch(net: Sketch, x: str, path: str, out: int) -> str:
    x = net.add(f"{path}.branch_pool.avgpool", AvgPool2d(3, 1, 1), x, label="pool")
    return _convs(net, x, path, ("branch_pool", out, 1, 1, True))


def _a(net: Sketch, x: str, path: str, behind_pool: int) -> str:
    a = _convs(net, x, path, ("branch1x1", 64, 1, 1, True))
    b = _convs(net, x, path, ("branch5x5_1", 48, 1, 1, True), ("branch5x5_2", 64, 5, 1, True))
    c = _convs(
        net,
        x,
        path,
        ("branch3x3dbl_1", 64, 1, 1, True),
        ("branch3x3dbl_2", 96, 3, 1, True),
        ("branch3x3dbl_3", 96, 3, 1, True),
    )
    return _concat(net, path, a, b, c, _mean_branch(net, x, path, behind_pool))


def _b(net: Sketch, x: str, path: str) -> str:
    a = _convs(net, x, path, ("branch3x3", 384, 3, 2, False))
    b = _convs(
        net,
        x,
        path,
        ("branch3x3dbl_1", 64, 1, 1, True),
        ("branch3x3dbl_2", 96, 3, 1, True),
        ("branch3x3dbl_3", 96, 3, 2, False),
    )
    pool = net.add(f"{path}.maxpool", MaxPool2d(3, 2), x, label="pool")
    return _concat(net, path, a, b, pool)


def _c(net: Sketch, x: str, path: str, inner: int) -> str:
    a = _convs(net, x, path, ("branch1x1", 192, 1, 1, True))
    b = _convs(
        net,
        x,
        path,
        ("branch7x7_1", inner, 1, 1, True),
        ("branch7x7_2", inner, ACROSS, 1, True),
        ("branch7x7_3", 192, DOWN, 1, True),
    )
    c = _convs(
        net,
        x,
        path,
        ("branch7x7dbl_1", inner, 1, 1, True),
        ("branch7x7dbl_2", inner, DOWN, 1, True),
        ("branch7x7dbl_3", inner, ACROSS, 1, True),
        ("branch7x7dbl_4", inner, DOWN, 1, True),
        ("branch7x7dbl_5", 192, ACROSS, 1, True),
    )
    return _concat(net, path, a, b, c, _mean_branch(net, x, path, 192))


def _d(net: Sketch, x: str, path: str) -> str:
    a = _convs(net, x, path, ("branch3x3_1", 192, 1, 1, True), ("branch3x3_2", 320, 3, 2, False))
    b = _convs(
        net,
        x,
        path,
        ("branch7x7x3_1", 192, 1, 1, True),
        ("branch7x7x3_2", 192, ACROSS, 1, True),
        ("branch7x7x3_3", 192, DOWN, 1, True),
        ("branch7x7x3_4", 192, 3, 2, False),
    )
    pool = net.add(f"{path}.maxpool", MaxPool2d(3, 2), x, label="pool")
    return _concat(net, path, a, b, pool)


def _e(net: Sketch, x: str, path: str) -> str:
    a = _convs(net, x, path, ("branch1x1", 320, 1, 1, True))
    b = _convs(net, x, path, ("branch3x3_1", 384, 1, 1, True))
    b = _fork(net, b, path, "branch3x3_2")
    c = _convs(
        net, x, path, ("branch3x3dbl_1", 448, 1, 1, True), ("branch3x3dbl_2", 384, 3, 1, True)
    )
    c = _fork(net, c, path, "branch3x3dbl_3")
    return _concat(net, path, a, b, c, _mean_branch(net, x, path, 192))


def _fork(net: Sketch, x: str, path: str, name: str) -> str:
    """A wide and a tall convolution side by side."""
    a = _convs(net, x, path, (f"{name}a", 384, WIDE, 1, True))
    b = _convs(net, x, path, (f"{name}b", 384, TALL, 1, True))
    word = name.removeprefix("branch").rpartition("_")[0]
    return net.add(f"{path}.{name}_cat", Concat(), a, b, label=f"{word} concat")


Module = Callable[[Sketch, str, str], str]

STAGES: tuple[tuple[str, tuple[tuple[str, Module], ...]], ...] = (
    (
        "35 × 35",
        (
            ("5b", partial(_a, behind_pool=32)),
            ("5c", partial(_a, behind_pool=64)),
            ("5d", partial(_a, behind_pool=64)),
        ),
    ),
    (
        "17 × 17",
        (
            ("6a", _b),
            ("6b", partial(_c, inner=128)),
            ("6c", partial(_c, inner=160)),
            ("6d", partial(_c, inner=160)),
            ("6e", partial(_c, inner=192)),
        ),
    ),
    ("8 × 8", (("7a", _d), ("7b", _e), ("7c", _e))),
)
"""The modules of each stage, under the letters of torchvision's names."""
