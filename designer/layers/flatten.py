"""Flatten: the same values in one row."""

from __future__ import annotations

import math

from designer.core.call import INPUT, Expression, call
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import NOTHING, VIEW, Kept
from designer.core.layer import Change, Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape

FAULTS = {"no-such-dim": "A dimension is named that the input does not have."}
"""What the codes of this file mean; the manual's page is made of it."""


@layer("Shape", search="reshape vector", rank=0)
class Flatten(Layer):
    """Lays all maps out as one vector, channel after channel, row after row."""

    formula = (
        "out = channels · height · width",
        "cell (c, i, j) goes to place (c · height + i) · width + j",
    )
    examples = (example((16, 7, 7), title="Between the last maps and the first dense layer"),)
    pitfalls = (
        "The order is channel by channel, row by row. TensorFlow has the channels last, so weights "
        "of a dense layer behind it must be reordered when they are carried over.",
        "The `Linear` behind it fits one image size only. For any size pool to one cell first, "
        "with `GlobalAvgPool2d` or `AdaptiveAvgPool2d`.",
        "Behind it there are no rows and columns: convolutions and pooling belong in front.",
    )

    start_dim: int = param(1, help="The first dimension that is laid out; 0 is the batch")
    end_dim: int = param(-1, help="The last one, counted from the end where negative")

    def _range(self, x: Shape) -> tuple[int, int]:
        """First and last size of the sample that are joined, from 0."""
        count = len(x) + 1
        first, last = (d + count if d < 0 else d for d in (self.start_dim, self.end_dim))
        if not (1 <= first <= last < count):
            raise Refused(
                "no-such-dim",
                f"{{node}} flattens dimensions {self.start_dim} to {self.end_dim}, but {{input}} "
                f"gives {x}, whose dimensions are 1 … {len(x)}: choose from these "
                "(0 is the batch, which no layer touches)",
                param="start_dim" if not 1 <= first < count else "end_dim",
                remedies=(
                    Change("Set end_dim to -1", "end_dim", -1)
                    if 1 <= first < count
                    else Change("Set start_dim to 1", "start_dim", 1),
                ),
            )
        return first - 1, last - 1

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        first, last = self._range(x)
        return (Shape((*x[:first], math.prod(x[first : last + 1]), *x[last + 1 :])),)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        first, last = self._range(inputs[0])
        return super().reach(*inputs) if first == last else None

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        # what a Permute has put apart is copied together
        (x,) = inputs
        first, last = self._range(x)
        large = [axis for axis, size in zip(x.axes, x, strict=True) if size > 1]
        joined = [axis for axis in x.axes[first : last + 1] if axis in large]
        begin = sorted(large).index(joined[0]) if joined else 0
        return VIEW if sorted(large)[begin : begin + len(joined)] == joined else NOTHING

    def expression(self, *inputs: Shape) -> Expression:
        if self.end_dim == -1:
            return call("torch.flatten", INPUT, self.start_dim)
        return call("torch.flatten", INPUT, self.start_dim, self.end_dim)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        (x,) = inputs
        first, last = self._range(x)
        sizes = x[first : last + 1]
        return (f"{' · '.join(map(str, sizes))} = {math.prod(sizes):,}",)

    def numbers(self) -> Numbers | None:
        """Two maps of two by two, counted through."""
        maps = (((1.0, 2.0), (3.0, 4.0)), ((5.0, 6.0), (7.0, 8.0)))
        if (self.start_dim, self.end_dim) != (1, -1):
            return None
        return Numbers((maps,), (tuple(cell for rows in maps for row in rows for cell in row),))
