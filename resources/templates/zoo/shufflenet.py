"""ShuffleNet v2: "Practical Guidelines for Efficient CNN Architecture Design" (2018)."""

from __future__ import annotations

from designer.core.design import Design
from designer.layers.activations import ReLU
from designer.layers.adaptive import GlobalAvgPool2d
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.linear import Linear
from designer.layers.merges import Concat
from designer.layers.normalisation import BatchNorm2d
from designer.layers.pooling import MaxPool2d
from designer.layers.shuffle import ChannelShuffle
from designer.layers.split import Split
from resources.templates.zoo.parts import conv_norm
from resources.templates.zoo.recipes import MOBILE
from resources.templates.zoo.sketch import Sketch, Source

FIRST = 24
COUNTS = (4, 8, 4)


def shufflenet_v2(width: str, depths: tuple[int, int, int], last: int) -> Design:
    """ShuffleNet v2 with stages of these depths."""
    net = Sketch()
    conv = Conv2d(FIRST, 3, 2, 1, bias=False)
    x = conv_norm(net, net.image, "conv1", conv, None, ReLU(), word="conv1")
    x = net.add("maxpool", MaxPool2d(3, 2, 1), x)
    for stage, (depth, count) in enumerate(zip(depths, COUNTS, strict=True), 2):
        net.stage(f"stage{stage}", f"{depth} maps")
        for block in range(count):
            net.block(block)
            build = _halving if block == 0 else _splitting
            x = build(net, x, f"stage{stage}.{block}", depth // 2)
    net.stage("head")
    x = conv_norm(net, x, "conv5", Conv1x1(last, bias=False), None, ReLU(), word="conv5")
    x = net.add("mean", GlobalAvgPool2d(), x)
    net.add("fc", Linear(1000), x)
    return net.design(f"ShuffleNet v2 ×{width}", training=MOBILE)


def _halving(net: Sketch, x: str, path: str, half: int) -> str:
    """Both branches read all maps and halve the size."""
    depth = net.channels(x)
    a = net.add(f"{path}.branch1.0", Conv2d(depth, 3, 2, 1, 1, depth, False), x, label="left 3×3")
    a = net.add(f"{path}.branch1.1", BatchNorm2d(), a, label="left 3×3 norm")
    a = net.add(f"{path}.branch1.2", Conv1x1(half, bias=False), a, label="left 1×1")
    a = net.add(f"{path}.branch1.3", BatchNorm2d(), a, label="left norm")
    a = net.add(f"{path}.branch1.4", ReLU(), a, label="left relu")
    b = _branch(net, x, f"{path}.branch2", half, 2)
    return _shuffled(net, a, b, path)


def _splitting(net: Sketch, x: str, path: str, half: int) -> str:
    """Half of the maps pass as they are."""
    split = net.add(f"{path}.split", Split((half, half)), x, label="split")
    b = _branch(net, (split, 1), f"{path}.branch2", half, 1)
    return _shuffled(net, (split, 0), b, path)


def _branch(net: Sketch, x: Source, path: str, half: int, stride: int) -> str:
    b = net.add(f"{path}.0", Conv1x1(half, bias=False), x, label="1×1")
    b = net.add(f"{path}.1", BatchNorm2d(), b, label="1×1 norm")
    b = net.add(f"{path}.2", ReLU(), b, label="1×1 relu")
    deep = Conv2d(half, 3, stride, 1, groups=half, bias=False)
    b = net.add(f"{path}.3", deep, b, label="depthwise")
    b = net.add(f"{path}.4", BatchNorm2d(), b, label="depthwise norm")
    b = net.add(f"{path}.5", Conv1x1(half, bias=False), b, label="project")
    b = net.add(f"{path}.6", BatchNorm2d(), b, label="project norm")
    return net.add(f"{path}.7", ReLU(), b, label="project relu")


def _shuffled(net: Sketch, a: Source, b: Source, path: str) -> str:
    x = net.add(f"{path}.cat", Concat(), a, b, label="concat")
    return net.add(f"{path}.shuffle", ChannelShuffle(2), x, label="shuffle")
