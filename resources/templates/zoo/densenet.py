"""DenseNet: "Densely Connected Convolutional Networks" (2016).

Each layer reads all maps before it. A chain of Concats stands for that, each stacking what came
last on what there was: the same maps in the same order as torchvision's, with few wires.
"""

from __future__ import annotations

from designer.core.design import Design
from designer.layers.activations import ReLU
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.linear import Linear
from designer.layers.merges import Concat
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import AvgPool2d, MaxPool2d
from resources.templates.zoo.parts import pooled_vector
from resources.templates.zoo.recipes import RESIDUAL
from resources.templates.zoo.sketch import Sketch

BOTTLENECK = 4
"""The 1 × 1 convolution is so many times as deep as what the layer adds."""


def densenet(name: str, growth: int, counts: tuple[int, int, int, int], first: int) -> Design:
    """A DenseNet whose layers add `growth` maps each, with so many layers in its blocks."""
    net = Sketch()
    x = net.add("features.conv0", Conv2d(first, 7, 2, 3, bias=False), net.image, label="conv0")
    x = net.add("features.norm0", BatchNorm2d(), x, label="norm0")
    x = net.add("features.relu0", ReLU(), x, label="relu0")
    x = net.add("features.pool0", MaxPool2d(3, 2, 1), x, label="pool0")
    for number, count in enumerate(counts, 1):
        net.stage(f"denseblock{number}", f"{count} layers, each adds {growth} maps")
        for layer in range(1, count + 1):
            net.block(layer)
            x = _layer(net, x, f"features.denseblock{number}.denselayer{layer}", growth)
        if number < len(counts):
            net.stage(f"transition{number}")
            x = _transition(net, x, f"features.transition{number}")
    net.stage("head")
    x = net.add("features.norm5", BatchNorm2d(), x, label="norm5")
    x = net.add("relu5", ReLU(), x)
    x = pooled_vector(net, x)
    net.add("classifier", Linear(1000), x)
    return net.design(name, training=RESIDUAL)


def _layer(net: Sketch, x: str, path: str, growth: int) -> str:
    y = net.add(f"{path}.norm1", BatchNorm2d(), x, label="norm1")
    y = net.add(f"{path}.relu1", ReLU(), y, label="relu1")
    y = net.add(f"{path}.conv1", Conv1x1(BOTTLENECK * growth, bias=False), y, label="conv1")
    y = net.add(f"{path}.norm2", BatchNorm2d(), y, label="norm2")
    y = net.add(f"{path}.relu2", ReLU(), y, label="relu2")
    y = net.add(f"{path}.conv2", Conv2d(growth, 3, padding=1, bias=False), y, label="conv2")
    return net.add(f"{path}.cat", Concat(), x, y, label="concat")


def _transition(net: Sketch, x: str, path: str) -> str:
    """Half the maps, at half the size."""
    depth = net.channels(x) // 2
    x = net.add(f"{path}.norm", BatchNorm2d(), x, label="norm")
    x = net.add(f"{path}.relu", ReLU(), x, label="relu")
    x = net.add(f"{path}.conv", Conv1x1(depth, bias=False), x, label="conv")
    return net.add(f"{path}.pool", AvgPool2d(2, 2), x, label="pool")
