"""Layers that compute nothing: the mark of an output, and the identity."""

from __future__ import annotations

from designer.core.call import INPUT, Call, Expression, call
from designer.core.kept import VIEW, Kept
from designer.core.layer import Layer, layer
from designer.core.shape import Shape


@layer("Head", search="result logits end", rank=2)
class Output(Layer):
    """Marks what the net returns; without it, the only node that nobody reads is the output."""

    formula = ("y = x",)
    pitfalls = (
        "A net with one loose end needs none: that end is the output. With several loose ends mark "
        "those that count, and the others are left out.",
        "For training there is one output, a vector with a score a class.",
    )

    role = "output"

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return VIEW

    def expression(self, *inputs: Shape) -> Expression:
        return INPUT


@layer("Shape", search="nothing pass", rank=5)
class Identity(Layer):
    """Passes its input on as it is."""

    formula = ("y = x",)
    pitfalls = (
        "It costs nothing. It keeps a place, a name or a plain shortcut; to try a net without a "
        "layer, bypass that layer (B) instead of replacing it.",
    )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return VIEW

    def module(self, *inputs: Shape) -> Call:
        return call("nn.Identity")
