"""AlexNet, as "One weird trick for parallelizing convolutional neural networks" (2014) has it."""

from __future__ import annotations

from designer.core.design import Design
from designer.core.training import TrainingSettings
from designer.layers.activations import ReLU
from designer.layers.adaptive import AdaptiveAvgPool2d
from designer.layers.conv2d import Conv2d
from designer.layers.dropout import Dropout
from designer.layers.flatten import Flatten
from designer.layers.linear import Linear
from designer.layers.pooling import MaxPool2d
from resources.templates.zoo.recipes import PLAIN
from resources.templates.zoo.sketch import Sketch

CONVOLUTIONS = (
    (Conv2d(64, 11, 4, 2), True),
    (Conv2d(192, 5, 1, 2), True),
    (Conv2d(384, 3, 1, 1), False),
    (Conv2d(256, 3, 1, 1), False),
    (Conv2d(256, 3, 1, 1), True),
)
"""Each convolution, and whether a pool follows."""


def alexnet(training: TrainingSettings = PLAIN) -> Design:
    """AlexNet for 224 × 224 images and 1,000 classes."""
    net = Sketch(stage="features")
    x, index = net.image, 0
    for number, (conv, has_pool) in enumerate(CONVOLUTIONS, 1):
        if number > 1:
            net.block()
        layers = [("conv", conv), ("relu", ReLU())]
        if has_pool:
            layers.append(("pool", MaxPool2d(3, 2)))
        for word, layer in layers:
            x = net.add(f"features.{index}", layer, x, label=f"{word}{number}")
            index += 1
    net.stage("classifier")
    x = net.add("avgpool", AdaptiveAvgPool2d(6), x)
    x = net.add("flatten", Flatten(), x)
    net.block()
    x = net.add("classifier.0", Dropout(), x, label="dropout6")
    x = net.add("classifier.1", Linear(4096), x, label="fc6")
    x = net.add("classifier.2", ReLU(), x, label="relu6")
    net.block()
    x = net.add("classifier.3", Dropout(), x, label="dropout7")
    x = net.add("classifier.4", Linear(4096), x, label="fc7")
    x = net.add("classifier.5", ReLU(), x, label="relu7")
    net.add("classifier.6", Linear(1000), x, label="fc8")
    return net.design("AlexNet", training=training)
