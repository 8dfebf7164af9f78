"""Activations: functions of one number, applied everywhere alike."""

from __future__ import annotations

import math
from typing import Literal

from designer.core.call import Argument, Call, call, changed_from
from designer.core.kept import OUTPUTS, Kept
from designer.core.layer import Change, Cost, Layer, Refused, layer
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

    formula = ("y = max(0, x)",)
    pitfalls = (
        "A unit whose input is negative for every image gets no gradient and never recovers: lower "
        "the learning rate, normalise with `BatchNorm2d`, or use a `LeakyReLU`.",
        "At the very end of a net it forbids negative scores: leave the last `Linear` without one.",
        "After a `Sigmoid` or another ReLU it changes nothing.",
    )

    def curve(self, x: float) -> float:
        return max(0.0, x)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return OUTPUTS


@layer("Activation")
class ReLU6(Activation):
    """Passes what lies between 0 and 6, and the nearer of the two for the rest."""

    formula = ("y = min(6, max(0, x))",)
    pitfalls = (
        "Above 6 the gradient is 0, too: large inputs stop learning.",
        "It was made for nets in few bits; elsewhere a plain `ReLU` does as well.",
    )

    def curve(self, x: float) -> float:
        return min(6.0, max(0.0, x))


@layer("Activation")
class LeakyReLU(Activation):
    """Passes what is positive, and a small share of the rest."""

    formula = ("y = x where x ≥ 0, negative_slope · x elsewhere",)
    pitfalls = (
        "PyTorch's slope is 0.01; many papers (YOLO, DCGAN) mean 0.1 or 0.2. Look it up before you "
        "compare results.",
    )

    negative_slope: float = param(0.01, help="The share of a negative number that passes")

    def curve(self, x: float) -> float:
        return x if x >= 0 else self.negative_slope * x


@layer("Activation", search="parametric")
class PReLU(Activation):
    """Passes what is positive, and a learned share of the rest."""

    formula = ("y = x where x ≥ 0, a · x elsewhere; a is learned",)
    pitfalls = (
        "Weight decay pulls the share towards 0, and so towards a `ReLU`.",
        "`num_parameters` is 1 or the number of channels, never anything between.",
    )

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
                remedies=(
                    Change("Set num_parameters to 1", "num_parameters", 1),
                    Change(f"Set num_parameters to {x.channels}", "num_parameters", x.channels),
                ),
            )
        return inputs

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        return Cost(self.num_parameters)

    def curve(self, x: float) -> float:
        return x if x >= 0 else self.init * x


@layer("Activation", search="exponential")
class ELU(Activation):
    """Passes what is positive, and bends the rest towards −alpha."""

    formula = ("y = x where x ≥ 0, alpha · (e^x − 1) elsewhere",)
    pitfalls = (
        "It is smooth at 0 only for `alpha` 1.",
        "The exponential costs more time than a `ReLU`; behind `BatchNorm2d` it rarely pays.",
    )

    alpha: float = param(1.0, help="How far below 0 the output can go")

    def curve(self, x: float) -> float:
        return x if x >= 0 else self.alpha * math.expm1(x)


@layer("Activation", search="scaled exponential")
class SELU(Activation):
    """ELU with constants that keep mean and variance where the weights are right."""

    formula = ("y = 1.0507 · (x where x ≥ 0, 1.6733 · (e^x − 1) elsewhere)",)
    pitfalls = (
        "It keeps mean 0 and variance 1 only where weights begin with variance 1 / inputs (LeCun) "
        "and no normalisation stands between; PyTorch begins `Linear` and `Conv2d` otherwise.",
        "A plain `Dropout` breaks that balance.",
    )

    def curve(self, x: float) -> float:
        scale, alpha = 1.0507009873554805, 1.6732632423543772
        return scale * (x if x >= 0 else alpha * math.expm1(x))


