"""Rules about layers and settings that change nothing, or everything."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import RemoveNodes, SetParam
from designer.core.facts import Facts
from designer.core.graph import Node
from designer.core.layer import with_article
from designer.core.rule import NodeRule, Scene
from designer.core.shape import Shape
from designer.layers.dropout import Dropout, Dropout2d
from designer.layers.pooling import Pooling
from designer.layers.window import pair

FAULTS = {
    "does-nothing": "A layer gives back what it gets.",
    "no-effect-with-same": "A setting has no effect with padding same, which decides it itself.",
    "pool-on-one-cell": "A pooling gets maps of one cell, which have nothing to pool.",
    "dropout-drops-all": "A dropout silences everything while training.",
}
"""What the codes of this file mean; the manual's page is made of it."""


def _removal(node: Node, *, safe: bool) -> tuple[Fix, ...]:
    return (Fix(f"Remove {node.name}", RemoveNodes(frozenset({node.id})), safe=safe),)


def pools_something(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """A pooling needs several cells in its window, and several on the map."""
    layer, x = node.layer, facts.inputs[0]
    if not isinstance(layer, Pooling) or x is None or node.bypassed:
        return
    if layer.padding == "same":
        yield from _useless_with_same(node)
    if pair(layer.kernel_size) == (1, 1):
        if pair(layer.steps) == (1, 1) and facts.outputs == facts.inputs:
            yield _idle(scene, node, f"its window is one cell, so {x} stays {x}")
    elif x[1:] == (1, 1):
        yield Diagnostic(
            "hint",
            "pool-on-one-cell",
            f"{node.name} pools maps of 1 × 1, which have nothing to pool: remove it",
            node.id,
            fixes=_removal(node, safe=False),
        )


def _useless_with_same(node: Node) -> Iterable[Diagnostic]:
    """With SAME padding, ceil_mode and count_include_pad have no effect."""
    defaults = {p.name: p.default for p in node.layer.parameters()}
    for name in ("ceil_mode", "count_include_pad"):
        if name in defaults and getattr(node.layer, name) != defaults[name]:
            yield Diagnostic(
                "hint",
                "no-effect-with-same",
                f"{name} of {node.name} has no effect with padding same, which decides both itself",
                node.id,
                name,
                fixes=(Fix(f"Reset {name}", SetParam(node.id, name, defaults[name]), safe=True),),
            )


def _idle(scene: Scene, node: Node, reason: str) -> Diagnostic:
    edge = scene.feeding(node.id)[0]
    # the only layer of a net is not taken away unasked: nothing would be left behind the image
    is_all = not scene.reading(node.id) and scene.design.nodes[edge.source].layer.role == "image"
    return Diagnostic(
        "hint",
        "does-nothing",
        f"{node.name} is {with_article(node.layer.kind())} that changes nothing: {reason}",
        node.id,
        fixes=_removal(node, safe=not is_all),
    )


def changes_something(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """A layer that only orders or resizes what it gets should order or resize it."""
    x = facts.inputs[0] if facts.inputs else None
    if x is None or node.bypassed or facts.outputs != (x,):
        return
    reason = _reason(
        node.layer.kind(), x, dict(zip(node.layer.names, node.layer.values, strict=True))
    )
    if reason:
        yield _idle(scene, node, reason)


def _reason(kind: str, x: Shape, values: dict[str, object]) -> str:
    """Why a layer of this kind and these parameters gives back what it gets; empty: it does not."""
    if kind == "Flatten" and len(x) == 1:
        return f"{x} values are a vector already"
    if kind == "ZeroPad2d" and values["padding"] in (0, (0, 0, 0, 0)):
        return "its border is 0 cells wide"
    if kind == "ChannelShuffle" and values["groups"] in (1, x[0]):
        return f"{values['groups']} groups of {x[0]} channels stay in their order"
    if kind == "PixelShuffle" and values["upscale_factor"] == 1:
        return "its factor is 1"
    if kind == "Slice":
        return f"it passes all {x[0]} channels"
    if kind == "Permute" and values["dims"] == tuple(range(len(x) + 1)):
        return "its order is the one that is there"
    return ""


def dropout_drops_some(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """A share of 0 drops nothing, and one of 1 everything."""
    layer = node.layer
    if not isinstance(layer, (Dropout, Dropout2d)) or 0 < layer.p < 1 or node.bypassed:
        return
    if layer.p == 0:
        yield _idle(scene, node, "its share is 0")
        return
    yield Diagnostic(
        "warning",
        "dropout-drops-all",
        f"{node.name} has p = 1, so while training it sets all of {facts.inputs[0]} to 0 and "
        "nothing before it learns: lower p",
        node.id,
        "p",
        fixes=(Fix("Set p to 0.5", SetParam(node.id, "p", 0.5)),),
    )


RULES = (
    NodeRule(frozenset({"MaxPool2d", "AvgPool2d"}), pools_something, alone=True),
    NodeRule(
        frozenset({"Flatten", "ZeroPad2d", "ChannelShuffle", "PixelShuffle", "Slice", "Permute"}),
        changes_something,
        alone=True,
    ),
    NodeRule(frozenset({"Dropout", "Dropout2d"}), dropout_drops_some, alone=True),
)
