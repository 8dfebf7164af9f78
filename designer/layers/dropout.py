"""Dropout: silence a random share while training, so that nothing is relied on alone."""

from __future__ import annotations

from designer.core.call import Call, call
from designer.core.layer import Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image


@layer("Regularisation", rank=0)
class Dropout(Layer):
    """Sets a random share of the values to 0 while training, and scales up the rest."""

    p: float = param(0.5, min=0, max=1, help="The share that is silenced")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

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

    p: float = param(0.5, min=0, max=1, help="The share of maps that is silenced")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        require_image(inputs[0], "maps")
        return inputs

    def module(self, *inputs: Shape) -> Call:
        return call("nn.Dropout2d", p=self.p)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)

    @property
    def telling(self) -> str:
        return f"{self.p:g}"
