"""Parts of the channels: all of them at several outputs, or some at one."""

from __future__ import annotations

from itertools import accumulate

from designer.core.call import INPUT, Expression, call
from designer.core.example import example
from designer.core.kept import Kept
from designer.core.layer import Change, Layer, Refused, layer
from designer.core.parameter import listed, param
from designer.core.shape import Shape

FAULTS = {
    "sizes-do-not-add-up": "The sizes of a Split do not add up to the channels that it gets.",
    "too-many-outputs": "A Split has more outputs than can be drawn and read.",
    "no-such-channels": "A Slice passes channels that its input does not have.",
}
"""What the codes of this file mean; the manual's page is made of it."""


MOST_OUTPUTS = 64
"""What can still be drawn and read; nets divide by 2, or by a few."""


@layer("Shape", search="divide branch chunk outputs", rank=2)
class Split(Layer):
    """Deals the channels out to several outputs, in order, so many to each."""

    formula = ("output 0 gets the first sizes[0] channels, output 1 the next sizes[1], …",)
    examples = (
        example((116, 28, 28), title="The two halves of a ShuffleNetV2 unit", sizes=(58, 58)),
    )
    pitfalls = (
        "The sizes must add up to the channels that come in: change them when the layer before it "
        "changes.",
        "Each output has a port of its own. One that nothing reads is computed and thrown away.",
        "It copies nothing and learns nothing; to let both branches see all channels wire the "
        "same output twice instead.",
    )

    sizes: tuple[int, ...] = param((8, 8), min=1, help="Channels of each output, from output 0 on")

    @property
    def output_count(self) -> int:
        return min(max(1, len(self.sizes)), MOST_OUTPUTS)

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        if len(self.sizes) > MOST_OUTPUTS:
            raise Refused(
                "too-many-outputs",
                f"{{node}} has {len(self.sizes):,} outputs for the {x} of {{input}}, and a Split "
                f"has at most {MOST_OUTPUTS}: make fewer parts",
                param="sizes",
                remedies=(Change("Make two parts", "sizes", _evenly(x.channels, 2)),),
            )
        if sum(self.sizes) != x.channels or not self.sizes:
            even = _evenly(x.channels, self.output_count)
            text = listed(self.sizes, " + ")
            total = f" = {sum(self.sizes)}" if len(self.sizes) > 1 else ""
            raise Refused(
                "sizes-do-not-add-up",
                f"{{node}} deals out {text}{total} channels, but {{input}} gives {x}: "
                f"its sizes must add up to {x.channels}, as {listed(even, ' + ')} do",
                param="sizes",
                remedies=(Change(f"Set sizes to {listed(even)}", "sizes", even),),
            )
        return tuple(x.resized(size, *x[1:]) for size in self.sizes)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return Kept(inputs=False, is_view=True)

    def expression(self, *inputs: Shape) -> Expression:
        if self.sizes == inputs[0][:1]:  # torch would give a tuple of one
            return INPUT
        return call("torch.split", INPUT, self.sizes, dim=1)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        ends = [*accumulate(self.sizes)]
        return tuple(
            f"output {i}: channels {end - size} … {end - 1}"
            for i, (size, end) in enumerate(zip(self.sizes, ends, strict=True))
        )

    @property
    def telling(self) -> str:
        sizes = [str(size) for size in self.sizes]
        return "+".join(sizes if len(sizes) < 4 else [*sizes[:2], "…"])


@layer("Shape", search="crop channels part narrow", rank=3)
class Slice(Layer):
    """Passes some of the channels on, from one up to another."""

    formula = ("y[c] = x[start + c],  c = 0 … end − start − 1",)
    examples = (
        example((116, 28, 28), title="The second half", start=58),
        example((16, 14, 14), title="All but the last two", end=-2),
    )
    pitfalls = (
        "`end` is the first channel that does not pass: 0 to 8 passes the eight channels 0 … 7.",
        "What does not pass is lost for this branch. To use all parts take a `Split`.",
        "It cuts channels only; `ZeroPad2d` with negative numbers cuts rows and columns.",
    )

    start: int = param(0, help="The first channel that passes; negative: counted from the end")
    end: int | None = param(
        None, help="The first that does not pass any more, counted alike; empty: to the last"
    )

    def _range(self, x: Shape) -> tuple[int, int]:
        """First channel, and the one behind the last."""
        end = x.channels if self.end is None else self.end
        first, behind = (i + x.channels if i < 0 else i for i in (self.start, end))
        if not 0 <= first < behind <= x.channels:
            is_start = not 0 <= first < x.channels
            raise Refused(
                "no-such-channels",
                f"{{node}} passes channels {self.start} to {end}, but {{input}} gives {x}, whose "
                f"channels begin at 0 and end at {x.channels}: start must lie before end, and "
                "both inside",
                param="start" if is_start else "end",
                remedies=(Change("Pass all from start on", "end", None),)
                if not is_start and self.end is not None
                else (),
            )
        return first, behind

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        first, behind = self._range(x)
        return (x.resized(behind - first, *x[1:]),)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return Kept(inputs=False, is_view=True)

    def expression(self, *inputs: Shape) -> Expression:
        first, behind = self._range(inputs[0])
        return call("torch.narrow", INPUT, dim=1, start=first, length=behind - first)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        first, behind = self._range(inputs[0])
        return (f"depth {behind} − {first} = {behind - first}", "height and width stay")

    @property
    def telling(self) -> str:
        return f"{self.start}:{'' if self.end is None else self.end}"


def _evenly(total: int, count: int) -> tuple[int, ...]:
    """So many sizes that add up to the total, the first ones larger by 1 where it must be."""
    count = min(count, total)
    return tuple(total // count + (i < total % count) for i in range(count))
