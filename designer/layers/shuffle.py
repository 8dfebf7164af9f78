"""Shuffles: the same values in other places, from group to group or from depth to space."""

from __future__ import annotations

from designer.core.call import Call, call
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import NOTHING, Kept
from designer.core.layer import Change, Insert, Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.conv2d import Conv1x1, nearest_divisor
from designer.layers.window import require_image


@layer("Shape", search="shufflenet groups mix", rank=4)
class ChannelShuffle(Layer):
    """Deals the channels out anew, so that the next grouped convolution sees every group."""

    formula = ("channel g · n + i goes to i · groups + g,  n = channels / groups",)
    examples = (example((116, 28, 28), title="Behind the Concat of a ShuffleNetV2 unit"),)
    pitfalls = (
        "`groups` is that of the grouped convolution or the number of branches before it; another "
        "number mixes less.",
        "Before a convolution that is not grouped it changes nothing: that one sees all channels.",
    )

    groups: int = param(2, min=1, help="In how many groups the channels came")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        require_image(x, "maps")
        if x.channels % self.groups:
            fits = nearest_divisor(self.groups, x.channels)
            raise Refused(
                "groups-do-not-divide",
                f"{{node}} takes its channels for {self.groups} groups, but {{input}} gives {x}, "
                f"and {self.groups} does not divide {x.channels}: {fits} would",
                param="groups",
                remedies=(Change(f"Set groups to {fits}", "groups", fits),),
            )
        return inputs

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return NOTHING

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        # what a Permute put first is shuffled instead, rows for instance
        return super().reach(*inputs) if inputs[0].axes[0] == 0 else None

    def module(self, *inputs: Shape) -> Call:
        return call("nn.ChannelShuffle", self.groups)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        size = inputs[0].channels // self.groups
        return (
            f"channel g · {size} + i goes to i · {self.groups} + g",
            "the shape stays",
        )

    def numbers(self) -> Numbers:
        """Three channels a group, each a map of one cell that holds its own number."""
        count = 3 * self.groups
        order = [group * 3 + i for i in range(3) for group in range(self.groups)]
        given, gives = (tuple(((float(c),),) for c in line) for line in (range(count), order))
        return Numbers((given,), (gives,))

    @property
    def telling(self) -> str:
        return f"{self.groups} groups"


@layer("Shape", search="superresolution subpixel depth to space upscale", rank=8)
class PixelShuffle(Layer):
    """Makes maps larger by laying the channels of each position side by side."""

    formula = (
        "y[c, i · r + a, j · r + b] = x[c · r² + a · r + b, i, j],  r = upscale_factor",
        "channels / r²,  height · r,  width · r",
    )
    examples = (example((64, 14, 14), title="Twice as high and wide"),)
    pitfalls = (
        "The channels must be a multiple of r²: a `Conv2d` before it gives r² times as many as "
        "are wanted.",
        "It learns nothing itself. Begun at random, the convolution before it gives a "
        "checkerboard that training must remove.",
    )

    upscale_factor: int = param(2, min=1, help="How many times as high and wide")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        require_image(x, "maps")
        factor = self.upscale_factor
        if x.channels % factor**2:
            wanted = -(-x.channels // factor**2) * factor**2
            raise Refused(
                "groups-do-not-divide",
                f"{{node}} makes one channel of {factor}² = {factor**2}, but {{input}} gives {x}, "
                f"and {factor**2} does not divide {x.channels}: {wanted} channels would do",
                param="upscale_factor",
                remedies=(Insert(f"Insert Conv1x1 ({wanted} channels)", Conv1x1(wanted)),),
            )
        return (Shape((x.channels // factor**2, x.height * factor, x.width * factor)),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach]:
        reach = Reach(0, 0, 1, self.upscale_factor)
        return reach, reach

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return NOTHING

    def module(self, *inputs: Shape) -> Call:
        return call("nn.PixelShuffle", self.upscale_factor)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        x, factor = inputs[0], self.upscale_factor
        return (
            f"depth {x.channels} / {factor}² = {x.channels // factor**2}",
            f"height {x.height} · {factor} = {x.height * factor}",
            f"width {x.width} · {factor} = {x.width * factor}",
        )

    def numbers(self) -> Numbers:
        """As many channels as one position of the output needs, each of one cell."""
        factor = self.upscale_factor
        given = tuple(((float(c),),) for c in range(factor**2))
        rows = tuple(tuple(float(r * factor + c) for c in range(factor)) for r in range(factor))
        return Numbers((given,), ((rows,),))

    @property
    def telling(self) -> str:
        return f"×{self.upscale_factor}"
