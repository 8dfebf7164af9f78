"""Layer normalisation: mean 0 and variance 1 within a sample, along its last sizes."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
from designer.core.layer import Change, Cost, Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape


@layer("Normalisation", search="ln convnext transformer", rank=2)
class LayerNorm(Layer):
    """Normalises each sample along its last sizes, then scales and shifts it by learned numbers."""

    num_dims: int = param(1, min=1, help="How many of the last sizes are normalised together")
    eps: float = param(1e-5, above=0, help="Added to the variance, against division by 0")
    elementwise_affine: bool = param(True, help="Learn a scale and a shift for every value")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        if self.num_dims > len(x):
            raise Refused(
                "no-such-dim",
                f"{{node}} normalises the last {self.num_dims} sizes, but {{input}} gives {x}, "
                f"which has {len(x)}: choose 1 … {len(x)}",
                param="num_dims",
                remedies=(Change(f"Set num_dims to {len(x)}", "num_dims", len(x)),),
            )
        return inputs

    def _sizes(self, x: Shape) -> tuple[int, ...]:
        return tuple(x[len(x) - self.num_dims :])

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        sizes = Shape(self._sizes(inputs[0]))
        return Cost(2 * sizes.numel if self.elementwise_affine else 0)

    def module(self, *inputs: Shape) -> Call:
        sizes = self._sizes(inputs[0])
        options = changed_from(
            {"eps": 1e-5, "elementwise_affine": True},
            eps=self.eps,
            elementwise_affine=self.elementwise_affine,
        )
        return call("nn.LayerNorm", sizes[0] if len(sizes) == 1 else sizes, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        sizes = Shape(self._sizes(inputs[0]))
        return (f"mean and variance of {sizes} values at a time", "the shape stays")
