"""Shuffles: the same values in other places, from group to group or from depth to space."""

from __future__ import annotations

from designer.core.call import Call, call
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

    @property
    def telling(self) -> str:
        return f"{self.groups} groups"


@layer("Shape", search="superresolution subpixel depth to space upscale", rank=8)
class PixelShuffle(Layer):
    """Makes maps larger by laying the channels of each position side by side."""

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

    @property
    def telling(self) -> str:
        return f"×{self.upscale_factor}"
