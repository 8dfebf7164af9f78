"""Rules about what works but hardly can be meant."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import RemoveNodes, SetParam
from designer.core.facts import Facts
from designer.core.faults import with_article
from designer.core.graph import Node
from designer.core.rule import NodeRule, Scene
from designer.layers import CATALOGUE
from designer.layers.activations import Activation
from designer.layers.conv2d import Convolution
from designer.layers.window import pair


def softmax_before_the_loss(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """Cross-entropy takes scores: a softmax before it flattens the gradient."""
    end = ends.outputs(scene.design.graph)
    readers = {edge.target for edge in scene.reading(node.id)}
    if not node.bypassed and any(node is e or e.id in readers for e in end):
        yield Diagnostic(
            "warning",
            "softmax-before-loss",
            f"{node.id} is {with_article(node.layer.kind())} at the end, but training uses "
            "cross-entropy, which takes plain scores and applies softmax itself: remove it",
            node.id,
            fixes=(Fix(f"Remove {node.id}", RemoveNodes(frozenset({node.id})), safe=True),),
        )


def activation_twice(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """The same activation directly after itself."""
    for edge in scene.feeding(node.id):
        before = scene.design.nodes[edge.source]
        if before.layer == node.layer and not (before.bypassed or node.bypassed):
            again = "changes nothing more" if node.layer.kind() == "ReLU" else "is rarely meant"
            yield Diagnostic(
                "hint",
                "activation-twice",
                f"{node.id} is {with_article(node.layer.kind())} directly after {before.id}, "
                f"which is one too: the second {again}",
                node.id,
                fixes=(Fix(f"Remove {node.id}", RemoveNodes(frozenset({node.id}))),),
            )


def bias_before_norm(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """Batch normalisation subtracts the mean, and with it any bias before it."""
    for edge in scene.feeding(node.id):
        before = scene.design.nodes[edge.source]
        only_reader = len(scene.reading(before.id)) == 1
        if isinstance(before.layer, Convolution) and before.layer.bias and only_reader:
            yield Diagnostic(
                "hint",
                "bias-before-norm",
                f"{before.id} learns a bias that {node.id} subtracts again: turn it off",
                before.id,
                "bias",
                fixes=(Fix(f"Turn off the bias of {before.id}", _no_bias(before), safe=True),),
            )


def _no_bias(node: Node) -> SetParam:
    return SetParam(node.id, "bias", False)


def same_makes_useless(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """With SAME padding, ceil_mode and count_include_pad have no effect."""
    if getattr(node.layer, "padding", None) != "same":
        return
    defaults = {p.name: p.default for p in node.layer.parameters()}
    for name in ("ceil_mode", "count_include_pad"):
        if name in defaults and getattr(node.layer, name) != defaults[name]:
            yield Diagnostic(
                "hint",
                "no-effect-with-same",
                f"{name} of {node.id} has no effect with padding same, which decides both itself",
                node.id,
                name,
                fixes=(Fix(f"Reset {name}", SetParam(node.id, name, defaults[name]), safe=True),),
            )


def pool_on_one_cell(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """Pooling a 1 × 1 map."""
    x = facts.inputs[0] if facts.inputs else None
    if x is not None and x[1:] == (1, 1) and pair(getattr(node.layer, "kernel_size", 1)) != (1, 1):
        yield Diagnostic(
            "hint",
            "pool-on-one-cell",
            f"{node.id} pools maps of 1 × 1, which have nothing to pool: remove it",
            node.id,
            fixes=(Fix(f"Remove {node.id}", RemoveNodes(frozenset({node.id}))),),
        )


_ACTIVATIONS = frozenset(k for k, v in CATALOGUE.items() if issubclass(v, Activation))

RULES = (
    NodeRule(frozenset({"Softmax", "LogSoftmax"}), softmax_before_the_loss),
    NodeRule(_ACTIVATIONS, activation_twice),
    NodeRule(frozenset({"BatchNorm2d"}), bias_before_norm),
    NodeRule(frozenset({"MaxPool2d", "AvgPool2d"}), same_makes_useless),
    NodeRule(frozenset({"MaxPool2d", "AvgPool2d"}), pool_on_one_cell),
)
