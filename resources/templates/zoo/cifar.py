"""Two nets without dense layers, for the 32 × 32 photographs of CIFAR-10."""

from __future__ import annotations

from designer.core.design import Design
from designer.core.layer import Layer
from designer.layers.activations import ReLU
from designer.layers.adaptive import GlobalAvgPool2d
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.dropout import Dropout
from designer.layers.pooling import AvgPool2d, MaxPool2d
from resources.templates.zoo.recipes import CIFAR
from resources.templates.zoo.sketch import Sketch

CLASSES = 10


def network_in_network() -> Design:
    """Network in Network, after Lin, Chen and Yan (2013), arXiv:1312.4400.

    Depths and pools are those of the authors' model for CIFAR-10: 966,986 weights. Its framework
    rounds sizes up, hence the ceil mode: 32, 16, 8.
    """
    net = Sketch(32, "mlpconv 1")
    blocks: tuple[tuple[tuple[Layer, ...], Layer | None], ...] = (
        ((Conv2d(192, 5, padding=2), Conv1x1(160), Conv1x1(96)), MaxPool2d(3, 2, ceil_mode=True)),
        ((Conv2d(192, 5, padding=2), Conv1x1(192), Conv1x1(192)), AvgPool2d(3, 2, ceil_mode=True)),
        ((Conv2d(192, 3, padding=1), Conv1x1(192), Conv1x1(CLASSES)), None),
    )
    x, mixing = net.image, 0
    for number, (convolutions, pool) in enumerate(blocks, 1):
        if number > 1:
            net.stage(f"mlpconv {number}")
        for place, conv in enumerate(convolutions):
            mixing += place > 0
            name = f"cccp{mixing}" if place else f"conv{number}"
            x = net.add(name, conv, x)
            x = net.add(f"relu_{name}", ReLU(), x)
        if pool is not None:
            x = net.add(f"pool{number}", pool, x)
            x = net.add(f"dropout{number}", Dropout(0.5), x)
    net.add("mean", GlobalAvgPool2d(), x)
    return net.design("Network in Network", training=CIFAR)


def all_cnn_c() -> Design:
    """All-CNN-C, after Springenberg, Dosovitskiy, Brox and Riedmiller (2014), arXiv:1412.6806.

    Table 1: convolutions of stride 2 in the place of pools; the seventh has no padding, so that
    the mean is over 6 × 6. Dropout of 20 % on the image, 50 % behind each stride.
    """
    net = Sketch(32, "96 maps")
    x = net.add("dropout0", Dropout(0.2), net.image)
    number = 0
    for stage, depth in enumerate((96, 192), 1):
        if stage > 1:
            net.stage(f"{depth} maps")
        for stride in (1, 1, 2):
            number += 1
            x = net.add(f"conv{number}", Conv2d(depth, 3, stride, 1), x)
            x = net.add(f"relu{number}", ReLU(), x)
        x = net.add(f"dropout{stage}", Dropout(0.5), x)
    net.stage("head")
    layers: tuple[Layer, ...] = (Conv2d(192, 3), Conv1x1(192), Conv1x1(CLASSES))
    for number, conv in enumerate(layers, 7):
        x = net.add(f"conv{number}", conv, x)
        x = net.add(f"relu{number}", ReLU(), x)
    net.add("mean", GlobalAvgPool2d(), x)
    return net.design("All-CNN-C", training=CIFAR)
