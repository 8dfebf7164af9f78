"""Operators of ONNX: what each stands for here."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from designer.core.layer import Layer
from designer.engine.importing.by_name import kind_of, layer_of
from designer.engine.importing.onnx_graph import Op
from designer.engine.importing.onnx_numbers import add, divide, flat, multiply, subtract
from designer.engine.importing.onnx_shapes import (
    add_up,
    concat,
    cut,
    expand,
    flatten,
    pad,
    reshape,
    split,
    squeeze,
    transpose,
    unsqueeze,
)
from designer.engine.importing.onnx_windows import average_pool, conv, conv_transpose, max_pool
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import Found, Value
from designer.layers import CATALOGUE
from designer.layers.adaptive import AdaptiveMaxPool2d, GlobalAvgPool2d
from designer.layers.linear import Linear

Handler = Callable[[Op], tuple[Any, ...]]

RENAMED: Mapping[str, Mapping[str, str]] = {
    "LeakyRelu": {"alpha": "negative_slope"},
    "Dropout": {"ratio": "p"},
    "Softmax": {"axis": "dim"},
    "LogSoftmax": {"axis": "dim"},
    "LRN": {"bias": "k"},
}
"""What ONNX calls a parameter otherwise."""

DEFAULTS: Mapping[str, Mapping[str, object]] = {
    "Dropout": {"p": 0.5},
    "Softmax": {"dim": -1},
    "LogSoftmax": {"dim": -1},
    "LRN": {"alpha": 1e-4, "beta": 0.75, "k": 1.0},
}

CALLED = {"LRN": "LocalResponseNorm", "Swish": "SiLU"}


def operator(op: Op) -> tuple[Any, ...]:
    """What a node that the image goes into gives; raises ImportRefused."""
    if op.node.domain not in ("", "ai.onnx"):
        raise ImportRefused(
            f"{op.where} uses {op.kind} of {op.node.domain[:60]!r}; only ONNX's own are read"
        )
    handler = OPERATORS.get(op.kind)
    if handler is not None:
        return handler(op)
    kind = CATALOGUE.get(CALLED.get(op.kind, "")) or kind_of(op.kind)
    if kind is None or op.kind in ("Conv2d", "Linear"):
        raise ImportRefused(
            f"{op.where} computes {op.kind}, and no layer here does that: replace it by layers of "
            "the palette, or import the part of the net that does without it"
        )
    return _by_name(op, kind)


def _by_name(op: Op, kind: type[Layer]) -> tuple[Value]:
    """An operator that is a layer of the catalogue: its attributes are the parameters."""
    x = op.value()
    renamed = RENAMED.get(op.kind, {})
    said = dict(DEFAULTS.get(op.kind, {}))
    said |= {renamed.get(n, n): op.attribute(n, None) for n in op.attributes}
    said = {name: value for name, value in said.items() if name in kind.names}
    if op.kind == "Dropout" and op.input(1):
        said["p"] = float(np.asarray(op.constant(1)).item())
    layer = layer_of(kind, said, x.shape, op.where)
    return (op.graph.sketch.add(op.path(layer.stem()), layer, x)[0],)


def _gemm(op: Op) -> tuple[Value]:
    has_factors = op.attribute("alpha", 1.0) != 1 or op.attribute("beta", 1.0) != 1
    if op.attribute("transA", 0) or has_factors:
        raise ImportRefused(f"{op.where} (Gemm) has factors or a turned input; Linear has none")
    return _linear(op, is_turned=not op.attribute("transB", 0))


def _matmul(op: Op) -> tuple[Value]:
    if not op.has_image(0) or op.has_image(1):
        raise ImportRefused(
            f"{op.where} multiplies two computed matrices, as attention does; no layer here can"
        )
    return _linear(op, is_turned=True)


def _linear(op: Op, is_turned: bool) -> tuple[Value]:
    weight = op.weight(1, is_turned=is_turned)
    bias = op.weight(2)
    if weight is None or weight.ndim != 2:
        raise ImportRefused(f"{op.where} ({op.kind}) has no matrix of weights")
    state = {"weight": weight} | ({} if bias is None else {"bias": bias.flatten()})
    layer = Linear(weight.shape[0], bias is not None)
    return (op.graph.sketch.add(op.path("fc", 1), layer, op.value(), state=state)[0],)


def _normalisation(op: Op) -> tuple[Value]:
    names = ("weight", "bias", "running_mean", "running_var")
    state = {n: t for i, n in enumerate(names, 1) if (t := op.weight(i)) is not None}
    said: dict[str, object] = {"eps": op.attribute("epsilon", 1e-5)}
    if op.kind == "BatchNormalization":
        said["momentum"] = round(1 - op.attribute("momentum", 0.9), 6)
    elif op.kind == "InstanceNormalization":
        said["affine"] = True
    elif op.kind == "GroupNormalization":
        said["num_groups"] = op.attribute("num_groups", 1)
    else:
        axis = op.attribute("axis", -1)
        count = len(op.value().shape)
        said["num_dims"] = -axis if axis < 0 else count + 1 - axis
    said["eps"] = float(f"{said['eps']:.6g}")  # ONNX has it in float32
    kind = CATALOGUE[NORMS[op.kind]]
    layer = layer_of(kind, said, op.value().shape, op.where)
    path = op.path(layer.stem(), 1)
    return (op.graph.sketch.add(path, layer, op.value(), state=state)[0],)


NORMS = {
    "BatchNormalization": "BatchNorm2d",
    "InstanceNormalization": "InstanceNorm2d",
    "GroupNormalization": "GroupNorm",
    "LayerNormalization": "LayerNorm",
}


def _prelu(op: Op) -> tuple[Value]:
    weight = flat(op.weight(1))
    layer = CATALOGUE["PReLU"](num_parameters=weight.numel())  # type: ignore[call-arg]
    path = op.path("prelu", 1)
    return (op.graph.sketch.add(path, layer, op.value(), state={"weight": weight})[0],)


def _hard_sigmoid(op: Op) -> tuple[Value]:
    alpha, beta = op.attribute("alpha", 0.2), op.attribute("beta", 0.5)
    if not (math.isclose(alpha, 1 / 6, rel_tol=1e-5) and math.isclose(beta, 0.5)):
        raise ImportRefused(f"{op.where} is a HardSigmoid of slope {alpha:.4g}; here it is 1/6")
    layer = CATALOGUE["Hardsigmoid"]()
    return (op.graph.sketch.add(op.path(layer.stem()), layer, op.value())[0],)


def _clip(op: Op) -> tuple[Found]:
    limits: list[float | None] = []
    for place, name in ((1, "min"), (2, "max")):
        array = op.constant(place) if op.input(place) else None
        limit = op.attribute(name, None) if array is None else float(np.asarray(array).item())
        limits.append(None if limit is None or abs(limit) > 1e38 else float(limit))
    return (op.shaper.clamped(op.value(), limits[0], limits[1]),)


def _pool_all(op: Op) -> tuple[Value]:
    is_mean = op.kind == "GlobalAveragePool"
    layer: Layer = GlobalAvgPool2d(True) if is_mean else AdaptiveMaxPool2d(1)
    return (op.graph.sketch.add(op.path("pool"), layer, op.value())[0],)


def _mean(op: Op) -> tuple[Found]:
    axes = op.integers(1, "axes")
    keepdim = bool(op.attribute("keepdims", 1))
    x = op.value()
    if axes is None:
        raise ImportRefused(f"{op.where} takes the mean of everything, the batch included")
    return (op.shaper.mean(x, axes, keepdim),)


def _depth_to_space(op: Op) -> tuple[Value]:
    if op.attribute("mode", "DCR") != "CRD":
        raise ImportRefused(f"{op.where} is a DepthToSpace of mode DCR; PixelShuffle is CRD")
    layer = CATALOGUE["PixelShuffle"](upscale_factor=op.attribute("blocksize", 1))  # type: ignore[call-arg]
    return (op.graph.sketch.add(op.path("shuffle"), layer, op.value())[0],)


RESIZED = {
    ("nearest", "asymmetric"): ("nearest", None),
    ("nearest", "half_pixel"): ("nearest-exact", None),
    ("linear", "half_pixel"): ("bilinear", False),
    ("linear", "pytorch_half_pixel"): ("bilinear", False),
    ("linear", "align_corners"): ("bilinear", True),
    ("cubic", "half_pixel"): ("bicubic", False),
    ("cubic", "pytorch_half_pixel"): ("bicubic", False),
    ("cubic", "align_corners"): ("bicubic", True),
}
"""ONNX's mode and way of counting, as Upsample's mode and whether it aligns corners."""


def _resize(op: Op) -> tuple[Value]:
    x = op.value()
    is_old = op.kind == "Upsample"
    place = "asymmetric" if is_old else op.attribute("coordinate_transformation_mode", "half_pixel")
    form = RESIZED.get((op.attribute("mode", "nearest"), place))
    if form is None:
        raise ImportRefused(f"{op.where} resizes by {op.attribute('mode', 'nearest')}, {place}")
    mode, corners = form
    said: dict[str, object] = {"mode": mode, "align_corners": corners}
    scales = op.constant(1 if is_old else 2)
    if scales is not None and scales.size:
        said["scale_factor"] = [float(f) for f in scales.flatten()[-2:]]
    else:
        said |= {"size": (op.integers(3, "sizes") or [])[-2:], "scale_factor": None}
    layer = layer_of(CATALOGUE["Upsample"], said, x.shape, op.where)
    return (op.graph.sketch.add(op.path(layer.stem()), layer, x)[0],)


def _cast(op: Op) -> tuple[Found]:
    if op.attribute("to", 1) != 1:
        raise ImportRefused(f"{op.where} computes in another type than float32")
    return (op.found(),)


def _same(op: Op) -> tuple[Found]:
    return (op.found(),)


OPERATORS: dict[str, Handler] = {
    "Conv": conv,
    "ConvTranspose": conv_transpose,
    "MaxPool": max_pool,
    "AveragePool": average_pool,
    "Gemm": _gemm,
    "MatMul": _matmul,
    **dict.fromkeys(NORMS, _normalisation),
    "PRelu": _prelu,
    "HardSigmoid": _hard_sigmoid,
    "Clip": _clip,
    "Add": add,
    "Sub": subtract,
    "Mul": multiply,
    "Div": divide,
    "Sum": add_up,
    "Concat": concat,
    "GlobalAveragePool": _pool_all,
    "GlobalMaxPool": _pool_all,
    "ReduceMean": _mean,
    "Reshape": reshape,
    "Flatten": flatten,
    "Squeeze": squeeze,
    "Unsqueeze": unsqueeze,
    "Transpose": transpose,
    "Split": split,
    "Slice": cut,
    "Pad": pad,
    "Expand": expand,
    "DepthToSpace": _depth_to_space,
    "Resize": _resize,
    "Upsample": _resize,
    "Cast": _cast,
    **dict.fromkeys(("Identity", "CastLike"), _same),
}
"""What is no layer of its own name."""
