"""Rules about what windows see: skipped cells, cells of padding, more than the image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import SetSharedParam, Several
from designer.core.facts import Facts
from designer.core.graph import Node
from designer.core.parameter import Size
from designer.core.rule import GroupRule, NodeRule, Scene
from designer.core.shape import Shape
from designer.layers.conv2d import Conv2d
from designer.layers.pooling import Pooling
from designer.layers.window import Window, pair, shortest

FAULTS = {
    "stride-skips-cells": "A stride is larger than the window, so cells between are read by none.",
    "dead-weights": "Some weights of a kernel meet nothing but padding, wherever it stops.",
    "field-larger-than-image": "A convolution goes on where every cell sees the whole image.",
}
"""What the codes of this file mean; the manual's page is made of it."""


def reads_every_cell(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """A window that jumps further than it is wide leaves cells out; one of 1 cell is meant to."""
    layer = node.layer
    if isinstance(layer, (Pooling, Conv2d)) and not node.bypassed:
        stride = layer.stride
    else:
        return
    if stride is None or stride == 1:
        return
    kernels, strides, dilations = pair(layer.kernel_size), pair(stride), pair(layer.dilation)
    for kernel, step, dilation in zip(kernels, strides, dilations, strict=True):
        extent = dilation * (kernel - 1) + 1
        if kernel > 1 and step > extent:
            yield Diagnostic(
                "hint",
                "stride-skips-cells",
                f"{node.name} moves {step} cells at a time, but its window is {extent} wide, so "
                f"{step - extent} of every {step} cells of {facts.inputs[0]} are read by none: "
                "lower the stride or enlarge the kernel",
                node.id,
                "stride",
                fixes=(
                    Fix(
                        f"Set stride to {shortest(layer.kernel_size)}",
                        SetSharedParam(node.id, "stride", layer.kernel_size),
                    ),
                ),
            )
            return


def has_dead_weights(node: Node, facts: Facts) -> bool:
    """Whether some weights of a convolution meet padding wherever its kernel stops."""
    layer, x = node.layer, facts.inputs[0]
    if not isinstance(layer, Conv2d) or x is None or node.bypassed:
        return False
    # a kernel of n cells or less has each of its weights on some cell of n
    return _may_hang_over(layer, x) and _dead(layer, x) > 0


def reads_the_map(scene: Scene, nodes: Sequence[Node]) -> Iterable[Diagnostic]:
    """A kernel larger than its maps learns from padding; say it where the net shrank too far."""
    exhausted: list[tuple[Node, Facts]] = []
    for node in nodes:
        facts = scene.facts[node.id]
        layer, x = node.layer, facts.inputs[0]
        assert isinstance(layer, Conv2d) and x is not None
        if _sees_everything(scene, node):
            exhausted.append((node, facts))
        else:
            yield _dead_weights(node, layer, x, _dead(layer, x))
    if exhausted:
        yield _beyond(scene, *exhausted[0], len(exhausted) - 1)


def _may_hang_over(layer: Conv2d, x: Shape) -> bool:
    kernel = layer.kernel_size
    if layer.dilation == 1 and isinstance(kernel, int):
        return kernel > x[1] or kernel > x[2]
    return any(axis.extent > axis.n for axis in layer.windows(x))


def _dead(layer: Conv2d, x: Shape) -> int:
    """How many of a filter's cells meet padding wherever the kernel stops; 0 where none does."""
    if layer.padding_mode != "zeros":
        return 0
    alive = [_alive(axis) for axis in layer.windows(x)]
    height, width = pair(layer.kernel_size)
    return height * width - alive[0] * alive[1]


def _alive(axis: Window) -> int:
    """How many cells of the kernel can lie on the map; where the stride is wide, at most so many.

    At stop i the cell at j reads i · stride − before + j, which is on the map from 0 to n − 1.
    """
    first = max(0, axis.before - (axis.out - 1) * axis.stride)
    last = min(axis.extent - 1, axis.before + axis.n - 1)
    return max(0, last // axis.dilation - -(-first // axis.dilation) + 1)


def _sees_everything(scene: Scene, node: Node) -> bool:
    """Whether each cell that the node reads sees the whole image, from any place of it."""
    image, field = _image(scene), scene.facts[scene.feeding(node.id)[0].source].field
    if image is None or field is None:
        return False
    return all(axis.size >= 2 * n for axis, n in zip(field, image[1:], strict=True))


def _image(scene: Scene) -> Shape | None:
    images = ends.images(scene.design.graph)
    return scene.facts[images[0].id].output if images else None


def _dead_weights(node: Node, layer: Conv2d, x: Shape, dead: int) -> Diagnostic:
    height, width = pair(layer.kernel_size)
    fixes = []
    if max(pair(layer.dilation)) > 1:
        fixes.append(Fix("Set dilation to 1", SetSharedParam(node.id, "dilation", 1)))
    else:
        fixes.append(_smaller(node, layer, x))
    return Diagnostic(
        "hint",
        "dead-weights",
        f"{node.name} slides {height} × {width} cells over maps of {x.height} × {x.width}: "
        f"{dead} of its {height * width} weights a channel meet only padding and never learn",
        node.id,
        "kernel_size",
        fixes=tuple(fixes),
    )


def _smaller(node: Node, layer: Conv2d, x: Shape) -> Fix:
    """The largest kernel whose weights all learn, with as much less padding on every side."""
    (high, above), (wide, left) = (_learning(axis) for axis in layer.windows(x))
    size: Size = high if high == wide else (high, wide)
    label = f"Set kernel_size to {shortest(size)}"
    shrink = SetSharedParam(node.id, "kernel_size", size)
    if isinstance(layer.padding, str):
        return Fix(label, shrink)
    padding: Size = above if above == left else (above, left)
    both = (shrink, SetSharedParam(node.id, "padding", padding))
    return Fix(f"{label}, padding to {shortest(padding)}", Several(shrink.label, both))


def _learning(axis: Window) -> tuple[int, int]:
    """The largest kernel of which all cells can lie on the map, and the padding that goes with it.

    One of more than 2n − 1 cells cannot at any stride; where the stride is wide, fewer can.
    """
    for kernel in range(min(axis.kernel, 2 * axis.n - 1), 1, -1):
        padding = max(0, axis.padding - (axis.kernel - kernel) // 2)
        smaller = replace(axis, kernel=kernel, padding=padding)
        if smaller.out > 0 and _alive(smaller) == kernel:
            return kernel, padding
    return 1, 0


def _beyond(scene: Scene, node: Node, facts: Facts, more: int) -> Diagnostic:
    x, image = facts.inputs[0], _image(scene)
    field = scene.facts[scene.feeding(node.id)[0].source].field
    assert x is not None and image is not None and field is not None
    height, width = (axis.size for axis in field)
    others = f", and so do {more} behind it" if more > 1 else ", and so does one behind it"
    return Diagnostic(
        "hint",
        "field-larger-than-image",
        f"{node.name} reads maps of {x.height} × {x.width}, each cell of which sees "
        f"{height} × {width} pixels of an image of {image.height} × {image.width}: its kernel "
        f"meets mostly padding{others if more else ''}; stride or pool less before it",
        node.id,
    )


RULES = (
    NodeRule(frozenset({"Conv2d", "MaxPool2d", "AvgPool2d"}), reads_every_cell, alone=True),
    GroupRule(frozenset({"Conv2d"}), has_dead_weights, reads_the_map),
)
