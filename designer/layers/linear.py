"""The dense layer: every output sees every input."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
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
