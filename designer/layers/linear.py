"""The dense layer: every output sees every input."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
from designer.core.example import Numbers, example
from designer.core.field import Reach
from designer.core.layer import Cost, Insert, Layer, Refused, Remedy, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.adaptive import GlobalAvgPool2d
from designer.layers.flatten import Flatten

FAULTS = {"needs-vector": "A Linear needs a vector and gets maps."}
"""What the codes of this file mean; the manual's page is made of it."""

FEWEST_MAPS = 8
"""So many maps must there be that their means alone can tell classes apart."""


@layer("Head", search="dense fully connected fc", rank=0)
class Linear(Layer):
    """Gives each output a weighted sum of all inputs."""

    formula = (
        "y[o] = Σ over i of w[o, i] · x[i] + b[o]",
        "parameters = in · out + out        MACs = in · out",
    )
    examples = (example((784,), title="A grey image of 28 × 28, laid out, into ten classes"),)
    pitfalls = (
        "Its size depends on the image's: 16 maps of 7 × 7 are 784 inputs, of 14 × 14 four times "
        "as many. For any size put a `GlobalAvgPool2d` in front.",
        "Most weights of a small net are here. If they are too many, shrink the maps before the "
        "`Flatten`, not the layer.",
        "The last one has as many outputs as there are classes, and neither a `ReLU` nor a "
        "`Softmax` behind it: a cross-entropy loss wants the plain scores.",
        "Two of them without an activation between are one.",
    )

    out_features: int = param(10, min=1, help="How many outputs")
    bias: bool = param(True, help="A learned number added to each output")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        if len(x) != 1 and not x.has_new_last:
            raise Refused(
                "needs-vector",
                f"{{node}} is {{a_layer}} and needs a vector, but {{input}} gives {x}: "
                "put a Flatten between them",
                remedies=_as_vector(x),
            )
        return (x.resized(*x[:-1], self.out_features),)

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        (x,) = inputs
        weights = x[-1] * self.out_features
        macs = x.numel * self.out_features  # the same weights at every position
        return Cost(weights + (self.out_features if self.bias else 0), macs)

    def reach(self, *inputs: Shape) -> tuple[Reach, Reach] | None:
        # channels that a Permute put last are mixed at each position by itself
        (x,) = inputs
        return super().reach(x) if x.has_new_last and x.axes[-1] == 0 else None

    def module(self, *inputs: Shape) -> Call:
        options = changed_from({"bias": True}, bias=self.bias)
        return call("nn.Linear", inputs[0][-1], self.out_features, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        (x,) = inputs
        weights = f"{x[-1]:,} × {self.out_features:,} weights"
        return (weights,) if len(x) == 1 else (weights, f"used at {x.numel // x[-1]:,} positions")

    def explain_cost(
        self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]
    ) -> tuple[str, ...]:
        x, out = inputs[0], self.out_features
        bias, more = (f" + {out:,}", out) if self.bias else ("", 0)
        positions = x.numel // x[-1]
        at = f"{positions:,} · " if positions != 1 else ""
        return (
            f"parameters {x[-1]:,} · {out:,}{bias} = {x[-1] * out + more:,}",
            f"MACs {at}{x[-1]:,} · {out:,} = {x.numel * out:,}",
        )

    def numbers(self) -> Numbers:
        x, weights = (3.0, -1.0, 2.0), ((1.0, 2.0, 0.0), (0.0, -1.0, 0.5))
        gives = tuple(sum(w * v for w, v in zip(row, x, strict=True)) for row in weights)
        lines = tuple(
            " + ".join(f"{w:g} · {v:g}" for w, v in zip(row, x, strict=True)) + f" = {y:g}"
            for row, y in zip(weights, gives, strict=True)
        )
        return Numbers((x,), (gives,), lines, weights)

    @property
    def telling(self) -> str:
        return f"{self.out_features}"

    @classmethod
    def stem(cls) -> str:
        return "fc"


def _as_vector(x: Shape) -> tuple[Remedy, ...]:
    """Lay the maps out in a row; or, where there are enough of them, take the mean of each."""
    flat = Insert(f"Insert Flatten ({x.numel:,} values)", Flatten(), safe=True)
    if len(x) != 3 or x.channels < FEWEST_MAPS:
        return (flat,)
    means = f"Insert GlobalAvgPool2d ({x.channels:,} values)"
    return (flat, Insert(means, GlobalAvgPool2d()))
