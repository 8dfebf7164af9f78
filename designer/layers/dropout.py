"""Dropout: silence a random share while training, so that nothing is relied on alone."""

from __future__ import annotations

from designer.core.call import Call, call
from designer.core.example import example
from designer.core.kept import VIEW, Kept
from designer.core.layer import Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image


@layer("Regularisation", rank=0)
class Dropout(Layer):
    """Sets a random share of the values to 0 while training, and scales up the rest."""

    formula = ("training: y = 0 with chance p, else x / (1 − p)        evaluation: y = x",)
    examples = (example((256,), title="Between two dense layers"),)
    pitfalls = (
        "Before `BatchNorm2d` it changes the variance in training only, and the running means are "
        "wrong in evaluation: put it behind the last normalisation.",
        "In maps neighbours say the same, so single values that are silenced are hardly missed: "
        "take `Dropout2d` there.",
        "`p` is the share that is silenced, not the share that stays.",
        "The training loss is measured with it and the test without: a test loss below the "
        "training's is no mistake.",
    )

    p: float = param(0.5, min=0, max=1, help="The share that is silenced")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        if self.p == 0:
            return VIEW
        return Kept(inputs=False, values=inputs[0].numel if self.p < 1 else 0)  # the mask

    def module(self, *inputs: Shape) -> Call:
        return call("nn.Dropout", p=self.p)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)

    @property
    def telling(self) -> str:
        return f"{self.p:g}"


@layer("Regularisation", search="spatial channel", rank=1)
class Dropout2d(Layer):
    """Sets a random share of whole maps to 0 while training, and scales up the rest."""

    formula = ("training: a map is 0 with chance p, else x / (1 − p)        evaluation: y = x",)
    examples = (example((64, 14, 14), title="Between two convolutions"),)
    pitfalls = (
        "With few maps a whole one is a lot: begin with 0.1 or 0.2.",
        "Before `BatchNorm2d` it changes the variance in training only, as `Dropout` does.",
        "It needs maps: behind a `Flatten` take `Dropout`.",
    )

    p: float = param(0.5, min=0, max=1, help="The share of maps that is silenced")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        require_image(inputs[0], "maps")
        return inputs

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        if self.p == 0:
            return VIEW
        return Kept(inputs=False, values=inputs[0].channels if self.p < 1 else 0)  # the mask

    def module(self, *inputs: Shape) -> Call:
        return call("nn.Dropout2d", p=self.p)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)

    @property
    def telling(self) -> str:
        return f"{self.p:g}"
