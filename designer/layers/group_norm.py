"""Normalisation within a sample: over groups of maps, or over each map by itself."""

from __future__ import annotations

from designer.core.call import Call, call, changed_from
from designer.core.example import example
from designer.core.layer import Change, Cost, Layer, Refused, Remove, layer
from designer.core.parameter import param
from designer.core.shape import Shape
from designer.layers.conv2d import nearest_divisor
from designer.layers.window import require_image

FAULTS = {"one-value": "A normalisation gets one value, of which nothing remains."}
"""What the codes of this file mean; the manual's page is made of it."""


@layer("Normalisation", search="gn group", rank=1)
class GroupNorm(Layer):
    """Normalises groups of maps within each sample, then scales and shifts each map."""

    formula = (
        "y = (x − mean) / √(variance + eps) · weight + bias, over the maps of a group",
        "parameters = 2 · channels",
    )
    examples = (example((64, 14, 14), title="In groups of two maps", num_groups=32),)
    pitfalls = (
        "`num_groups` must divide the channels.",
        "One group normalises all maps together; as many groups as channels is `InstanceNorm2d` "
        "with factors.",
        "It does not look at the batch: take it where `BatchNorm2d` would see fewer than about 8 "
        "images. With large batches that one usually learns faster.",
        "A bias in the convolution before it is not lost, as it is before a `BatchNorm2d`, unless "
        "every group is one map.",
    )

    num_groups: int = param(1, min=1, help="In how many groups the channels are normalised")
    eps: float = param(1e-5, above=0, help="Added to the variance, against division by 0")
    affine: bool = param(True, help="Learn a scale and a shift a channel")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        if x.channels % self.num_groups:
            fits = nearest_divisor(self.num_groups, x.channels)
            raise Refused(
                "groups-do-not-divide",
                f"{{node}} splits its channels into {self.num_groups} groups, but {{input}} gives "
                f"{x}, and {self.num_groups} does not divide {x.channels}: {fits} would",
                param="num_groups",
                remedies=(Change(f"Set num_groups to {fits}", "num_groups", fits),),
            )
        if x.numel == self.num_groups:
            raise Refused(
                "one-value",
                f"{{node}} normalises {self.num_groups} groups, but {{input}} gives {x}: each "
                "group has one value, of which nothing remains; make fewer groups or remove it",
                param="num_groups",
                remedies=(Remove("Remove {node}"),),
            )
        return inputs

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        return Cost(2 * inputs[0].channels if self.affine else 0)

    def module(self, *inputs: Shape) -> Call:
        options = changed_from({"eps": 1e-5, "affine": True}, eps=self.eps, affine=self.affine)
        return call("nn.GroupNorm", self.num_groups, inputs[0].channels, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        values = inputs[0].numel // self.num_groups
        return (f"mean and variance of {values:,} values a group", "the shape stays")

    @property
    def telling(self) -> str:
        return f"{self.num_groups} group{'' if self.num_groups == 1 else 's'}"


@layer("Normalisation", search="in instance style", rank=3)
class InstanceNorm2d(Layer):
    """Normalises each map of each sample by itself."""

    formula = ("y = (x − mean) / √(variance + eps), over the cells of each map by itself",)
    examples = (example((64, 28, 28), title="As in style transfer"),)
    pitfalls = (
        "It takes brightness and contrast away from every map. Where these tell the classes apart "
        "it harms; it was made for style transfer.",
        "Maps of 1 × 1 would all become 0, so PyTorch refuses them in training.",
        "Unlike `BatchNorm2d` it learns nothing unless `affine` is true.",
    )

    eps: float = param(1e-5, above=0, help="Added to the variance, against division by 0")
    momentum: float = param(
        0.1, min=0, max=1, help="Weight of the newest batch in the running mean"
    )
    affine: bool = param(False, help="Learn a scale and a shift a channel")
    track_running_stats: bool = param(False, help="Keep running means for evaluation")

    def infer(self, *inputs: Shape) -> tuple[Shape, ...]:
        (x,) = inputs
        require_image(x, "maps")
        if x.height == x.width == 1:
            raise Refused(
                "one-value",
                f"{{node}} normalises each map by itself, but {{input}} gives {x}: maps of one "
                "value, of which nothing remains; move it to larger maps or remove it",
                remedies=(Remove("Remove {node}"),),
            )
        return inputs

    def cost(self, inputs: tuple[Shape, ...], outputs: tuple[Shape, ...]) -> Cost:
        return Cost(2 * inputs[0].channels if self.affine else 0)

    def module(self, *inputs: Shape) -> Call:
        options = changed_from(
            {"eps": 1e-5, "momentum": 0.1, "affine": False, "track_running_stats": False},
            eps=self.eps,
            momentum=self.momentum,
            affine=self.affine,
            track_running_stats=self.track_running_stats,
        )
        return call("nn.InstanceNorm2d", inputs[0].channels, **options)

    def explain(self, *inputs: Shape) -> tuple[str, ...]:
        x = inputs[0]
        return (f"mean and variance of {x.height} × {x.width} values a map", "the shape stays")
