"""VGG: "Very Deep Convolutional Networks for Large-Scale Image Recognition" (2014)."""

from __future__ import annotations

from designer.core.design import Design
from designer.core.layer import Layer
from designer.layers.activations import ReLU
from designer.layers.adaptive import AdaptiveAvgPool2d
from designer.layers.conv2d import Conv2d
from designer.layers.dropout import Dropout
from designer.layers.flatten import Flatten
from designer.layers.linear import Linear
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import MaxPool2d
from resources.templates.zoo.recipes import PLAIN, RESIDUAL
from resources.templates.zoo.sketch import Sketch

DEPTHS = (64, 128, 256, 512, 512)
COUNTS = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}
"""How many convolutions each stage has, by the number of layers that learn."""


def vgg(layers: int, batch_norm: bool = False) -> Design:
    """VGG with 11, 13, 16 or 19 layers that learn."""
    net = Sketch(stage="block 1")
    x, index = net.image, 0
    for stage, (depth, count) in enumerate(zip(DEPTHS, COUNTS[layers], strict=True), 1):
        if stage > 1:
            net.stage(f"block {stage}")
        for number in range(1, count + 1):
            row: list[tuple[str, Layer]] = [(f"conv{stage}_{number}", Conv2d(depth, 3, padding=1))]
            if batch_norm:
                row.append((f"norm{stage}_{number}", BatchNorm2d()))
            row.append((f"relu{stage}_{number}", ReLU()))
            if number == count:
                row.append((f"pool{stage}", MaxPool2d(2, 2)))
            for label, layer in row:
                x = net.add(f"features.{index}", layer, x, label=label)
                index += 1
    net.stage("classifier")
    x = net.add("avgpool", AdaptiveAvgPool2d(7), x)
    x = net.add("flatten", Flatten(), x)
    net.block()
    for first, number in ((0, 6), (3, 7)):
        x = net.add(f"classifier.{first}", Linear(4096), x, label=f"fc{number}")
        x = net.add(f"classifier.{first + 1}", ReLU(), x, label=f"relu{number}")
        x = net.add(f"classifier.{first + 2}", Dropout(), x, label=f"dropout{number}")
    net.add("classifier.6", Linear(1000), x, label="fc8")
    name = f"VGG-{layers}" + (" with batch normalisation" if batch_norm else "")
    return net.design(name, training=RESIDUAL if batch_norm else PLAIN)
