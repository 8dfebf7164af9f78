"""Operators of ONNX that calculate: of two values, or of one and constants."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from designer.engine.importing.by_name import shortest, uniform
from designer.engine.importing.onnx_graph import Op
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.shaping import Numbers
from designer.engine.importing.sketch import Found, Step, Value
from designer.layers.conv2d import Convolution
from designer.layers.linear import Linear
from designer.layers.scale import Scale


def add(op: Op) -> tuple[Found]:
    """A sum; numbers that are added behind a layer are its bias."""
    if op.has_image(0) and op.has_image(1):
        return (op.shaper.added(op.value(0), op.value(1)),)
    place = 0 if op.has_image(0) else 1
    x, other = op.value(place), 1 - place
    step = op.graph.sketch.steps[x.node]
    if op.graph.reads[op.input(place)] == 1 and _takes_bias(step, op.constant(other)):
        return (_with_bias(op, step, other),)
    if op.graph.is_learned(op.input(other)):
        raise ImportRefused(
            f"{op.where} (Add) adds weights to {x.shape}, and no layer here does that: a bias "
            "belongs to a convolution or a dense layer that has none"
        )
    return (op.shaper.plus(x, _numbers(op, other, x)),)


def _takes_bias(step: Step, bias: Any) -> bool:
    """Whether numbers that are added behind a layer are its bias."""
    is_open = isinstance(step.layer, (Convolution, Linear)) and not step.layer.bias
    if not is_open or bias is None or step.weights_of:
        return False
    is_dense = isinstance(step.layer, Linear)  # over its last size, wherever that is
    channels = step.outputs[0][-1] if is_dense else step.outputs[0].channels
    tail = () if is_dense else (1, 1)
    shape = tuple(bias.shape)
    return shape[-1 - len(tail) :] == (channels, *tail) and bias.size == channels


def _with_bias(op: Op, step: Step, place: int) -> Value:
    bias = op.weight(place)
    values = dict(zip(step.layer.names, step.layer.values, strict=True)) | {"bias": True}
    layer = type(step.layer)(**values)
    assert bias is not None
    sketch = op.graph.sketch
    sketch.put(step.id, layer, {**step.state, "bias": bias.flatten()})
    return Value(step.id, 0, step.outputs[0])


def subtract(op: Op) -> tuple[Found]:
    """Numbers that are subtracted."""
    x = op.value(0)
    return (op.shaper.shifted(x, _numbers(op, 1, x), 1.0),)


def multiply(op: Op) -> tuple[Found]:
    """A product; a weight with one factor a channel is a Scale."""
    if op.has_image(0) and op.has_image(1):
        return (op.shaper.multiplied(op.value(0), op.value(1)),)
    place = 0 if op.has_image(0) else 1
    x, other = op.value(place), 1 - place
    array = op.constant(other)
    assert array is not None
    if not op.graph.is_learned(op.input(other)):
        return (op.shaper.times(x, _numbers(op, other, x)),)
    sizes = (x.shape.channels, *(1 for _ in x.shape[1:]))
    name = op.graph.learned[op.input(other)]
    if name is None or tuple(array.shape[-len(sizes) :]) != sizes or array.size != sizes[0]:
        raise ImportRefused(
            f"{op.where} (Mul) multiplies {x.shape} by weights of {array.shape}, or by what it "
            "computes from some; Scale multiplies by a weight with one factor a channel"
        )
    weight = flat(op.weight(other))
    init = uniform(weight)
    layer = Scale() if init is None else Scale(init)
    path = op.path(layer.stem()) if name.startswith("onnx::") else tuple(name.split("."))
    return (op.graph.sketch.add(path, layer, x, state={"weight": weight})[0],)


def divide(op: Op) -> tuple[Found]:
    """Numbers that are divided by."""
    x = op.value(0)
    return (op.shaper.shifted(x, 0.0, _numbers(op, 1, x)),)


def flat(weight: torch.Tensor | None) -> torch.Tensor:
    """A weight in one row, where there is one."""
    assert weight is not None
    return weight.flatten()


def _numbers(op: Op, place: int, x: Value) -> Numbers:
    """A constant as one number, or one a channel."""
    array = np.asarray(op.constant(place))
    is_per_channel = x.shape.is_image and array.shape[-3:] == (x.shape.channels, 1, 1)
    if array.size == 1 or is_per_channel:
        numbers = tuple(shortest(torch.from_numpy(np.array(array, np.float32))))
        return numbers[0] if len(numbers) == 1 else numbers
    raise ImportRefused(
        f"{op.where} ({op.kind}) uses a constant of {array.shape}; one number, or one a channel, "
        "can be used"
    )
