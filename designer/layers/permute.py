"""Permute: the same values, their dimensions in another order."""

from __future__ import annotations

from designer.core.call import INPUT, Expression, call
from designer.core.example import example
from designer.core.kept import VIEW, Kept
from designer.core.layer import Layer, Refused, Remove, layer
from designer.core.parameter import listed, param
from designer.core.shape import Shape

FAULTS = {
    "batch-moved": "A Permute moves the batch, which no layer touches.",
    "no-such-order": "A Permute does not name each dimension once.",
}
"""What the codes of this file mean; the manual's page is made of it."""


@layer("Shape", search="transpose channels last dimensions order", rank=6)
class Permute(Layer):
    """Puts the dimensions in another order, for instance the channels last."""

    formula = ("size k of the output is size dims[k] of the input, 0 being the batch",)
    examples = (
        example((64, 14, 14), title="The channels last, for a LayerNorm over them"),
        example((14, 14, 64), title="And first again", dims=(0, 3, 1, 2)),
    )
    pitfalls = (
        "With the channels last convolutions and pooling read rows for channels, since they go by "
        "the place alone: put the channels first again before them.",
        "It is no `Flatten` and no reshape: the values keep their neighbours only along the "
        "dimensions that stay side by side.",
        "The batch stays at place 0.",
    )

    dims: tuple[int, ...] = param(
        (0, 2, 3, 1), help="For every new dimension the old one; 0 is the batch and stays first"
    )

    def _order(self, x: Shape) -> tuple[int, ...]:
        """For every new size of the sample the old one, from 0."""
        count = len(x) + 1
        dims = tuple(d + count if d < 0 else d for d in self.dims)
        if sorted(dims) != list(range(count)) or dims[0] != 0:
            given = listed(self.dims)
            raise Refused(
                "batch-moved" if dims[:1] != (0,) else "no-such-order",
                f"{{node}} orders its dimensions as {given}, but {{input}} gives {x}: name each "
                f"of 0 … {count - 1} once, and 0, the batch, first",
                param="dims",
                remedies=(Remove("Remove {node}"),),
            )
        return tuple(d - 1 for d in dims[1:])

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return (inputs[0].permuted(self._order(inputs[0])),)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return VIEW

    def expression(self, *inputs: Shape) -> Expression:
        return call("torch.permute", INPUT, self.dims)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        (x,) = inputs
        old = ", ".join(str(place + 1) for place in self._order(x))
        return (f"its sizes are those of the input number {old}",)

    @property
    def telling(self) -> str:
        return " ".join(map(str, self.dims))
