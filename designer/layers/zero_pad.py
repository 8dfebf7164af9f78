"""Padding with zeros: a border around every map, or cells cut off where it is negative."""

from __future__ import annotations

from designer.core.call import Call, call
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import NOTHING, Kept
from designer.core.layer import Layer, Refused, Remove, layer
from designer.core.parameter import Sides, param
from designer.core.shape import Shape
from designer.layers.window import require_image

FAULTS = {"cut-to-nothing": "A negative padding cuts all cells off."}
"""What the codes of this file mean; the manual's page is made of it."""


@layer("Shape", search="border margin crop", rank=5)
class ZeroPad2d(Layer):
    """Puts a border of zeros around every map; negative, it cuts cells off."""

    formula = (
        "height = n + top + bottom        width = n + left + right",
        "four numbers stand for left, right, top, bottom",
    )
    examples = (
        example((3, 28, 28), title="One cell on every side"),
        example((3, 28, 28), title="The odd cell of SAME at stride 2", padding=(0, 1, 0, 1)),
    )
    pitfalls = (
        "Four numbers are left, right, top, bottom: the width comes first, unlike everywhere else.",
        "Before a `MaxPool2d` its zeros can win where all else is negative; the pool's own padding "
        "never does.",
        "A `Conv2d` pads by itself: this is for sides that differ, or to cut off cells with "
        "negative numbers.",
    )

    padding: Sides = param(1, help="Cells added on every side, or left, right, top and bottom")

    @property
    def _sides(self) -> tuple[int, int, int, int]:
        """Left, right, top, bottom."""
        one = self.padding
        return one if isinstance(one, tuple) else (one, one, one, one)

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        require_image(x, "maps")
        left, right, top, bottom = self._sides
        for name, size, sides in (
            ("height", x.height, (top, bottom)),
            ("width", x.width, (left, right)),
        ):
            if size + sum(side for side in sides if side < 0) < 1:
                raise Refused(
                    "cut-to-nothing",
                    f"{{node}} cuts off the whole {name} of {size}, but {{input}} gives {x}: "
                    "cut off fewer",
                    param="padding",
                    remedies=(Remove("Remove {node}"),),
                )
        return (Shape((x.channels, x.height + top + bottom, x.width + left + right)),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach]:
        left, _, top, _ = self._sides
        return Reach(-top, -top), Reach(-left, -left)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return NOTHING

    def module(self, *inputs: Shape) -> Call:
        return call("nn.ZeroPad2d", self.padding)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        (x,), (left, right, top, bottom) = inputs, self._sides
        return (
            f"height {_sum(x.height, top, bottom)}",
            f"width {_sum(x.width, left, right)}",
            "depth stays",
        )

    def numbers(self) -> Numbers | None:
        """A map of 2 × 2 in its border, where nothing is cut off."""
        left, right, top, bottom = self._sides
        if min(self._sides) < 0:
            return None
        grid, width = ((1.0, 2.0), (3.0, 4.0)), left + 2 + right
        inner = tuple((*(0.0,) * left, *row, *(0.0,) * right) for row in grid)
        empty = (0.0,) * width
        return Numbers(((grid,),), (((*(empty,) * top, *inner, *(empty,) * bottom),),))

    @property
    def telling(self) -> str:
        return (
            f"{self.padding:+d}"
            if isinstance(self.padding, int)
            else "+".join(map(str, self._sides))
        )


def _sum(*sizes: int) -> str:
    first, *rest = sizes
    text = "".join(f" {'−' if size < 0 else '+'} {abs(size)}" for size in rest)
    return f"{first}{text} = {sum(sizes)}"
