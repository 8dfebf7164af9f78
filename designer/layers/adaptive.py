"""Pooling to a size, whatever comes in."""

from __future__ import annotations

from designer.core.call import INPUT, Call, Expression, call
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import BYTES_AN_INDEX, INPUTS, NOTHING, Kept
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
        _, *sizes = inputs[0]
        counts = pair(self.output_size)
        if counts == (1, 1):
            return None
        height, width = (Reach(0, n - 1, n, out) for n, out in zip(sizes, counts, strict=True))
        return height, width

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

    formula = (
        "output cell i reads the rows ⌊i · n / out⌋ … ⌈(i + 1) · n / out⌉ − 1, columns likewise",
        "y = their mean, map by map",
    )
    examples = (
        example((256, 6, 6), title="A size that divides", output_size=3),
        example((512, 7, 7), title="One that does not: windows overlap", output_size=3),
    )
    pitfalls = (
        "Where the size does not divide, windows overlap, and some may be a cell larger than "
        "others: an `AvgPool2d` gives the same numbers only where they happen not to be.",
        "An output larger than the input repeats cells: it is no upsampling worth the name.",
        "With `output_size` 1 the shape is C × 1 × 1: a `Linear` still needs a `Flatten`, or take "
        "`GlobalAvgPool2d`, which gives the vector.",
    )

    output_size: Size = param(1, min=1, help="Height and width of the output, in cells")

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return NOTHING if pair(self.output_size) == (1, 1) else INPUTS


@layer("Pooling", search="maximum", rank=4)
class AdaptiveMaxPool2d(Adaptive):
    """Takes maxima over as many windows as the output has cells, whatever comes in."""

    formula = (
        "output cell i reads the rows ⌊i · n / out⌋ … ⌈(i + 1) · n / out⌉ − 1, columns likewise",
        "y = the largest of them, map by map",
    )
    examples = (example((256, 6, 6), title="A size that divides", output_size=3),)
    pitfalls = (
        "Where the size does not divide, windows overlap, and some may be a cell larger.",
        "With `output_size` 1 one cell decides for the whole map: an outlier is enough. The mean "
        "of `GlobalAvgPool2d` is the usual choice before a classifier.",
    )

    output_size: Size = param(1, min=1, help="Height and width of the output, in cells")

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return Kept(others=BYTES_AN_INDEX * outputs[0].numel)


@layer("Pooling", search="mean gap", rank=2)
class GlobalAvgPool2d(Layer):
    """Takes the mean of each map: one number a channel, and no weights to learn."""

    formula = ("y[c] = (1 / (height · width)) · Σ x[c, i, j]",)
    examples = (
        example((512, 7, 7), title="Before the classifier of a ResNet"),
        example((64, 14, 14), title="In a squeeze-and-excitation gate", keepdim=True),
    )
    pitfalls = (
        "It gives a vector: no `Flatten` is needed behind it. Before a `Multiply` that weighs maps "
        "set `keepdim`, so that the shape is C × 1 × 1.",
        "Where in the image something is gets lost: put it at the end, behind the last "
        "convolution.",
        "It makes the classifier small, one weight a map and class instead of one a pixel, and "
        "lets the net take images of any size.",
    )

    keepdim: bool = param(False, help="Keep height and width as 1 × 1")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        window.require_image(x, "maps")
        return (Shape((x.channels, 1, 1) if self.keepdim else (x.channels,)),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        return None

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return NOTHING

    def expression(self, *inputs: Shape) -> Expression:
        if self.keepdim:
            return call("torch.mean", INPUT, dim=(2, 3), keepdim=True)
        return call("torch.mean", INPUT, dim=(2, 3))

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        x = inputs[0]
        return (f"the mean of {x.height} × {x.width} cells in each of {x.channels} maps",)

    def numbers(self) -> Numbers:
        maps = (((1.0, 3.0), (5.0, 2.0)), ((0.0, 0.0), (8.0, 0.0)))
        means = tuple(sum(map(sum, rows)) / 4 for rows in maps)
        gives = tuple(((mean,),) for mean in means) if self.keepdim else means
        cells = [[f"{cell:g}" for row in rows for cell in row] for rows in maps]
        lines = (f"({' + '.join(c)}) / 4 = {m:g}" for c, m in zip(cells, means, strict=True))
        return Numbers((maps,), (gives,), tuple(lines))

    @property
    def telling(self) -> str:
        return "mean"
