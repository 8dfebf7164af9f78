"""Normalisation: bring the maps back to mean 0 and variance 1, then scale and shift."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
from designer.core.layer import Cost, Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image


@layer("Normalisation", search="bn batch norm", rank=0)
class BatchNorm2d(Layer):
    """Normalises each map over the batch, then scales and shifts it by learned numbers."""

    eps: float = param(1e-5, above=0, help="Added to the variance, against division by 0")
    momentum: float | None = param(
        0.1, min=0, max=1, help="Weight of the newest batch in the running mean; empty: all alike"
    )
    affine: bool = param(True, help="Learn a scale and a shift a channel")
    track_running_stats: bool = param(True, help="Keep running means for evaluation")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        require_image(inputs[0], "maps")
        return inputs

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        return Cost(2 * inputs[0].channels if self.affine else 0)

    def module(self, *inputs: Shape) -> Call:
        options = changed_from(
            {"eps": 1e-5, "momentum": 0.1, "affine": True, "track_running_stats": True},
            eps=self.eps,
            momentum=self.momentum,
            affine=self.affine,
            track_running_stats=self.track_running_stats,
        )
        return call("nn.BatchNorm2d", inputs[0].channels, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        return ("the shape stays",)
