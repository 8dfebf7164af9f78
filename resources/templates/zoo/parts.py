"""What several families share: a convolution with what follows it, squeezing, the head."""

from __future__ import annotations

from designer.core.layer import Layer
from designer.core.parameter import Padding, Size
from designer.layers.activations import ReLU, Sigmoid
from designer.layers.adaptive import AdaptiveAvgPool2d
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.flatten import Flatten
from designer.layers.merges import Multiply
from designer.layers.normalisation import BatchNorm2d
from resources.templates.zoo.sketch import Sketch

NUMBERED = ("0", "1", "2")
"""How a Sequential names its convolution, normalisation and activation."""

NAMED = ("conv", "bn", "relu")
"""How torchvision's BasicConv2d does, with a name of ours for its function."""


def convolution(
    out_channels: int,
    kernel_size: Size = 3,
    stride: Size = 1,
    padding: Padding = 0,
    dilation: Size = 1,
    groups: int = 1,
    bias: bool = True,
) -> Layer:
    """A convolution; where its kernel has one cell, the layer of that name."""
    if kernel_size == 1 and padding == 0:
        return Conv1x1(out_channels, stride, groups, bias)
    return Conv2d(out_channels, kernel_size, stride, padding, dilation, groups, bias)


def conv_norm(
    net: Sketch,
    x: str,
    path: str,
    conv: Layer,
    norm: Layer | None = None,
    activation: Layer | None = None,
    *,
    word: str,
    names: tuple[str, str, str] = NUMBERED,
    note: str = "",
) -> str:
    """A convolution with its normalisation (plain where none is given) and its activation."""
    x = net.add(f"{path}.{names[0]}", conv, x, label=word, note=note)
    x = net.add(f"{path}.{names[1]}", norm or BatchNorm2d(), x, label=f"{word} norm")
    if activation is None:
        return x
    act = f"{word} {activation.kind().lower()}"
    return net.add(f"{path}.{names[2]}", activation, x, label=act)


def keeping(kernel_size: int, dilation: int = 1) -> int:
    """The padding with which a window of odd extent keeps the size, as torchvision counts it."""
    return (kernel_size - 1) // 2 * dilation


def squeeze_excitation(
    net: Sketch,
    x: str,
    path: str,
    squeezed: int,
    activation: Layer | None = None,
    gate: Layer | None = None,
) -> str:
    """Weigh each map by a number that is computed from the means of all."""
    depth = net.channels(x)
    s = net.add(f"{path}.avgpool", AdaptiveAvgPool2d(1), x, label="squeeze")
    s = net.add(f"{path}.fc1", Conv1x1(squeezed), s, label="squeeze fc1")
    s = net.add(f"{path}.activation", activation or ReLU(), s, label="squeeze act")
    s = net.add(f"{path}.fc2", Conv1x1(depth), s, label="excite fc2")
    s = net.add(f"{path}.scale_activation", gate or Sigmoid(), s, label="excite gate")
    return net.add(f"{path}.scale", Multiply(), s, x, label="excite")


def pooled_vector(net: Sketch, x: str) -> str:
    """The mean of each map, as a vector: how most heads begin."""
    x = net.add("avgpool", AdaptiveAvgPool2d(1), x)
    return net.add("flatten", Flatten(), x)


def make_divisible(value: float, divisor: int = 8) -> int:
    """The nearest multiple of the divisor that is not more than 10 % below the value."""
    near = max(divisor, int(value + divisor / 2) // divisor * divisor)
    return near + divisor if near < 0.9 * value else near
