"""Settings of layers drawn at random, small ones, most of which fit what comes in."""

from __future__ import annotations

import types
from itertools import pairwise
from random import Random
from typing import Any, get_args, get_origin

from designer.core.layer import Layer
from designer.core.parameter import Parameter, union_members
from designer.core.shape import Shape

CHANCE_OF_DEFAULT = 0.5


def drawn(pick: Random, kind: type[Layer], x: Shape) -> Layer:
    """A layer of a kind that may stand behind a value of this shape, or may be refused."""
    own = _FITTING.get(kind.kind(), lambda pick, x: {})(pick, x)
    for parameter in kind.parameters():
        if parameter.name not in own and pick.random() > CHANCE_OF_DEFAULT:
            own[parameter.name] = _value(pick, parameter)
    if "out_channels" in own or "out_features" in own:
        return kind(**own)
    return kind(**own, **_narrow(kind, pick))


def _narrow(kind: type[Layer], pick: Random) -> dict[str, int]:
    """Few channels in the place of a default that would make tensors large."""
    names = {p.name for p in kind.parameters()} & {"out_channels", "out_features"}
    return {name: pick.choice((2, 3, 4, 6, 8)) for name in names}


def _value(pick: Random, parameter: Parameter) -> Any:
    return _of_type(pick, pick.choice(union_members(parameter.type)), parameter)


def _of_type(pick: Random, hint: Any, parameter: Parameter) -> Any:
    if hint is types.NoneType:
        return None
    if hint is bool:
        return pick.random() < 0.5
    if hint is int:
        least = -1 if parameter.minimum is None else int(parameter.minimum)
        return pick.choice((least, least, least + 1, least + 1, least + 2, least + 3))
    if hint is float:
        least = 0.5 if parameter.minimum is None else parameter.minimum
        return min(pick.choice((0.5, 1.0, 1.5, 2.0)) + least, parameter.maximum or 9.0)
    if get_origin(hint) is tuple:
        first, *rest = get_args(hint)
        count = pick.randint(1, 4) if Ellipsis in rest else 1 + len(rest)
        return tuple(_of_type(pick, first, parameter) for _ in range(count))
    return pick.choice(get_args(hint))


def _divisor(pick: Random, count: int) -> int:
    return pick.choice([d for d in range(1, count + 1) if count % d == 0])


def _parts(pick: Random, count: int) -> tuple[int, ...]:
    """Sizes that add up to a count."""
    cuts = sorted(pick.sample(range(1, count), min(count - 1, pick.randint(0, 2))))
    ends = (0, *cuts, count)
    return tuple(b - a for a, b in pairwise(ends))


def _grouped(pick: Random, x: Shape) -> dict[str, Any]:
    groups = _divisor(pick, x.channels)
    return {"groups": groups, "out_channels": groups * pick.randint(1, 2)}


def _convolution(pick: Random, x: Shape) -> dict[str, Any]:
    return _grouped(pick, x) if pick.random() < 0.3 else {"groups": 1}


def _slice(pick: Random, x: Shape) -> dict[str, Any]:
    start = pick.randrange(x.channels)
    end = pick.choice((None, pick.randint(start + 1, x.channels)))
    return {"start": pick.choice((start, start - x.channels)), "end": end}


def _permute(pick: Random, x: Shape) -> dict[str, Any]:
    rest = [*range(1, len(x) + 1)]
    if len(x) == 3 and pick.random() < 0.6:
        return {"dims": pick.choice(((0, 2, 3, 1), (0, 3, 1, 2)))}
    return {"dims": (0, *pick.sample(rest, len(rest)))}


_FITTING: dict[str, Any] = {
    "Conv2d": _convolution,
    "Conv1x1": _convolution,
    "ConvTranspose2d": _convolution,
    "Inception": lambda pick, x: {
        name: pick.randint(least, 3)
        for name, least in (
            ("out_1x1", 1), ("reduce_3x3", 0), ("out_3x3", 1), ("reduce_5x5", 0), ("out_5x5", 1),
            ("pool_proj", 0),
        )
    },
    "GroupNorm": lambda pick, x: {"num_groups": _divisor(pick, x.channels)},
    "ChannelShuffle": lambda pick, x: {"groups": _divisor(pick, x.channels)},
    "PReLU": lambda pick, x: {"num_parameters": pick.choice((1, x.channels))},
    "PixelShuffle": lambda pick, x: {"upscale_factor": pick.choice((1, 2, 2, 2))},
    "Split": lambda pick, x: {"sizes": _parts(pick, x.channels)},
    "Slice": _slice,
    "Permute": _permute,
    "Normalize": lambda pick, x: {
        "mean": (0.5,) * x.channels if pick.random() < 0.5 else 0.5, "std": 0.5,
    },
    "Flatten": lambda pick, x: {"start_dim": pick.randint(1, len(x))},
}  # fmt: skip
"""For each kind whose settings hang together with what comes in: settings that may be taken."""
