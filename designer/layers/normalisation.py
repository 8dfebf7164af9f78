"""Normalisation: bring the maps back to mean 0 and variance 1, then scale and shift."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
from designer.core.example import example
from designer.core.layer import Cost, Layer, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.window import require_image


@layer("Normalisation", search="bn batch norm", rank=0)
class BatchNorm2d(Layer):
    """Normalises each map over the batch, then scales and shifts it by learned numbers."""

    formula = (
        "y = (x − mean) / √(variance + eps) · weight + bias",
        "training:   mean and variance of the batch, map by map",
        "evaluation: the running ones",
        "running = (1 − momentum) · running + momentum · of the batch",
        "parameters = 2 · channels",
    )
    examples = (example((16, 14, 14), title="Behind a convolution"),)
    pitfalls = (
        "In training a batch of one image with maps of 1 × 1 has no variance, and PyTorch refuses "
        "it: drop the last, smaller batch, or normalise before the pooling.",
        "Small batches (below about 8) give poor means. `GroupNorm` does not look at the batch.",
        "A bias in the `Conv2d` before it is useless: set it to false.",
        "`Dropout` before it shifts the variance between training and evaluation, so the test is "
        "worse than the training says: put it behind, near the end.",
        "PyTorch's `momentum` is the weight of the new batch; TensorFlow's is that of the old "
        "mean: 0.9 there is 0.1 here.",
        "Frozen nodes keep their running means, too: they stay in evaluation mode.",
    )

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

    def explain_cost(
        self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]
    ) -> tuple[str, ...]:
        channels = inputs[0].channels
        return (f"parameters 2 · {channels:,} = {2 * channels:,}",) if self.affine else ()
