"""Softmax and its logarithm: scores that sum to one."""

from __future__ import annotations

import math

from designer.core.call import Call, call
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.kept import OUTPUTS, Kept
from designer.core.layer import Change, Layer, Refused, layer
from designer.core.parameter import param
from designer.core.shape import Shape


class _Softmax(Layer):
    dim: int

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        most = len(x)
        if self.dim == 0 or self.dim == -most - 1 or not -most <= self.dim <= most:
            raise Refused(
                "no-such-dim",
                f"{{node}} sums along dim {self.dim}, but {{input}} gives {x}: choose 1 … {most} "
                f"(0 is the batch, which no layer touches)",
                param="dim",
                remedies=(Change("Set dim to 1", "dim", 1),),
            )
        return inputs

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        (x,) = inputs
        axis = self.dim if self.dim > 0 else self.dim + len(x) + 1
        return super().reach(x) if len(x) == 3 and x.axes[axis - 1] == 0 else None

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return OUTPUTS

    def module(self, *inputs: Shape) -> Call:
        return call(f"nn.{self.kind()}", dim=self.dim)

    def numbers(self) -> Numbers | None:
        """Three scores, where the first dimension is summed along."""
        scores = (2.0, 1.0, 0.0)
        if self.dim not in (1, -1):
            return None
        total = sum(math.exp(x) for x in scores)
        shares = tuple(math.exp(x) / total for x in scores)
        below = f"({' + '.join(f'exp({x:g})' for x in scores)})"
        if self.kind() == "LogSoftmax":
            gives = tuple(map(math.log, shares))
            return Numbers((scores,), (gives,), (f"{scores[0]:g} − log{below} = {gives[0]:.3f}",))
        line = f"exp({scores[0]:g}) / {below} = {shares[0]:.3f}"
        return Numbers((scores,), (shares,), (line,))

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)


@layer("Head", search="probability", rank=3)
class Softmax(_Softmax):
    """Turns scores into shares that sum to 1; a cross-entropy loss does so by itself."""

    formula = ("y[i] = e^x[i] / Σ e^x[j]",)
    examples = (example((10,), title="Ten classes"),)
    pitfalls = (
        "A cross-entropy loss has its own: with this in front the scores are squeezed twice, the "
        "net learns slowly and never gets sure. Train without it, and add it for answers only.",
        "Over maps `dim` 1 means the channels: a share a class at each pixel.",
        "Its shares are not probabilities that one may trust: deep nets are too sure.",
    )

    dim: int = param(1, help="Along which dimension the shares sum to 1; 1: the classes")


@layer("Head", search="log probability", rank=4)
class LogSoftmax(_Softmax):
    """The logarithm of softmax; a cross-entropy loss does so by itself."""

    formula = ("y[i] = x[i] − ln Σ e^x[j]",)
    examples = (example((10,), title="Ten classes"),)
    pitfalls = (
        "A cross-entropy loss has its own. Two of them give what one gives, so it does no harm, "
        "but a negative log-likelihood loss is what it belongs to.",
        "Its values are at most 0: take e to their power for shares.",
    )

    dim: int = param(1, help="Along which dimension the shares sum to 1; 1: the classes")
