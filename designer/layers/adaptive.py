"""Pooling to a size, whatever comes in."""

from __future__ import annotations

from designer.core.call import INPUT, Call, Expression, call
from designer.core.field import Reach
from designer.core.layer import Layer, layer
from designer.core.parameter import Size, param
from designer.core.shape import Shape
from designer.layers import window
from designer.layers.window import pair


class Adaptive(Layer):
    """What pooling to a size shares; not a layer by itself."""

    output_size: Size

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        window.require_image(x, "maps")
        return (Shape((x.channels, *pair(self.output_size))),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        x, size = inputs[0], pair(self.output_size)
        if x.height % size[0] or x.width % size[1] or size == (1, 1):
            return None
        steps = (x.height // size[0], x.width // size[1])
        return Reach(0, steps[0] - 1, steps[0]), Reach(0, steps[1] - 1, steps[1])

    def module(self, *inputs: Shape) -> Call:
        return call(f"nn.{self.kind()}", self.output_size)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        height, width = pair(self.output_size)
        return (f"height {height}, width {width}, as asked", "depth stays")

    @property
    def telling(self) -> str:
        return f"→ {window.short(self.output_size)}"


@layer("Pooling", search="mean", rank=3)
class AdaptiveAvgPool2d(Adaptive):
    """Takes means over as many windows as the output has cells, whatever comes in."""

    output_size: Size = param(1, min=1, help="Height and width of the output, in cells")


@layer("Pooling", search="maximum", rank=4)
class AdaptiveMaxPool2d(Adaptive):
    """Takes maxima over as many windows as the output has cells, whatever comes in."""

    output_size: Size = param(1, min=1, help="Height and width of the output, in cells")


@layer("Pooling", search="mean gap", rank=2)
class GlobalAvgPool2d(Layer):
    """Takes the mean of each map: one number a channel, and no weights to learn."""

    keepdim: bool = param(False, help="Keep height and width as 1 × 1")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        window.require_image(x, "maps")
        return (Shape((x.channels, 1, 1) if self.keepdim else (x.channels,)),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        return None

    def expression(self, *inputs: Shape) -> Expression:
        if self.keepdim:
            return call("torch.mean", INPUT, dim=(2, 3), keepdim=True)
        return call("torch.mean", INPUT, dim=(2, 3))

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        x = inputs[0]
        return (f"the mean of {x.height} × {x.width} cells in each of {x.channels} maps",)

    @property
    def telling(self) -> str:
        return "mean"
