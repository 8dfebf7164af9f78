"""Activations: functions of one number, applied everywhere alike."""

from __future__ import annotations

from typing import Literal

from designer.core.call import Argument, Call, call, changed_from
from designer.core.layer import Cost, Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape


class Activation(Layer):
    """What activations share; not a layer by itself."""

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

    def module(self, *inputs: Shape) -> Call:
        own = self.parameters()
        defaults: dict[str, Argument] = {p.name: p.default for p in own}
        values = {p.name: getattr(self, p.name) for p in own}
        return call(f"nn.{self.kind()}", **changed_from(defaults, **values))

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)


@layer("Activation", search="rectified linear unit rectifier", rank=0)
class ReLU(Activation):
    """Passes what is positive, and 0 for the rest."""


@layer("Activation")
class ReLU6(Activation):
    """Passes what lies between 0 and 6, and the nearer of the two for the rest."""


@layer("Activation")
class LeakyReLU(Activation):
    """Passes what is positive, and a small share of the rest."""

    negative_slope: float = param(0.01, help="The share of a negative number that passes")


@layer("Activation", search="parametric")
class PReLU(Activation):
    """Passes what is positive, and a learned share of the rest."""

    num_parameters: int = param(1, min=1, help="1, or one share a channel")
    init: float = param(0.25, help="The share before training")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        if self.num_parameters not in (1, x.channels):
            raise Refused(
                "channels-differ",
                f"{{node}} learns {self.num_parameters} shares, but {{input}} gives {x}: "
                f"set num_parameters to 1 or {x.channels}",
                param="num_parameters",
            )
        return inputs

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        return Cost(self.num_parameters)


@layer("Activation", search="exponential")
class ELU(Activation):
    """Passes what is positive, and bends the rest towards −alpha."""

    alpha: float = param(1.0, help="How far below 0 the output can go")


@layer("Activation", search="scaled exponential")
class SELU(Activation):
    """ELU with constants that keep mean and variance where the weights are right."""


@layer("Activation", search="gaussian error", rank=2)
class GELU(Activation):
    """Weighs each number by how likely a normal one is smaller."""

    approximate: Literal["none", "tanh"] = param("none", help="tanh: a faster approximation")


@layer("Activation", search="swish", rank=3)
class SiLU(Activation):
    """Weighs each number by its own sigmoid; also called swish."""


@layer("Activation")
class Hardswish(Activation):
    """SiLU from straight pieces: cheaper."""


@layer("Activation")
class Hardsigmoid(Activation):
    """The sigmoid from straight pieces: cheaper."""


@layer("Activation")
class Mish(Activation):
    """Weighs each number by the tanh of its softplus."""


@layer("Activation")
class Softplus(Activation):
    """A smooth ReLU."""

    beta: float = param(1.0, above=0, help="How sharply it bends")
    threshold: float = param(20.0, help="Above threshold / beta it is the identity")


@layer("Activation", search="logistic", rank=5)
class Sigmoid(Activation):
    """Squeezes every number between 0 and 1."""


@layer("Activation", search="hyperbolic tangent", rank=4)
class Tanh(Activation):
    """Squeezes every number between −1 and 1."""
