"""Scale: one learned factor a channel."""

from __future__ import annotations

from designer.core.call import Call, Definition, call, changed_from
from designer.core.example import example
from designer.core.layer import Cost, Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape

SCALE = Definition(
    "Scale",
    '''\
class Scale(nn.Module):
    """Multiplies each channel by a learned factor of its own."""

    def __init__(self, channels: int, init: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels,), init))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.weight.view(-1, *[1] * (x.ndim - 2))
''',
)


@layer("Normalisation", search="layer scale factor gamma convnext", rank=5)
class Scale(Layer):
    """Multiplies each channel by a learned factor of its own."""

    formula = ("y[c, i, j] = w[c] · x[c, i, j]        parameters = channels",)
    examples = (example((96, 56, 56), title="At the end of a ConvNeXt block's branch", init=1e-6),)
    pitfalls = (
        "Begun at 1e-06, as ConvNeXt does, a branch begins as nothing and the net as its "
        "shortcuts alone; begun at 1 it changes nothing at first.",
        "Behind `BatchNorm2d` with `affine` it is one factor too many.",
        "It has no shift; a normalisation with `affine` has both.",
    )

    init: float = param(1.0, help="The factor before training")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        return inputs

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        return Cost(inputs[0].channels)

    def module(self, *inputs: Shape) -> Call:
        options = changed_from({"init": 1.0}, init=self.init)
        return call("Scale", inputs[0].channels, definition=SCALE, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return (f"{inputs[0].channels:,} factors, one a channel", "the shape stays")
