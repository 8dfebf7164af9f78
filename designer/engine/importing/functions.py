"""Functions between the modules: what each of torch's stands for here."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.engine.importing.borders import read
from designer.engine.importing.by_name import kind_of, layer_of, shortest, uniform
from designer.engine.importing.learned import LIKE_ANOTHER, Learned, is_frozen
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.shaping import Numbers, Shaper
from designer.engine.importing.sketch import (
    NUMBERED,
    Found,
    Grouped,
    Padded,
    Sketch,
    Value,
    shape_of,
)
from designer.layers.image import Greyscale, Normalize
from designer.layers.scale import Scale

WEIGHTS = ("weight", "bias", "running_mean", "running_var")
"""The arguments of functions that are learned, or run along."""


LUMA_WEIGHTS = (0.299, 0.587, 0.114)
"""Of red, green and blue in the Y of YUV."""


@dataclass(frozen=True)
class Call:
    """A call of a function of torch's, with what is known in the place of its tensors.

    `said` are the arguments by name as torch got them, `shapes` what it gave, with the batch;
    `weights` are the names of the net's own tensors by their ids, `learned` knows what was made
    from them.
    """

    name: str
    scope: tuple[str, ...]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    said: Mapping[str, Any]
    shapes: tuple[torch.Size, ...]
    sketch: Sketch
    weights: Mapping[int, str]
    learned: Learned

    @property
    def shaper(self) -> Shaper:
        """What adds nodes in the place of this call."""
        return Shaper(self.sketch, self.scope)

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the result, without the batch."""
        return tuple(self.shapes[0][1:])

    def argument(self, place: int, name: str, default: Any = None) -> Any:
        """An argument by its place or its name."""
        return self.args[place] if len(self.args) > place else self.kwargs.get(name, default)

    def numbers(self, place: int, name: str, default: Any = None) -> list[int]:
        """Integers, given one by one or as a list."""
        given = self.args[place:] or (self.kwargs.get(name, default),)
        if len(given) == 1 and isinstance(given[0], (tuple, list)):
            given = tuple(given[0])
        return [int(number) for number in given if number is not None]

    @property
    def only(self) -> Value:
        """The one value that comes in; raises ImportRefused where it is none of a node's."""
        if not isinstance(self.args[0], Value):
            raise ImportRefused(f"{self.where} uses {self.name} on what is no node's output")
        return self.args[0]

    @property
    def where(self) -> str:
        """The module that calls."""
        return ".".join(self.scope) or "forward"


Handler = Callable[[Call], Any]


def plain_name(func: Any) -> str:
    """The name of a function."""
    return str(getattr(func, "__name__", ""))


def found_by(call: Call) -> Found | tuple[Found, ...] | None:
    """What a call stands for; None where nothing here does that. Raises ImportRefused."""
    handler = HANDLERS.get(call.name)
    if handler is not None:
        _refuse_learned(call, handler)
        found: Found | tuple[Found, ...] | None = handler(call)
        return found
    kind = kind_of(call.name)
    if kind is None or len(call.shapes) != 1 or not call.said:
        return None
    return _layer(call, kind)


def _refuse_learned(call: Call, handler: Handler) -> None:
    """Refuse weights where they would become constants: only a factor a channel is a layer."""
    if handler is _multiply or call.name in LIKE_ANOTHER:
        return
    if any(map(call.learned.is_in, (*call.args, *call.kwargs.values()))):
        raise ImportRefused(
            f"{call.where} uses {call.name} with a learned weight, and no layer here does that"
        )


def _layer(call: Call, kind: type[Layer]) -> Value | None:
    """A function that is a layer of the catalogue, with the weights that it is given."""
    values = [value for value in _flat(call.args, call.kwargs) if isinstance(value, _FOUND)]
    if len(values) != 1 or values[0] is not call.args[0]:
        return None
    state = {n: t for n in WEIGHTS if isinstance(t := call.said.get(n), torch.Tensor)}
    said = dict(call.said)
    if said.get("normalized_shape") is not None:
        said["num_dims"] = len(said["normalized_shape"])
    has_weight = "weight" in state
    said |= {"affine": has_weight, "elementwise_affine": has_weight}
    said["track_running_stats"] = "running_mean" in state
    path = _path_of(call, kind, state)
    if kind.kind() in ("Softmax", "LogSoftmax") and said.get("dim") is None:
        said["dim"] = 1 if len(call.shapes[0]) in (2, 4) else 0
    shape, name = shape_of(values[0]), ".".join(path)
    layer, x = read(layer_of(kind, said, shape, name, state.get("weight")), values[0], name)
    frozen = is_frozen((t for n, t in state.items() if n in ("weight", "bias")), name)
    return call.sketch.add(path, layer, x, state=state, frozen=frozen)[0]


