"""How to try a layer on real tensors: strategies for its parameters, and its text executed."""

from __future__ import annotations

import math
import types
from collections.abc import Callable
from typing import Any, get_args, get_origin

import torch
from hypothesis import strategies as st
from torch import nn

from designer.core.call import Call, Chain, Operand, Operands
from designer.core.layer import Layer
from designer.core.parameter import Parameter, parameters_of, union_members
from designer.core.shape import Shape

BATCH = 2


def layers(kind: type[Layer]) -> st.SearchStrategy[Layer]:
    """Layers of a kind with parameters inside their limits, small ones."""
    return st.builds(kind, **{p.name: values(p) for p in parameters_of(kind)})


def values(parameter: Parameter) -> st.SearchStrategy[Any]:
    """Values of a parameter: its default, or anything of its type that its limits allow."""
    made = [of_type(member, parameter) for member in union_members(parameter.type)]
    return st.one_of(st.just(parameter.default), *made)


def of_type(hint: Any, parameter: Parameter) -> st.SearchStrategy[Any]:
    if hint is types.NoneType:
        return st.none()
    if hint is bool:
        return st.booleans()
    if hint is int:
        return integers(parameter)
    if hint is float:
        return numbers(parameter)
    if get_origin(hint) is tuple:
        first, *rest = get_args(hint)
        member = of_type(first, parameter)
        if rest and rest[-1] is Ellipsis:
            return st.lists(member, min_size=1, max_size=4).map(tuple)
        return st.tuples(*[member] * (1 + len(rest)))
    return st.sampled_from(get_args(hint))


def integers(parameter: Parameter) -> st.SearchStrategy[int]:
    least = -3 if parameter.minimum is None else math.ceil(parameter.minimum)
    most = least + 6 if parameter.maximum is None else min(least + 6, int(parameter.maximum))
    return st.integers(least, most)


def numbers(parameter: Parameter) -> st.SearchStrategy[float]:
    least = -2.0 if parameter.minimum is None else parameter.minimum
    if parameter.above is not None:
        least = parameter.above + 1e-3
    most = min(2.0 if parameter.maximum is None else parameter.maximum, max(least, 3.0))
    return st.floats(least, max(most, least), allow_subnormal=False)


def shapes(image_only: bool = False) -> st.SearchStrategy[Shape]:
    """Images mostly, some of them permuted, and vectors and rows, which many layers refuse."""
    channels, size = st.integers(1, 8), st.integers(1, 12)
    images = st.tuples(channels, size, size)
    if image_only:
        return images.map(Shape)
    others = st.one_of(st.tuples(size), st.tuples(channels, size))
    permuted = st.tuples(images, st.permutations(range(3))).map(
        lambda drawn: Shape(drawn[0]).permuted(tuple(drawn[1]))
    )
    return st.one_of(st.one_of(images, images, images, others).map(Shape), permuted)


CHANNELS: dict[str, Callable[[Any], int]] = {
    "Greyscale": lambda layer: 3,
    "Normalize": lambda layer: len(layer.mean) if isinstance(layer.mean, tuple) else 1,
    "Split": lambda layer: sum(layer.sizes),
    "PReLU": lambda layer: layer.num_parameters,
    "GroupNorm": lambda layer: layer.num_groups,
    "ChannelShuffle": lambda layer: layer.groups,
    "PixelShuffle": lambda layer: layer.upscale_factor**2,
}
"""Of how many channels a multiple is likely to fit; the others take most numbers."""


def inputs_of(kind: type[Layer], layer: Layer) -> st.SearchStrategy[tuple[Shape, ...]]:
    """Shapes for the inputs of a layer; those of merges are often alike."""
    if layer.inputs == 0:
        return st.just(())
    if kind.kind() in CHANNELS:
        wanted = max(1, CHANNELS[kind.kind()](layer))
        fitting = st.tuples(shapes(), st.integers(1, 2)).map(
            lambda drawn: drawn[0].resized(wanted * drawn[1], *drawn[0][1:])
        )
        return st.tuples(st.one_of(shapes(), fitting))
    if layer.inputs is not None:
        return st.tuples(*[shapes()] * layer.inputs)
    alike = st.tuples(shapes(), st.integers(1, 4)).map(lambda drawn: (drawn[0],) * drawn[1])
    deeper = st.tuples(shapes(True), st.lists(st.integers(1, 5), min_size=1, max_size=4)).map(
        lambda drawn: tuple(Shape((depth, *drawn[0][1:])) for depth in drawn[1])
    )
    gated = shapes(True).map(lambda x: (x, Shape((x[0], 1, 1))))
    return st.one_of(alike, deeper, gated, st.lists(shapes(), min_size=1, max_size=3).map(tuple))


def execute(layer: Layer, inputs: tuple[Shape, ...]) -> list[torch.Size]:
    """Do on real tensors what the layer's own call or expression says; raises what torch raises."""
    tensors = [torch.rand(BATCH, *shape) for shape in inputs]
    module = layer.module(*inputs)
    if module is not None:
        net = evaluated(module, [])
        result = None
        for training in (True, False):
            net.train(training)
            result = net(*tensors)
    else:
        form = layer.expression(*inputs)
        assert form is not None
        result = evaluated(form, tensors)
    parts = result if isinstance(result, (tuple, list)) else [result]
    return [part.shape[1:] for part in parts]


def evaluated(form: Any, tensors: list[torch.Tensor]) -> Any:
    """What an expression gives; functions are looked up in torch and in its definition."""
    if isinstance(form, Operand):
        return tensors[form.index]
    if isinstance(form, Chain):
        total = tensors[0]
        for tensor in tensors[1:]:
            total = total + tensor if form.operator == "+" else total * tensor
        return total
    assert isinstance(form, Call)
    names: dict[str, Any] = {"torch": torch, "nn": nn}
    if form.definition:
        exec(form.definition.source, names)
    function = eval(form.function, names)

    def value(argument: Any) -> Any:
        if isinstance(argument, Operand):
            return tensors[argument.index]
        return tuple(tensors) if isinstance(argument, Operands) else argument

    return function(*map(value, form.arguments), **{n: value(v) for n, v in form.keywords})
