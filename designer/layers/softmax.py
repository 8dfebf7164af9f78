"""Softmax and its logarithm: scores that sum to one."""

from __future__ import annotations

from designer.core.call import Call, call
from designer.core.field import Reach
from designer.core.layer import Layer, Refused, layer
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
            )
        return inputs

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        axis = self.dim if self.dim > 0 else self.dim + len(inputs[0]) + 1
        return super().reach(*inputs) if axis == 1 and len(inputs[0]) == 3 else None

    def module(self, *inputs: Shape) -> Call:
        return call(f"nn.{self.kind()}", dim=self.dim)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)


@layer("Head", search="probability", rank=3)
class Softmax(_Softmax):
    """Turns scores into shares that sum to 1; a cross-entropy loss does so by itself."""

    dim: int = param(1, help="Along which dimension the shares sum to 1; 1: the classes")


@layer("Head", search="log probability", rank=4)
class LogSoftmax(_Softmax):
    """The logarithm of softmax; a cross-entropy loss does so by itself."""

    dim: int = param(1, help="Along which dimension the shares sum to 1; 1: the classes")
