"""Merges: several inputs become one."""

from __future__ import annotations

from designer.core.call import INPUTS, Chain, Expression, call
from designer.core.layer import Layer, Refused, layer
from designer.core.shape import Shape

from designer.layers import matching

FAULTS = {
    "channels-differ": "Values that must go together one to one have different depths.",
    "sizes-differ": "Maps that must lie on each other have different heights or widths.",
}
"""What the codes of this file mean; the manual's page is made of it."""

class Merge(Layer):
    """What merges share: any number of inputs; not a layer by itself."""

    inputs = None


@layer("Merge", search="concatenate join stack depth", rank=0)
class Concat(Merge):
    """Stacks the maps of all inputs on top of each other: depths add up."""

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        first = inputs[0]
        for x in inputs:
            if x[1:] != first[1:]:
                wanted = matching.most_common(inputs, slice(1, None))
                raise Refused(
                    "sizes-differ",
                    "{node} is a Concat and needs the same height and width from all, "
                    "but {sources}: make them equal, for instance by padding or pooling",
                    port=matching.odd_one(inputs, wanted, slice(1, None)),
                    remedies=matching.sizes(inputs, depth=False),
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
        for x in inputs:
            if x != inputs[0]:
                raise self._refusal(inputs)
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
                    remedies=matching.to_the_largest(inputs, largest),
