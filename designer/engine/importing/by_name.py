"""Foreign layers by the catalogue: of the same name, their parameters read off by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch

from designer.core.decode import DecodeError, decode
from designer.core.layer import Layer
from designer.core.parameter import Parameter
from designer.core.shape import Shape
from designer.engine.importing.refusal import ImportRefused
from designer.layers import CATALOGUE
from designer.layers.conv2d import Conv1x1

BY_NAME: Mapping[str, str] = {
    **{name.lower(): name for name in CATALOGUE},
    **{name.removesuffix("2d").lower(): name for name in CATALOGUE if name.endswith("Norm2d")},
    "interpolate": "Upsample",
    "featuredropout": "Dropout2d",
    "hardswish": "Hardswish",
}
"""A layer for a name without its underscores: `conv2d`, `batchnorm`, `leakyrelu`."""

DERIVED: Mapping[str, Callable[[torch.Tensor], object]] = {
    "out_channels": lambda weight: weight.shape[0],
    "out_features": lambda weight: weight.shape[0],
    "kernel_size": lambda weight: tuple(weight.shape[2:]),
    "num_parameters": lambda weight: weight.numel(),
}
"""What a function has no word for, since its weights say it."""


def shortest(tensor: torch.Tensor) -> list[float]:
    """The numbers of a tensor, each in as few digits as give it again: 0.485, not 0.48500001."""
    numbers = tensor.detach().flatten()
    if numbers.dtype != torch.float32:
        return [float(number) for number in numbers.tolist()]
    return [float(str(number)) for number in numbers.numpy()]


def uniform(weight: torch.Tensor) -> float | None:
    """The number that all weights are, as they are before training; None where they differ."""
    numbers = weight.detach().flatten()
    return shortest(numbers[:1])[0] if bool((numbers == numbers[0]).all()) else None


BOTH_AXES = ("size", "factor", "padding", "sides")


def kind_of(name: str) -> type[Layer] | None:
    """The layer of a function's name, or None: `leaky_relu_` is LeakyReLU."""
    return CATALOGUE.get(BY_NAME.get(name.replace("_", "").lower(), ""))


def layer_of(
    kind: type[Layer], said: Mapping[str, object], shape: Shape, path: str, weight: object = None
) -> Layer:
    """A layer of this kind with the parameters that are said of it, and its defaults for the rest.

    `shape` is what comes in, `weight` the tensor that a function is given. Raises ImportRefused
    where a value is none that the parameter can have.
    """
    values: dict[str, Any] = {}
    for parameter in kind.parameters():
        name = parameter.name
        if name in said:
            value = _plain(parameter, said[name], shape)
        elif isinstance(weight, torch.Tensor) and name in DERIVED:
            value = _plain(parameter, DERIVED[name](weight), shape)
        else:
            continue
        try:
            values[name] = decode(parameter.type, value, name)
        except DecodeError as error:
            raise ImportRefused(
                f"{path} is a {kind.kind()} with a value that the layer here cannot have: {error}"
            ) from None
    return _simplest(kind(**values))


def _plain(parameter: Parameter, value: object, shape: Shape) -> object:
    """A value of torch's as the parameter writes it."""
    if parameter.kind == "boolean" and not parameter.is_optional:
        return value is not None and (isinstance(value, torch.Tensor) or bool(value))
    if parameter.name == "output_size" and isinstance(value, (tuple, list)):
        value = [shape[1 + i] if size is None else size for i, size in enumerate(value)]
    if isinstance(value, (tuple, list)):
        members = list(value)
        is_same = len({(type(member), member) for member in members}) == 1
        return members[0] if is_same and parameter.kind in BOTH_AXES else members
    if parameter.kind == "sizes" and isinstance(value, int):
        return [value]
    return value


def _simplest(layer: Layer) -> Layer:
    """The same layer as a person would have put it."""
    values: dict[str, Any] = dict(zip(layer.names, layer.values, strict=True))
    if layer.kind() == "Conv2d" and values["kernel_size"] == 1:
        is_bare = values["padding"] in (0, "valid", "same") and values["padding_mode"] == "zeros"
        if is_bare and values["dilation"] == 1:
            return Conv1x1(**{name: values[name] for name in Conv1x1.names})
    is_pooling = layer.family == "Pooling" and {"stride", "kernel_size"} <= values.keys()
    if is_pooling and values["stride"] == values["kernel_size"]:
        return type(layer)(**(values | {"stride": None}))
    return layer
