"""SqueezeNet: "AlexNet-level accuracy with 50x fewer parameters" (2016)."""

from __future__ import annotations

from designer.core.design import Design
from designer.layers.activations import ReLU
from designer.layers.adaptive import AdaptiveAvgPool2d
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.dropout import Dropout
from designer.layers.flatten import Flatten
from designer.layers.merges import Concat
from designer.layers.pooling import MaxPool2d
from resources.templates.zoo.recipes import PLAIN
from resources.templates.zoo.sketch import Sketch

FIRST = {"1.0": Conv2d(96, 7, 2), "1.1": Conv2d(64, 3, 2)}
FIRES = ((16, 64), (16, 64), (32, 128), (32, 128), (48, 192), (48, 192), (64, 256), (64, 256))
"""How deep each fire module squeezes, and each half of what it expands to."""
POOLED_AFTER = {"1.0": (3, 7), "1.1": (2, 4)}
"""The fire modules, counted from 1, that a pool follows."""


def squeezenet(version: str) -> Design:
    """SqueezeNet 1.0 or 1.1."""
    net = Sketch()
    x = net.add("features.0", FIRST[version], net.image, label="conv1")
    x = net.add("features.1", ReLU(), x, label="relu1")
    x = net.add("features.2", MaxPool2d(3, 2, ceil_mode=True), x, label="pool1")
    index = 3
    net.stage("fire modules")
    for number, (squeezed, expanded) in enumerate(FIRES, 1):
        net.block(f"fire{number + 1}")
        x = _fire(net, x, f"features.{index}", squeezed, expanded)
        index += 1
        if number in POOLED_AFTER[version]:
            pool = MaxPool2d(3, 2, ceil_mode=True)
            x = net.add(f"features.{index}", pool, x, label="pool")
            index += 1
    net.stage("classifier")
    x = net.add("classifier.0", Dropout(), x, label="dropout")
    x = net.add("classifier.1", Conv1x1(1000), x, label="conv10")
    x = net.add("classifier.2", ReLU(), x, label="relu10")
    x = net.add("classifier.3", AdaptiveAvgPool2d(1), x, label="avgpool")
    net.add("flatten", Flatten(), x)
    return net.design(f"SqueezeNet {version}", training=PLAIN)


def _fire(net: Sketch, x: str, path: str, squeezed: int, expanded: int) -> str:
    """Squeeze by a 1 × 1, then look through 1 × 1 and 3 × 3 filters side by side."""
    x = net.add(f"{path}.squeeze", Conv1x1(squeezed), x, label="squeeze")
    x = net.add(f"{path}.squeeze_activation", ReLU(), x, label="relu")
    a = net.add(f"{path}.expand1x1", Conv1x1(expanded), x, label="1×1")
    a = net.add(f"{path}.expand1x1_activation", ReLU(), a, label="1×1 relu")
    b = net.add(f"{path}.expand3x3", Conv2d(expanded, 3, padding=1), x, label="3×3")
    b = net.add(f"{path}.expand3x3_activation", ReLU(), b, label="3×3 relu")
    return net.add(f"{path}.cat", Concat(), a, b, label="concat")
