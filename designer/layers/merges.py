"""Merges: several inputs become one."""

from __future__ import annotations

from designer.core.call import INPUTS, Chain, Expression, call
from designer.core.example import Numbers, example
from designer.core.kept import VIEW, Kept
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

    formula = ("channels = channels of input 0 + channels of input 1 + …",)
    examples = (
        example(
            (64, 28, 28),
            (128, 28, 28),
            (32, 28, 28),
            (32, 28, 28),
            title="The four branches of GoogLeNet's first module",
        ),
    )
    pitfalls = (
        "Heights and widths must be equal: branches keep them with same padding and stride 1, or "
        "shrink alike.",
        "The order of the inputs is the order of the channels. Weights that were trained with "
        "another order do not fit.",
        "The depth grows with every one of them, and with it what the next layer costs: a "
        "`Conv1x1` behind it keeps both in bounds.",
    )

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

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        return Kept(inputs=False, hands_on=True)

    def expression(self, *inputs: Shape) -> Expression:
        return call("torch.cat", INPUTS, dim=1)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        depths = " + ".join(str(x[0]) for x in inputs)
        return (f"depth {depths} = {sum(x[0] for x in inputs)}", "height and width stay")


@layer("Merge", search="sum residual skip shortcut plus", rank=1)
class Add(Merge):
    """Adds all inputs, value by value: the heart of a residual net."""

    formula = ("y[c, i, j] = a[c, i, j] + b[c, i, j] + …",)
    examples = (example((64, 56, 56), (64, 56, 56), title="The shortcut of a residual block"),)
    pitfalls = (
        "All shapes must be equal; nothing is stretched. Where the branch has another depth or "
        "size, put a `Conv1x1` with the same stride into the shortcut.",
        "In a ResNet the `ReLU` comes behind the sum and none directly before it: the branch must "
        "be able to subtract.",
        "A sum of many branches has many times their variance: normalise the branches.",
    )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        for x in inputs:
            if x != inputs[0] and tuple(x) != tuple(inputs[0]):  # whatever a Permute turned
                raise self._refusal(inputs)
        return inputs[:1]

    def _refusal(self, inputs: tuple[Shape, ...]) -> Refused:
        wanted = matching.most_common(inputs, slice(0, None))
        port = matching.odd_one(inputs, wanted, slice(0, None))
        if len({x[1:] for x in inputs}) == 1:
            return Refused(
                "channels-differ",
                "{node} is an Add and needs equal shapes, but {sources}: match the depths, "
                "for instance by a 1 × 1 convolution",
                port=port,
                remedies=matching.depths(inputs),
            )
        return Refused(
            "sizes-differ",
            "{node} is an Add and needs equal shapes, but {sources}: make the sizes equal, "
            "for instance by padding or pooling",
            port=port,
            remedies=matching.sizes(inputs, depth=True),
        )

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        if len(inputs) == 1:
            return VIEW
        sums = (len(inputs) > 2) * outputs[0].numel  # of the first ones, until the next is added
        return Kept(inputs=False, working=sums, hands_on=True)

    def expression(self, *inputs: Shape) -> Expression:
        return Chain("+")

    def numbers(self) -> Numbers:
        first, second = ((1.0, 2.0), (3.0, 4.0)), ((10.0, 0.0), (-3.0, 0.5))
        total = tuple(
            tuple(a + b for a, b in zip(*rows, strict=True))
            for rows in zip(first, second, strict=True)
        )
        return Numbers(((first,), (second,)), ((total,),), ("1 + 10 = 11",))

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (f"{len(inputs)} inputs of the same shape; it stays",)


@layer("Merge", search="product gate attention squeeze excitation", rank=2)
class Multiply(Merge):
    """Multiplies all inputs, value by value; one number a channel weighs a whole map."""

    formula = (
        "y[c, i, j] = a[c, i, j] · b[c, i, j] · …",
        "an input of C × 1 × 1 weighs whole maps: y[c, i, j] = a[c, i, j] · gate[c]",
    )
    examples = (
        example((64, 14, 14), (64, 1, 1), title="A squeeze-and-excitation gate"),
        example((64, 14, 14), (64, 14, 14), title="Value by value"),
    )
    pitfalls = (
        "A gate needs the shape C × 1 × 1: set `keepdim` of the `GlobalAvgPool2d` before it.",
        "A gate should lie between 0 and 1, so a `Sigmoid` or `Hardsigmoid` belongs in front.",
        "A product of two learned values is steep: without bounds on one of them the training "
        "jumps.",
    )

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        largest = max(inputs, key=lambda x: (len(x), x.numel))
        for port, x in enumerate(inputs):
            gate = len(x) == 3 == len(largest) and x == (largest[0], 1, 1)
            if x != largest and not gate and tuple(x) != tuple(largest):
                raise Refused(
                    "sizes-differ",
                    "{node} is a Multiply and needs equal shapes, or C × 1 × 1 beside them, "
                    "but {sources}: match the depths and sizes",
                    port=port,
                    remedies=matching.to_the_largest(inputs, largest),
                )
        return (largest,)

    def kept(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Kept:
        if len(inputs) == 1:
            return VIEW
        size = outputs[0].numel
        stretched = any(x != outputs[0] for x in inputs)  # a gradient is summed after it is made
        return Kept(values=(len(inputs) - 2) * size, working=stretched * size)

    def expression(self, *inputs: Shape) -> Expression:
        return Chain("*")

    def numbers(self) -> Numbers:
        maps = (((1.0, 2.0), (3.0, 4.0)), ((5.0, 6.0), (7.0, 8.0)))
        gate = (0.5, 0.0)
        gives = tuple(
            tuple(tuple(weight * cell for cell in row) for row in rows)
            for weight, rows in zip(gate, maps, strict=True)
        )
        line = f"{gate[0]:g} · {maps[0][1][1]:g} = {gives[0][1][1]:g}"
        return Numbers((maps, tuple(((weight,),) for weight in gate)), (gives,), (line,))

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (f"{len(inputs)} inputs; the largest shape stays",)
