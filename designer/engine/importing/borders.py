"""Borders that belong to a window: padding that a net does first and a layer here does itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from designer.core.layer import Layer, with_article
from designer.core.shape import Shape
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Found, Padded, Value
from designer.layers.conv2d import Conv1x1, Conv2d
from designer.layers.pooling import MaxPool2d, Pooling
from designer.layers.window import Window, pair

Sides = tuple[int, int, int, int]
"""Left, right, top and bottom."""


def is_same(layer: Layer, sides: Sides, x: Shape) -> bool:
    """Whether these cells around maps of this shape are TensorFlow's SAME for the layer's window.

    `x` is the shape without the border.
    """
    height, width = same_windows(layer, x)
    return sides == (width.before, width.after, height.before, height.after)


def same_windows(layer: Layer, x: Shape) -> tuple[Window, Window]:
    """The windows of a layer along height and width, with SAME padding."""
    said: Any = layer
    stride = said.steps if isinstance(layer, Pooling) else said.stride
    sizes = [pair(size) for size in (said.kernel_size, stride, said.dilation)]
    kernels, strides, dilations = sizes
    height, width = (
        Window(x[1 + axis], kernels[axis], strides[axis], 0, dilations[axis], same=True)
        for axis in (0, 1)
    )
    return height, width


def read(layer: Layer, found: Found | None, path: str) -> tuple[Layer, Value]:
    """The layer and the value that it reads, a border that it can put there itself left out.

    Raises ImportRefused.
    """
    if isinstance(found, Padded):
        return with_border(layer, found, path), found.of
    if isinstance(found, Value):
        return layer, found
    raise ImportRefused(
        f"{path} ({with_article(layer.kind())}) reads something else than the output of a node"
    )


def with_border(layer: Layer, border: Padded, path: str) -> Layer:
    """The layer that reads maps with this border, as one that reads them without.

    A convolution takes reflected, repeated and wrapped borders, max pooling one of −∞; both the
    same on opposite sides, or as SAME has it. Raises ImportRefused.
    """
    kind: type[Layer] | None = type(layer)
    if border.mode == "constant":
        fits = isinstance(layer, MaxPool2d) and border.fill == float("-inf")
    else:
        fits = isinstance(layer, (Conv2d, Conv1x1))
    values: dict[str, Any] = dict(zip(layer.names, layer.values, strict=True))
    left, right, top, bottom = border.sides
    if not fits or kind is None or values.get("padding", 0) not in (0, "valid"):
        what = f"{border.fill:g}" if border.mode == "constant" else f"mode {border.mode}"
        raise ImportRefused(
            f"{path} reads maps with a border of {what}, which a {layer.kind()} here does not put "
            "there: zeros by ZeroPad2d, others by the padding of a convolution or a max pooling"
        )
    if is_same(layer, border.sides, border.of.shape):
        values["padding"] = "same"
    elif (left, top) == (right, bottom):
        values["padding"] = top if top == left else (top, left)
    else:
        raise ImportRefused(
            f"{path} reads maps with a border of {left}, {right}, {top}, {bottom} cells at the "
            'left, right, top and bottom; a layer pads opposite sides alike, or "same"'
        )
    if border.mode != "constant":
        values["padding_mode"] = border.mode
    if isinstance(layer, Conv1x1):
        return Conv2d(kernel_size=1, **values)
    return replace(layer, **values)  # type: ignore[type-var]