@layer("Activation", search="gaussian error", rank=2)
class GELU(Activation):
    """Weighs each number by how likely a normal one is smaller."""

    formula = ("y = x · Φ(x), Φ being how likely a normal number is smaller than x",)
    pitfalls = (
        "The exact form and `tanh` differ by up to 0.0005: weights trained with one do not give "
        "the same numbers with the other.",
        "It dips below 0 (to −0.17 at −0.75), so its output is not sparse as that of a `ReLU`.",
    )

    approximate: Literal["none", "tanh"] = param("none", help="tanh: a faster approximation")

    def curve(self, x: float) -> float:
        if self.approximate == "tanh":
            inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
            return 0.5 * x * (1 + math.tanh(inner))
        return 0.5 * x * (1 + math.erf(x / math.sqrt(2)))


@layer("Activation", search="swish", rank=3)
class SiLU(Activation):
    """Weighs each number by its own sigmoid; also called swish."""

    formula = ("y = x / (1 + e^−x)",)
    pitfalls = (
        "It dips below 0 (to −0.28 at −1.28): values behind it are not all positive.",
        "`Hardswish` is nearly the same and cheaper on a phone.",
    )

    def curve(self, x: float) -> float:
        return x / (1 + math.exp(-x))


@layer("Activation")
class Hardswish(Activation):
    """SiLU from straight pieces: cheaper."""

    formula = ("y = x · min(6, max(0, x + 3)) / 6",)
    pitfalls = (
        "Below −3 both value and gradient are exactly 0, unlike those of `SiLU`.",
        "Weights of a net with `SiLU` do not fit a net with it: the two differ by up to 0.14.",
    )

    def curve(self, x: float) -> float:
        return x * min(6.0, max(0.0, x + 3)) / 6


@layer("Activation")
class Hardsigmoid(Activation):
    """The sigmoid from straight pieces: cheaper."""

    formula = ("y = min(6, max(0, x + 3)) / 6",)
    pitfalls = (
        "Beyond ±3 it is exactly 0 or 1 and has no gradient.",
        "TensorFlow's has another slope (0.2 x + 0.5 in older versions): weights may not "
        "carry over.",
    )

    def curve(self, x: float) -> float:
        return min(6.0, max(0.0, x + 3)) / 6


@layer("Activation")
class Mish(Activation):
    """Weighs each number by the tanh of its softplus."""

    formula = ("y = x · tanh(ln(1 + e^x))",)
    pitfalls = (
        "It is the dearest activation here; measure before you choose it over `SiLU`, which is "
        "almost the same curve.",
    )

    def curve(self, x: float) -> float:
        return x * math.tanh(math.log1p(math.exp(x)))


@layer("Activation")
class Softplus(Activation):
    """A smooth ReLU."""

    formula = ("y = ln(1 + e^(beta · x)) / beta",)
    pitfalls = (
        "It is never 0: ln 2 / beta at 0. For a bend that reaches 0 take a `ReLU`.",
        "Above `threshold` / `beta` PyTorch takes y = x, so that e^x does not overflow.",
    )

    beta: float = param(1.0, above=0, help="How sharply it bends")
    threshold: float = param(20.0, help="Above threshold / beta it is the identity")

    def curve(self, x: float) -> float:
        if x * self.beta > self.threshold:
            return x
        return math.log1p(math.exp(self.beta * x)) / self.beta


@layer("Activation", search="logistic", rank=5)
class Sigmoid(Activation):
    """Squeezes every number between 0 and 1."""

    formula = ("y = 1 / (1 + e^−x)",)
    pitfalls = (
        "Its slope is 0.25 at most: a chain of them makes gradients vanish. Between layers take a "
        "`ReLU`; keep it for gates (before a `Multiply`) and for yes-or-no outputs.",
        "Classes that exclude each other need a `Softmax`, and in training a cross-entropy loss "
        "over the plain scores: it has its own.",
    )

    def curve(self, x: float) -> float:
        return 1 / (1 + math.exp(-x))

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return OUTPUTS


@layer("Activation", search="hyperbolic tangent", rank=4)
class Tanh(Activation):
    """Squeezes every number between −1 and 1."""

    formula = ("y = (e^x − e^−x) / (e^x + e^−x)",)
    pitfalls = (
        "Beyond ±3 it is flat and has nearly no gradient: normalise what goes in.",
        "It wants inputs around 0; after a `ReLU` only its upper half is used.",
    )

    def curve(self, x: float) -> float:
        return math.tanh(x)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return OUTPUTS
