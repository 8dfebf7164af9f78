"""Local response normalisation: channels that are strong damp their neighbours."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
from designer.core.example import example
from designer.core.kept import Kept
from designer.core.layer import Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image


@layer("Normalisation", search="lrn alexnet googlenet", rank=4)
class LocalResponseNorm(Layer):
    """Divides each value by the strength of its neighbours in the channels beside it."""

    formula = (
        "y[c] = x[c] / (k + alpha / size · Σ x[c′]²)^beta,  c′ = the size channels around c",
    )
    examples = (example((96, 55, 55), title="As AlexNet had it", alpha=5e-4, k=2.0),)
    pitfalls = (
        "PyTorch divides `alpha` by `size`, as Caffe does. AlexNet's paper and TensorFlow do not: "
        "multiply their alpha by the size, so that 0.0001 over 5 channels is 0.0005 here.",
        "It is of 2012: a `BatchNorm2d` does more for the training, and AlexNet itself does as "
        "well without.",
    )

    size: int = param(5, min=1, help="How many channels are neighbours, its own included")
    alpha: float = param(1e-4, help="How much their strength counts")
    beta: float = param(0.75, help="The power to which the divisor is raised")
    k: float = param(1.0, help="Added to their strength")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        require_image(inputs[0], "maps")
        return inputs

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        x = inputs[0]
        padded = (x.channels + self.size - 1) * (x.numel // x.channels)
        return Kept(values=padded + 2 * x.numel, working=x.numel)

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
