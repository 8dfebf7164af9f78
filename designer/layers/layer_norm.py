"""Layer normalisation: mean 0 and variance 1 within a sample, along its last sizes."""

from __future__ import annotations

import math

from designer.core.call import Call, call, changed_from
from designer.core.example import Numbers, example
from designer.core.layer import Change, Cost, Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape


@layer("Normalisation", search="ln convnext transformer", rank=2)
class LayerNorm(Layer):
    """Normalises each sample along its last sizes, then scales and shifts it by learned numbers."""

    formula = (
        "y = (x − mean) / √(variance + eps) · weight + bias, along the last num_dims sizes",
        "parameters = 2 · the product of these sizes",
    )
    examples = (
        example((14, 14, 64), title="Over the channels, which a Permute put last"),
        example((128,), title="Over a vector"),
    )
    pitfalls = (
        "It normalises the last sizes. For maps of channels × height × width that is the width: "
        "put a `Permute` before it to normalise over the channels, as ConvNeXt does.",
        "It looks at one sample only: the batch may be as small as it likes, and training and "
        "evaluation compute the same.",
        "With `num_dims` 3 it learns a factor for every cell of every map, and fits one image size "
        "only. `GroupNorm` with one group normalises alike and learns two numbers a channel.",
    )

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

    def numbers(self) -> Numbers | None:
        """A vector of four values, where one size is normalised."""
        if self.num_dims != 1:
            return None
        x = (1.0, 2.0, 3.0, 6.0)
        mean = sum(x) / 4
        variance = sum((value - mean) ** 2 for value in x) / 4
        gives = tuple((value - mean) / math.sqrt(variance + self.eps) for value in x)
        line = f"({x[0]:g} − {mean:g}) / sqrt({variance:g} + {self.eps:g}) = {gives[0]:.3f}"
        return Numbers((x,), (gives,), (line,))
