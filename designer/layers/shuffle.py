"""Shuffles: the same values in another place, from group to group or from depth to space."""

from __future__ import annotations

from designer.core.call import Call, call
from designer.core.layer import Change, Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.conv2d import nearest_divisor
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
