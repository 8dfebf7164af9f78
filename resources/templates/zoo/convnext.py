"""ConvNeXt: "A ConvNet for the 2020s" (2022)."""

from __future__ import annotations

from designer.core.design import Design
from designer.layers.activations import GELU
from designer.layers.adaptive import AdaptiveAvgPool2d
from designer.layers.conv2d import Conv2d
from designer.layers.flatten import Flatten
from designer.layers.layer_norm import LayerNorm
from designer.layers.linear import Linear
from designer.layers.merges import Add
from designer.layers.permute import Permute
from designer.layers.scale import Scale
from designer.layers.stochastic_depth import StochasticDepth
from resources.templates.zoo.recipes import LONG
from resources.templates.zoo.sketch import Sketch

EPS = 1e-6
FIRST_SCALE = 1e-6
"""What a block's factors begin with: almost the identity."""
CHANNELS_LAST = (0, 2, 3, 1)
CHANNELS_FIRST = (0, 3, 1, 2)


def convnext(
    name: str, depths: tuple[int, int, int, int], counts: tuple[int, ...], silenced: float
) -> Design:
    """A ConvNeXt; `silenced` is the share of samples that the last block leaves out."""
    net = Sketch()
    x = net.add("features.0.0", Conv2d(depths[0], 4, 4), net.image, label="conv")
    x = _norm(net, x, "features.0.1")
    done, index = 0, 1
    for stage, (depth, count) in enumerate(zip(depths, counts, strict=True)):
        net.stage(f"{depth} maps")
        if stage:
            x = _norm(net, x, f"features.{index}.0")
            x = net.add(f"features.{index}.1", Conv2d(depth, 2, 2), x, label="halve")
            index += 1
        for block in range(count):
            net.block(block)
            x = _block(net, x, f"features.{index}.{block}", silenced * done / (sum(counts) - 1))
            done += 1
        index += 1
    net.stage("head")
    x = net.add("avgpool", AdaptiveAvgPool2d(1), x)
    x = _norm(net, x, "classifier.0")
    net.block()
    x = net.add("classifier.1", Flatten(), x, label="flatten")
    net.add("classifier.2", Linear(1000), x, label="classifier")
    return net.design(name, training=LONG)


def _norm(net: Sketch, x: str, path: str) -> str:
    """Normalise every pixel over its channels, which are last for as long."""
    x = net.add(f"{path}.last", Permute(CHANNELS_LAST), x, label="channels last")
    x = net.add(path, LayerNorm(eps=EPS), x, label="norm")
    return net.add(f"{path}.first", Permute(CHANNELS_FIRST), x, label="channels first")


def _block(net: Sketch, x: str, path: str, silenced: float) -> str:
    depth = net.channels(x)
    y = net.add(f"{path}.block.0", Conv2d(depth, 7, padding=3, groups=depth), x, label="depthwise")
    y = net.add(f"{path}.block.1", Permute(CHANNELS_LAST), y, label="channels last")
    y = net.add(f"{path}.block.2", LayerNorm(eps=EPS), y, label="norm")
    y = net.add(f"{path}.block.3", Linear(4 * depth), y, label="widen")
    y = net.add(f"{path}.block.4", GELU(), y, label="gelu")
    y = net.add(f"{path}.block.5", Linear(depth), y, label="narrow")
    y = net.add(f"{path}.block.6", Permute(CHANNELS_FIRST), y, label="channels first")
    y = net.add(f"{path}.layer_scale", Scale(FIRST_SCALE), y, label="scale")
    if silenced:
        y = net.add(f"{path}.stochastic_depth", StochasticDepth(silenced), y, label="drop")
    return net.add(f"{path}.add", Add(), y, x, label="add")
