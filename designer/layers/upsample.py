"""Upsampling: larger maps, the cells between filled by a rule and not learned."""

from __future__ import annotations

import math
from typing import Literal

from designer.core.call import Call, call, changed_from
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import NOTHING, Kept
from designer.core.layer import Change, Layer, Refused, layer
from designer.core.parameter import Factor, Size, param
from designer.core.shape import Shape
from designer.layers import window
from designer.layers.window import pair

LARGEST_FACTOR = 1_000

FAULTS = {
    "no-size": "An Upsample has neither a size nor a factor.",
    "align-corners-without-effect": "Corners cannot be aligned where cells are only copied.",
}
"""What the codes of this file mean; the manual's page is made of it."""


@layer("Shape", search="resize enlarge interpolate bilinear decoder scale", rank=7)
class Upsample(Layer):
    """Makes the maps larger (or smaller), and fills the cells between by a rule."""

    formula = (
        "out = ⌊n · scale_factor⌋, or the size that is asked for",
        "nearest: y[i] = x[⌊i / scale_factor⌋]",
    )
    examples = (
        example((64, 14, 14), title="Twice as high and wide"),
        example((64, 14, 14), title="To a size, blended", size=(20, 30), mode="bilinear"),
    )
    pitfalls = (
        "`align_corners` decides where cells lie: true keeps the corner cells at the corners, "
        "false (the default) keeps the image's edges. The two give other numbers; train and use a "
        "net with the same one.",
        "It is for bilinear and bicubic only: where cells are copied there is nothing to align.",
        "It learns nothing: let a `Conv2d` follow. Together they avoid the checkerboards of a "
        "`ConvTranspose2d`.",
        "bicubic can overshoot: values below 0 where none came in.",
        "A factor rounds down: 15 cells by 1.5 become 22.",
    )

    size: Size | None = param(
        None, min=1, help="Height and width of the output, in cells; empty: by scale_factor"
    )
    scale_factor: Factor | None = param(
        2.0,
        above=0,
        max=LARGEST_FACTOR,
        help="How many times as high and wide; without effect where a size is given",
    )
    mode: Literal["nearest", "nearest-exact", "bilinear", "bicubic"] = param(
        "nearest", help="nearest: copies of a cell; bilinear, bicubic: a blend of 2 × 2, of 4 × 4"
    )
    align_corners: bool | None = param(
        None, help="Let the corner cells keep their values; only for bilinear and bicubic"
    )
    recompute_scale_factor: bool | None = param(
        None, help="Step by the ratio of the sizes in the place of a fractional factor"
    )

    def _factors(self) -> tuple[float, float]:
        factor = self.scale_factor
        if factor is None:
            raise Refused(
                "no-size",
                "{node} has neither a size nor a scale_factor: set one of them",
                param="scale_factor",
                remedies=(Change("Set scale_factor to 2", "scale_factor", 2.0),),
            )
        return factor if isinstance(factor, tuple) else (factor, factor)

    def _sizes(self, x: Shape) -> tuple[int, int]:
        if self.size is not None:
            return pair(self.size)
        height, width = self._factors()
        return int(x.height * height), int(x.width * width)

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        window.require_image(x, "maps")
        height, width = self._sizes(x)
        if height < 1 or width < 1:
            raise Refused(
                "nothing-left",
                f"{{node}} would make maps of {height} × {width}, as {{input}} gives {x}: "
                "make the factor larger, or give a size",
                param="scale_factor",
            )
        if self.align_corners is not None and self.mode.startswith("nearest"):
            raise Refused(
                "align-corners-without-effect",
                f"{{node}} copies cells by {self.mode}, which has no corners to align: "
                "leave align_corners empty, or choose bilinear",
                param="align_corners",
                remedies=(Change("Leave align_corners empty", "align_corners", None, safe=True),),
            )
        return (Shape((x.channels, height, width)),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach]:
        x = inputs[0]
        height, width = self._sizes(x)
        factors = (0.0, 0.0)
        if self.size is None and not self.recompute_scale_factor:
            factors = self._factors()
        return (
            self._axis_reach(x.height, height, factors[0]),
            self._axis_reach(x.width, width, factors[1]),
        )

    def _axis_reach(self, n: int, out: int, factor: float) -> Reach:
        """What a cell reads of n cells that become `out`, in steps of 1 / factor where it is."""
        from fractions import Fraction  # 10 ms, which the first paint need not wait for

        step = Fraction(n, out)
        if factor:
            step = 1 / Fraction(factor).limit_denominator(LARGEST_FACTOR)
        start = Fraction(0)
        if self.align_corners:
            step = Fraction(n - 1, out - 1) if out > 1 else start
        elif self.mode != "nearest":
            start = step / 2 if self.mode == "nearest-exact" else (step - 1) / 2
        per = math.lcm(step.denominator, start.denominator)
        first, stride = int(start * per), int(step * per)
        if self.mode.startswith("nearest") or first % per == stride % per == 0:
            return Reach(first, first, stride, per)
        # the nearest cells on either side of a place between them, and one beyond for bicubic
        beyond = per if self.mode == "bicubic" else 0
        return Reach(first - beyond, first + per - 1 + beyond, stride, per)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return NOTHING

    def module(self, *inputs: Shape) -> Call:
        by_factor = self.size is None
        options = changed_from(
            {"size": None, "scale_factor": None, "mode": "nearest", "align_corners": None,
             "recompute_scale_factor": None},
            size=self.size,
            scale_factor=self.scale_factor if by_factor else None,
            mode=self.mode,
            align_corners=self.align_corners,
            recompute_scale_factor=self.recompute_scale_factor if by_factor else None,
        )  # fmt: skip
        return call("nn.Upsample", **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        (x,) = inputs
        if self.size is not None:
            height, width = pair(self.size)
            return (f"height {height}, width {width}, as asked", "depth stays")
        return (
            *(
                f"{name} {_sentence(n, factor)}"
                for name, n, factor in zip(
                    ("height", "width"), (x.height, x.width), self._factors(), strict=True
                )
            ),
            "depth stays",
        )

    def numbers(self) -> Numbers | None:
        """A map of 2 × 2 copied to 4 × 4, where that is what it does."""
        is_doubled = self.size is None and self.scale_factor in (2, (2, 2))
        if not (is_doubled and self.mode.startswith("nearest")):
            return None
        grid = ((1.0, 2.0), (3.0, 4.0))
        rows = tuple(tuple(grid[i // 2][j // 2] for j in range(4)) for i in range(4))
        return Numbers(((grid,),), ((rows,),))

    @property
    def telling(self) -> str:
        if self.size is not None:
            return f"→ {window.short(self.size)}"
        factor = self.scale_factor
        factors = factor if isinstance(factor, tuple) else (factor,)
        return "×" + ", ".join("?" if f is None else f"{f:g}" for f in factors)


def _sentence(n: int, factor: float) -> str:
    out = n * factor
    text = f"{n} · {factor:g}"
    return f"{text} = {int(out)}" if out == int(out) else f"⌊{text}⌋ = {int(out)}"
