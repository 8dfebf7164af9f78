"""Local response normalisation: channels that are strong damp their neighbours."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
from designer.core.layer import Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image


@layer("Normalisation", search="lrn alexnet googlenet", rank=4)
class LocalResponseNorm(Layer):
    """Divides each value by the strength of its neighbours in the channels beside it."""

    size: int = param(5, min=1, help="How many channels are neighbours, its own included")
    alpha: float = param(1e-4, help="How much their strength counts")
    beta: float = param(0.75, help="The power to which the divisor is raised")
    k: float = param(1.0, help="Added to their strength")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        require_image(inputs[0], "maps")
        return inputs

    def module(self, *inputs: Shape) -> Call:
        options = changed_from(
            {"alpha": 1e-4, "beta": 0.75, "k": 1.0}, alpha=self.alpha, beta=self.beta, k=self.k
        )
        return call("nn.LocalResponseNorm", self.size, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (
            f"x / ({self.k:g} + {self.alpha:g} · mean of {self.size} squares)^{self.beta:g}",
            "the shape stays",
        )

    @property
    def telling(self) -> str:
        return f"{self.size} channels"
