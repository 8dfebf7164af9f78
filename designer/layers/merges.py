"""Merges: several inputs become one."""

from __future__ import annotations

from designer.core.call import INPUTS, Chain, Expression, call
from designer.core.layer import Layer, Refused, layer
from designer.core.shape import Shape


class Merge(Layer):
    """What merges share: any number of inputs; not a layer by itself."""

    inputs = None


@layer("Merge", search="concatenate join stack depth", rank=0)
class Concat(Merge):
    """Stacks the maps of all inputs on top of each other: depths add up."""

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        first = inputs[0]
        for port, x in enumerate(inputs[1:], 1):
            if len(x) != len(first) or x[1:] != first[1:]:
                raise Refused(
                    "sizes-differ",
                    "{node} is a Concat and needs the same height and width from all, "
                    "but {sources}: make them equal, for instance by padding or pooling",
                    port=port,
                )
        return (first.resized(sum(x[0] for x in inputs), *first[1:]),)

    def expression(self, *inputs: Shape) -> Expression:
        return call("torch.cat", INPUTS, dim=1)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        depths = " + ".join(str(x[0]) for x in inputs)
        return (f"depth {depths} = {sum(x[0] for x in inputs)}", "height and width stay")


@layer("Merge", search="sum residual skip shortcut plus", rank=1)
class Add(Merge):
    """Adds all inputs, value by value: the heart of a residual net."""

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        for port, x in enumerate(inputs[1:], 1):
            if x != inputs[0]:
                what = "channels" if x[1:] == inputs[0][1:] else "sizes"
                raise Refused(
                    f"{what}-differ",
                    "{node} is an Add and needs equal shapes, but {sources}: "
                    + (
                        "match the depths, for instance by a 1 × 1 convolution"
                        if what == "channels"
                        else "make the sizes equal, for instance by padding or pooling"
                    ),
                    port=port,
                )
        return inputs[:1]

    def expression(self, *inputs: Shape) -> Expression:
        return Chain("+")

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (f"{len(inputs)} inputs of the same shape; it stays",)


@layer("Merge", search="product gate attention squeeze excitation", rank=2)
class Multiply(Merge):
    """Multiplies all inputs, value by value; one number a channel weighs a whole map."""

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        largest = max(inputs, key=lambda x: (len(x), x.numel))
        for port, x in enumerate(inputs):
            gate = len(x) == 3 == len(largest) and x == (largest[0], 1, 1)
            if x != largest and not gate:
                raise Refused(
                    "sizes-differ",
                    "{node} is a Multiply and needs equal shapes, or C × 1 × 1 beside them, "
                    "but {sources}: match the depths and sizes",
                    port=port,
                )
        return (largest,)

    def expression(self, *inputs: Shape) -> Expression:
        return Chain("*")

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (f"{len(inputs)} inputs; the largest shape stays",)
