"""Convolutions and poolings of ONNX, with their three ways to say a padding."""

from __future__ import annotations

from typing import Any

import torch

from designer.core.layer import Layer
from designer.engine.importing.borders import is_same, read, same_windows
from designer.engine.importing.by_name import layer_of
from designer.engine.importing.onnx_graph import Op
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Found, Padded, Value, shape_of
from designer.layers import CATALOGUE
from designer.layers.pooling import MaxPool2d


def conv(op: Op) -> tuple[Value]:
    """A convolution over maps."""
    weight, bias = _weights(op)
    said = _said(op) | {"groups": op.attribute("group", 1), "bias": bias}
    said |= {"out_channels": weight.shape[0], "kernel_size": tuple(weight.shape[2:])}
    return _window(
        op, "Conv2d", said, {"weight": weight} | ({} if bias is None else {"bias": bias})
    )


def conv_transpose(op: Op) -> tuple[Value]:
    """A transposed convolution."""
    weight, bias = _weights(op)
    groups = op.attribute("group", 1)
    pads = op.attribute("pads", [0, 0, 0, 0])
    if op.attribute("auto_pad", "NOTSET") != "NOTSET" or pads[:2] != pads[2:]:
        raise ImportRefused(f"{op.where} is a ConvTranspose that pads opposite sides differently")
    said = _said(op) | {"groups": groups, "bias": bias, "padding": pads[:2]}
    said |= {"out_channels": weight.shape[1] * groups, "kernel_size": tuple(weight.shape[2:])}
    said["output_padding"] = op.attribute("output_padding", [0, 0])
    x = op.value()
    layer = layer_of(CATALOGUE["ConvTranspose2d"], said, x.shape, op.where)
    state = {"weight": weight} | ({} if bias is None else {"bias": bias})
    return (op.graph.sketch.add(op.path(layer.stem(), 1), layer, x, state=state)[0],)


def max_pool(op: Op) -> tuple[Value]:
    """Max pooling; its second output, the places, is not known here."""
    return _window(op, "MaxPool2d", _said(op) | _pooled(op))


def average_pool(op: Op) -> tuple[Value]:
    """Average pooling, which does not count padded cells unless it is said."""
    counts = bool(op.attribute("count_include_pad", 0))
    pads = op.attribute("pads", [0, 0, 0, 0])
    said = _said(op) | _pooled(op)
    if any(pads) or op.attribute("auto_pad", "NOTSET") != "NOTSET":
        said["count_include_pad"] = counts
    return _window(op, "AvgPool2d", said)


def _weights(op: Op) -> tuple[torch.Tensor, torch.Tensor | None]:
    weight = op.weight(1)
    if weight is None or weight.ndim != 4:
        raise ImportRefused(f"{op.where} ({op.kind}) is not over maps; layers here are")
    bias = op.weight(2)
    if bias is not None and op.input(2) not in op.graph.learned and not bool(bias.any()):
        bias = None  # an exporter's zeros in the place of none
    return weight, bias


def _said(op: Op) -> dict[str, Any]:
    names = {"strides": "stride", "dilations": "dilation"}
    return {ours: op.attribute(theirs, [1, 1]) for theirs, ours in names.items()}


def _pooled(op: Op) -> dict[str, Any]:
    kernel = op.attribute("kernel_shape", [])
    if len(kernel) != 2 or op.attribute("storage_order", 0):
        raise ImportRefused(f"{op.where} ({op.kind}) is not over maps; layers here are")
    return {"kernel_size": kernel, "ceil_mode": bool(op.attribute("ceil_mode", 0))}


def _window(
    op: Op, kind: str, said: dict[str, Any], state: dict[str, torch.Tensor] | None = None
) -> tuple[Value]:
    """Add a layer that slides a window, with the padding in its own words."""
    found = op.found()
    if kind == "AvgPool2d" and said.pop("dilation") != [1, 1]:
        raise ImportRefused(f"{op.where} is an average pooling with a dilation")
    bare = layer_of(CATALOGUE[kind], said | {"padding": 0}, shape_of(found), op.where)
    padding, found = _padding(op, bare, found)
    layer = layer_of(CATALOGUE[kind], said | {"padding": padding}, shape_of(found), op.where)
    layer, x = read(layer, found, op.where)
    path = op.path(layer.stem(), 1 if state else None)
    return (op.graph.sketch.add(path, layer, x, state=state)[0],)


def _padding(op: Op, layer: Layer, found: Found) -> tuple[Any, Found]:
    """The padding of a layer, and what it reads: maps with a border where it has no word for it."""
    shape = shape_of(found)
    auto = op.attribute("auto_pad", "NOTSET")
    if auto in ("SAME_UPPER", "SAME_LOWER"):
        is_even = all(axis.before == axis.after for axis in same_windows(layer, shape))
        if auto == "SAME_LOWER" and not is_even:
            raise ImportRefused(
                f"{op.where} pads the odd cell at the top and left (SAME_LOWER); "
                'padding "same" puts it at the bottom and right'
            )
        return "same", found
    top, left, bottom, right = (
        (0, 0, 0, 0) if auto == "VALID" else op.attribute("pads", [0, 0, 0, 0])
    )
    if (top, left) == (bottom, right):
        return (top, left), found
    sides = (left, right, top, bottom)
    if not isinstance(found, Value):
        raise ImportRefused(f"{op.where} pads what has a border already")
    if layer.family == "Pooling" and not isinstance(layer, MaxPool2d):
        if is_same(layer, sides, shape) and not op.attribute("count_include_pad", 0):
            return "same", found
        return 0, op.shaper.padded(found, sides)
    if isinstance(layer, MaxPool2d):
        return 0, Padded(found, sides, "constant", float("-inf"))
    return 0, op.shaper.padded(found, sides)
