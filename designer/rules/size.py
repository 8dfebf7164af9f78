"""Rules about the number of weights: in one layer, and against what there is to learn from."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import ReplaceLayer
from designer.core.facts import Facts
from designer.core.graph import Node
from designer.core.rule import DesignRule, NodeRule, Scene
from designer.layers.adaptive import GlobalAvgPool2d

FAULTS = {
    "huge-linear": "A Linear over flattened maps has more weights than most whole nets.",
    "more-parameters-than-pixels": "The net has more weights than the training set has numbers.",
}
"""What the codes of this file mean; the manual's page is made of it."""

HUGE = 1 << 27
"""Weights: half a gigabyte, and a third more than VGG-16 has in its largest layer."""


def linear_is_of_a_size(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """Flattened maps are many numbers, and each output weighs all of them."""
    if (facts.parameters or 0) < HUGE:
        return
    edge = scene.feeding(node.id)[0]
    before, x = scene.design.nodes[edge.source], facts.inputs[0]
    maps = scene.facts[before.id].inputs
    assert x is not None
    fixes: tuple[Fix, ...] = ()
    said = f"{x}"
    if before.layer.kind() == "Flatten" and maps and maps[0] is not None and len(maps[0]) == 3:
        said = f"{maps[0]} laid out as {x[0]:,}"
        label = f"Replace {before.name} by GlobalAvgPool2d"
        fixes = (Fix(label, ReplaceLayer(before.id, GlobalAvgPool2d())),)
    yield Diagnostic(
        "hint",
        "huge-linear",
        f"{node.name} gets {said} and gives {facts.output}: {facts.parameters:,} weights, "
        f"{(facts.parameters or 0) * 4 / 1e9:.1f} GB; take the mean of each map, or pool first",
        node.id,
        fixes=fixes,
    )


def weights_are_fewer_than_pixels(scene: Scene) -> Iterable[Diagnostic]:
    """A net with more weights than the set has numbers can learn it by heart."""
    data = scene.data
    if data is None or not data.train:
        return
    pixels = data.train * data.shape.numel
    total = scene.totals.parameters
    if total > pixels and _is_for(scene):
        yield Diagnostic(
            "hint",
            "more-parameters-than-pixels",
            f"this net has {total:,} weights, and the {data.train:,} training images of "
            f"{data.name} are {pixels:,} numbers: it can learn them by heart; a smaller net, "
            "dropout or more images help",
        )


def _is_for(scene: Scene) -> bool:
    """Whether the net is made for this data set: it takes its images."""
    images = ends.images(scene.design.graph)
    given = scene.facts[images[0].id].output if images else None
    return scene.data is not None and given == scene.data.shape


RULES = (
    NodeRule(frozenset({"Linear"}), linear_is_of_a_size, alone=True),
    DesignRule(weights_are_fewer_than_pixels),
)
