"""What nets do to shapes and numbers without a layer of torch's, as nodes of ours."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.engine.importing.gates import as_maps
from designer.engine.importing.refusal import ImportRefused
from designer.engine.importing.sketch import NUMBERED, Found, Grouped, Padded, Sketch, Value
from designer.layers.activations import ReLU, ReLU6
from designer.layers.adaptive import AdaptiveMaxPool2d, GlobalAvgPool2d
from designer.layers.flatten import Flatten
from designer.layers.image import Greyscale, Normalize
from designer.layers.merges import Add, Concat, Multiply
from designer.layers.permute import Permute
from designer.layers.shuffle import ChannelShuffle
from designer.layers.split import Slice, Split
from designer.layers.zero_pad import ZeroPad2d

MAPS = (2, 3)
"""Height and width, counted with the batch."""

Numbers = float | tuple[float, ...]
"""One number, or one a channel."""


class Shaper:
    """Adds nodes that a step of the foreign net stands for, under the path of that step."""

    def __init__(self, sketch: Sketch, scope: tuple[str, ...], is_alone: bool = False) -> None:
        self._sketch, self._scope, self._is_alone = sketch, scope, is_alone

    def one(self, layer: Layer, *sources: Value, name: str = "") -> Value:
        """Add a node with one output; it is called after its layer where no name is given."""
        return self._sketch.add(self._path(name or layer.stem()), layer, *sources)[0]

    def _path(self, stem: str) -> tuple[str, ...]:
        """The path of a node: of a module that is this step alone, or in it; else a number."""
        if self._is_alone:
            return self._scope
        return (*self._scope, stem) if self._scope else (NUMBERED,)

    def reshaped(self, found: Found, sizes: Sequence[int]) -> Found:
        """The same values with other sizes; the batch is not among them."""
        sizes = tuple(sizes)
        if isinstance(found, Padded):
            raise ImportRefused(self._no("reshapes maps with a border"))
        if isinstance(found, Grouped):
            return self._ungrouped(found, sizes)
        before = tuple(found.shape)
        if sizes == (*before, 1, 1) and (maps := as_maps(self._sketch, found)) is not None:
            return maps
        if sizes == before:
            return found
        is_deeper = len(sizes) == len(before) + 1
        if is_deeper and sizes[2:] == before[1:] and sizes[0] * sizes[1] == before[0]:
            return Grouped(found, sizes[0])
        joined = len(before) - len(sizes)
        for first in range(len(sizes)):
            last = first + joined
            together = (*before[:first], math.prod(before[first : last + 1]), *before[last + 1 :])
            if joined > 0 and together == sizes:
                end = -1 if last == len(before) - 1 else last + 1
                return self.one(Flatten(first + 1, end), found)
        raise ImportRefused(
            self._no(f"makes {Shape(sizes)} of {found.shape}")
            + ": sizes side by side can be joined (Flatten), and groups of channels shuffled"
        )

    def _ungrouped(self, found: Grouped, sizes: tuple[int, ...]) -> Found:
        whole = found.of.shape
        if len(whole) == 1 and sizes == (*whole, 1, 1):  # one by one, as unsqueeze adds them
            return self.reshaped(found.of, sizes)
        if sizes != tuple(whole):
            raise ImportRefused(self._no(f"makes {Shape(sizes)} of groups of channels"))
        if not found.is_swapped:
            return found.of
        return self.one(ChannelShuffle(found.groups), found.of, name="shuffle")

    def permuted(self, found: Found, dims: Sequence[int]) -> Found:
        """The dimensions in another order; the batch is 0."""
        count = len(dims)
        order = tuple(d % count for d in dims)
        if order == tuple(range(count)):
            return found
        if isinstance(found, Grouped) and order == (0, 2, 1, *range(3, count)):
            return Grouped(found.of, found.groups, not found.is_swapped)
        if isinstance(found, Value):
            return self.one(Permute(order), found)
        raise ImportRefused(self._no("reorders groups of channels in a way of its own"))

    def concatenated(self, parts: Sequence[Value], dim: int) -> Value:
        """The maps of all parts; one part is itself."""
        if dim != 1:
            raise ImportRefused(self._no(f"joins along dimension {dim}; Concat joins channels (1)"))
        return parts[0] if len(parts) == 1 else self.one(Concat(), *parts)

    def added(self, first: Value, second: Value) -> Value:
        """The sum of two values of the same shape."""
        return self.one(Add(), first, second)

    def multiplied(self, first: Value, second: Value) -> Value:
        """The product of two values."""
        return self.one(Multiply(), first, second)

    def shifted(self, x: Value, subtracted: Numbers, divided: Numbers) -> Value:
        """(x − subtracted) / divided, number by number or channel by channel."""
        if subtracted == 0 and divided == 1:
            return x
        return self.one(Normalize(subtracted, divided), x)

    def plus(self, x: Value, numbers: Numbers) -> Value:
        """Numbers that are added."""
        return self.shifted(x, _each(numbers, lambda n: -n), 1.0)

    def times(self, x: Value, numbers: Numbers) -> Value:
        """Numbers that are multiplied by."""
        if not all(numbers if isinstance(numbers, tuple) else (numbers,)):
            raise ImportRefused(self._no("multiplies by 0"))
        return self.shifted(x, 0.0, _each(numbers, lambda n: 1 / n))

    def mean(self, x: Value, dims: Sequence[int], keepdim: bool) -> Value:
        """The mean of each map, or that of three channels."""
        wanted = sorted(d % (len(x.shape) + 1) for d in dims)
        if tuple(wanted) == MAPS and x.shape.is_image:
            return self.one(GlobalAvgPool2d(keepdim), x, name="pool")
        if wanted == [1] and keepdim and x.shape.is_image and x.shape.channels == 3:
            return self.one(Greyscale(), x)
        raise ImportRefused(
            self._no(f"takes the mean of {x.shape} over dimensions {wanted}")
            + ": GlobalAvgPool2d takes that of each map, dimensions 2 and 3"
        )

    def largest(self, x: Value, dims: Sequence[int], keepdim: bool) -> Found:
        """The largest of each map."""
        if tuple(sorted(d % (len(x.shape) + 1) for d in dims)) != MAPS:
            raise ImportRefused(self._no("takes the largest over other dimensions than 2 and 3"))
        pooled = self.one(AdaptiveMaxPool2d(1), x, name="pool")
        return pooled if keepdim else self.reshaped(pooled, pooled.shape[:1])

    def split(self, x: Value, sizes: Sequence[int], dim: int) -> tuple[Value, ...]:
        """The channels in parts."""
        if dim % (len(x.shape) + 1) != 1:
            raise ImportRefused(self._no(f"splits dimension {dim}; Split deals out channels (1)"))
        if len(sizes) == 1:
            return (x,)
        layer = Split(tuple(sizes))
        return self._sketch.add(self._path(layer.stem()), layer, x)

    def sliced(self, x: Value, start: int, end: int) -> Value:
        """The channels from `start` up to `end`."""
        count = x.shape.channels
        if (start, end) == (0, count):
            return x
        return self.one(Slice(start, None if end == count else end), x)

    def clamped(self, x: Value, low: float | None, high: float | None) -> Value:
        """What lies between two limits, and the nearer limit for the rest."""
        known: dict[tuple[float | None, ...], Layer] = {(0.0, None): ReLU(), (0.0, 6.0): ReLU6()}
        layer = known.get((low, high))
        if layer is None:
            told = f"{'−∞' if low is None else low} and {'∞' if high is None else high}"
            raise ImportRefused(self._no(f"clamps between {told}: ReLU and ReLU6 are layers here"))
        return self.one(layer, x)

    def padded(
        self, x: Value, sides: Sequence[int], mode: str = "constant", fill: float = 0.0
    ) -> Found:
        """A border of so many cells at the left, right, top and bottom."""
        if not any(sides):
            return x
        if any(sides[4:]) or not x.shape.is_image:
            raise ImportRefused(self._no("pads other dimensions than height and width"))
        left, right, top, bottom = (*sides, 0, 0)[:4]
        if mode == "constant" and fill == 0:
            four = (left, right, top, bottom)
            return self.one(ZeroPad2d(left if len({*four}) == 1 else four), x)
        return Padded(x, (left, right, top, bottom), mode, fill)

    def _no(self, what: str) -> str:
        return f"{'.'.join(self._scope) or 'the net'} {what}, which no layer here does"


def _each(numbers: Numbers, does: Callable[[float], float]) -> Numbers:
    return tuple(map(does, numbers)) if isinstance(numbers, tuple) else does(numbers)