def _path_of(call: Call, kind: type[Layer], state: Mapping[str, torch.Tensor]) -> tuple[str, ...]:
    """The module that owns the weights, where that is another; else the call and its function."""
    names = [call.weights.get(id(tensor)) for tensor in state.values()]
    if None in names:
        raise ImportRefused(
            f"{call.where} gives {call.name} weights that it computes itself; here a layer has "
            "weights of its own: make them an nn.Parameter"
        )
    owners = {name.rpartition(".")[0] for name in names if name}
    owner = tuple(owners.pop().split(".")) if len(owners) == 1 else ()
    if owner not in ((), ("",)):
        return owner
    return (*call.scope, kind.stem()) if call.scope else (NUMBERED,)


def _flat(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = []
    for value in (*args, *kwargs.values()):
        found += value if isinstance(value, (tuple, list)) else [value]
    return found


_FOUND = (Value, Grouped, Padded)


def _pass(call: Call) -> Found:
    found: Found = call.args[0]
    return found


def _reshape(call: Call) -> Found:
    if call.shapes[0][0] != 2:
        raise ImportRefused(f"{call.where} mixes the images of a batch by {call.name}")
    return call.shaper.reshaped(call.args[0], call.sizes)


def _permute(call: Call) -> Found:
    return call.shaper.permuted(call.args[0], call.numbers(1, "dims"))


def _transpose(call: Call) -> Found:
    count = len(call.shapes[0])
    first, second = (call.argument(1, "dim0"), call.argument(2, "dim1"))
    order = [*range(count)]
    order[first], order[second] = order[second], order[first]
    return call.shaper.permuted(call.args[0], order)


def _expand(call: Call) -> Found:
    """A gate of C × 1 × 1 that is stretched over maps: Multiply does it by itself."""
    x = call.only
    if tuple(x.shape[1:]) == (1, 1) and x.shape.channels == call.sizes[0]:
        return x
    return call.shaper.reshaped(x, call.sizes)


def _cat(call: Call) -> Found:
    parts = call.argument(0, "tensors")
    dim = call.argument(1, "dim", call.kwargs.get("axis", 0))
    if not all(isinstance(part, Value) for part in parts):
        raise ImportRefused(f"{call.where} joins maps with something that is no node's output")
    return call.shaper.concatenated(parts, dim % len(call.shapes[0]))


def _mean(call: Call) -> Found:
    dims = call.argument(1, "dim", call.kwargs.get("axis"))
    if dims is None:
        raise ImportRefused(f"{call.where} takes the mean of everything, the batch included")
    keepdim = call.argument(2, "keepdim", False)
    return call.shaper.mean(call.only, dims if isinstance(dims, (tuple, list)) else [dims], keepdim)


def _sum(call: Call) -> Found:
    """Red, green and blue, each weighed as the eye does, added up."""
    dims, keepdim = call.numbers(1, "dim"), call.argument(2, "keepdim", False)
    x = call.only
    step = call.sketch.steps[x.node]
    scale = step.layer
    if dims == [1] and keepdim and isinstance(scale, Normalize) and scale.mean == 0:
        weights = [1 / w for w in scale.std] if isinstance(scale.std, tuple) else []
        if len(weights) == 3 and all(map(math.isclose, weights, LUMA_WEIGHTS)):
            return call.shaper.one(Greyscale("luma"), step.sources[0])
    raise ImportRefused(f"{call.where} adds up {x.shape} over dimensions {dims}; Add adds maps")


def _amax(call: Call) -> Found:
    dims = call.argument(1, "dim", ())
    keepdim = call.argument(2, "keepdim", False)
    dims = dims if isinstance(dims, (tuple, list)) else [dims]
    return call.shaper.largest(call.only, dims, keepdim)


def _split(call: Call) -> tuple[Found, ...]:
    sizes = [shape[1] for shape in call.shapes]
    return call.shaper.split(call.only, sizes, call.argument(2, "dim", 0))


def _narrow(call: Call) -> Found:
    dim, start, length = (call.argument(i, n) for i, n in enumerate(("dim", "start", "length"), 1))
    if dim != 1:
        raise ImportRefused(f"{call.where} cuts dimension {dim}; Slice cuts channels (1)")
    return call.shaper.sliced(call.only, start, start + length)


def _getitem(call: Call) -> Found:
    places = call.args[1] if isinstance(call.args[1], tuple) else (call.args[1],)
    places = tuple(p for p in places if p is not Ellipsis)
    whole = slice(None)
    others = [p for i, p in enumerate(places) if i != 1]
    if len(places) < 2 or any(p != whole for p in others) or not isinstance(places[1], slice):
        raise ImportRefused(
            f"{call.where} picks values by [{', '.join(map(_spoken, places))}]; Slice passes "
            "channels, [:, a:b]"
        )
    x = call.only
    start, end, step = places[1].indices(x.shape.channels)
    if step != 1:
        raise ImportRefused(f"{call.where} passes every {step}th channel; Slice passes them all")
    return call.shaper.sliced(x, start, end)


def _spoken(place: Any) -> str:
    if not isinstance(place, slice):
        return str(place)[:20]
    ends = ("" if end is None else str(end) for end in (place.start, place.stop))
    return ":".join(ends)


def _add(call: Call) -> Found:
    first, second = call.args[:2]
    if call.kwargs.get("alpha", 1) != 1:
        raise ImportRefused(f"{call.where} adds with a factor alpha; Add has none")
    if isinstance(first, Value) and isinstance(second, Value):
        return call.shaper.added(first, second)
    x, number = (first, second) if isinstance(first, Value) else (second, first)
    return call.shaper.plus(_node(call, x), _numbers(call, number))


def _subtract(call: Call) -> Found:
    x, number = _node(call, call.args[0]), call.args[1]
    return call.shaper.shifted(x, _numbers(call, number), 1.0)


def _multiply(call: Call) -> Found:
    first, second = call.args[:2]
    if isinstance(first, Value) and isinstance(second, Value):
        return call.shaper.multiplied(first, second)
    x, other = (first, second) if isinstance(first, Value) else (second, first)
    x = _node(call, x)
    if isinstance(other, torch.Tensor) and call.learned.is_in(other):
        return _scale(call, x, other)
    return call.shaper.times(x, _numbers(call, other))


def _divide(call: Call) -> Found:
    return call.shaper.shifted(_node(call, call.args[0]), 0.0, _numbers(call, call.args[1]))


def _scale(call: Call, x: Value, factors: torch.Tensor) -> Value:
    """A learned factor a channel, in whatever sizes it is kept: ConvNeXt's layer scale."""
    weight = call.learned.weight(factors)
    if weight is None:
        raise ImportRefused(
            f"{call.where} multiplies by what it computes from a learned weight, and no layer here "
            "does that: Scale multiplies by the weight itself"
        )
    channels = x.shape.channels
    per_channel = (channels, *(1 for _ in x.shape[1:]))
    name = call.weights.get(id(weight))
    is_fit = tuple(factors.shape[-len(x.shape) :]) == per_channel and weight.numel() == channels
    if name is None or not is_fit:
        told = Shape(factors.shape) if factors.ndim else "one number"
        raise ImportRefused(
            f"{call.where} multiplies {x.shape} by a weight of {told}; Scale has one factor a "
            "channel"
        )
    state = {"weight": weight}
    frozen, init = not weight.requires_grad, uniform(weight)
    layer = Scale() if init is None else Scale(init)
    return call.sketch.add(tuple(name.split(".")), layer, x, state=state, frozen=frozen)[0]


def _node(call: Call, value: Any) -> Value:
    if not isinstance(value, Value):
        raise ImportRefused(f"{call.where} uses {call.name} on what is no node's output")
    return value


def _numbers(call: Call, value: Any) -> Numbers:
    """A number, or one a channel."""
    if isinstance(value, torch.Tensor):
        numbers = shortest(value)
        is_per_channel = value.ndim > 2 and value.shape[-1] == value.shape[-2] == 1
        if len(numbers) == 1:
            return numbers[0]
        if is_per_channel and value.shape[-3] == len(numbers):
            return tuple(numbers)
    elif isinstance(value, (int, float)):
        return float(value)
    raise ImportRefused(
        f"{call.where} uses {call.name} with other numbers than one, or one a channel"
    )


def _pad(call: Call) -> Found:
    sides: Sequence[int] = call.argument(1, "pad")
    mode = call.argument(2, "mode", "constant")
    fill = call.argument(3, "value", 0.0)
    return call.shaper.padded(call.only, sides, mode, 0.0 if fill is None else float(fill))


def _clamp(call: Call) -> Found:
    low = call.said.get("min", call.said.get("min_val"))
    high = call.said.get("max", call.said.get("max_val"))
    limits = [None if x is None or math.isinf(x) else float(x) for x in (low, high)]
    return call.shaper.clamped(call.only, *limits)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(
        ("contiguous", "clone", "detach", "to", "float", "type", "type_as", "alias", "cpu"), _pass
    ),
    **dict.fromkeys(("view", "reshape", "unflatten", "squeeze", "unsqueeze", "view_as"), _reshape),
    **dict.fromkeys(("expand", "expand_as", "broadcast_to"), _expand),
    "permute": _permute,
    **dict.fromkeys(("transpose", "swapaxes", "swapdims"), _transpose),
    **dict.fromkeys(("cat", "concat", "concatenate"), _cat),
    "mean": _mean,
    "sum": _sum,
    "amax": _amax,
    **dict.fromkeys(("chunk", "split", "split_with_sizes", "tensor_split"), _split),
    "narrow": _narrow,
    "getitem": _getitem,
    **dict.fromkeys(("add", "iadd", "radd"), _add),
    **dict.fromkeys(("sub", "isub", "subtract"), _subtract),
    **dict.fromkeys(("mul", "imul", "rmul", "multiply"), _multiply),
    **dict.fromkeys(("div", "truediv", "itruediv", "divide", "true_divide"), _divide),
    "pad": _pad,
    **dict.fromkeys(("clamp", "hardtanh", "clip", "clamp_min"), _clamp),
}
"""What is no layer of its own name."""
