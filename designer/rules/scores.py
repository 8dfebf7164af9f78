"""Rules about the end of the net: training takes plain scores from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import RemoveNodes
from designer.core.graph import Node
from designer.core.layer import with_article
from designer.core.rule import DesignRule, Scene
from designer.layers.activations import Activation

FAULTS = {
    "softmax-before-loss": "A softmax stands before a loss that applies softmax itself.",
    "activation-on-scores": "An activation cuts or bends the scores that the loss takes.",
    "dropout-on-scores": "A dropout silences scores of the result.",
}
"""What the codes of this file mean; the manual's page is made of it."""

UNCHANGED = frozenset({"Output", "Identity", "Flatten"})
"""Layers behind which the same numbers stand."""


def scores_are_plain(scene: Scene) -> Iterable[Diagnostic]:
    """Cross-entropy takes scores of any sign and size, and applies softmax itself.

    It looks at the first result only; what the others give is nobody's loss.
    """
    for end in ends.outputs(scene.design.graph)[:1]:
        facts = scene.facts[end.id]
        if facts.output is None or len(facts.output) != 1:
            continue
        for node in _last_layers(scene, end):
            kind = node.layer.kind()
            if kind in ("Softmax", "LogSoftmax"):
                # what reads the shares beside the loss would get the plain scores
                yield _softmax(node, safe=len(scene.reading(node.id)) < 2)
            elif isinstance(node.layer, Activation):
                yield _activation(node)
            elif kind in ("Dropout", "Dropout2d"):
                yield _dropout(node)


def _last_layers(scene: Scene, node: Node) -> Iterator[Node]:
    """The layer that the result comes from; nothing where it is one of several inputs."""
    nodes = scene.design.nodes
    seen: set[str] = set()
    while node.layer.kind() in UNCHANGED or node.bypassed:
        edges = scene.feeding(node.id)
        if len(edges) != 1 or node.id in seen:
            return
        seen.add(node.id)
        node = nodes[edges[0].source]
    yield node


def _removal(node: Node, *, safe: bool) -> tuple[Fix, ...]:
    return (Fix(f"Remove {node.name}", RemoveNodes(frozenset({node.id})), safe=safe),)


def _softmax(node: Node, *, safe: bool) -> Diagnostic:
    return Diagnostic(
        "warning",
        "softmax-before-loss",
        f"{node.name} is {with_article(node.layer.kind())} at the end, but training uses "
        "cross-entropy, which takes plain scores and applies softmax itself: remove it",
        node.id,
        fixes=_removal(node, safe=safe),
    )


def _activation(node: Node) -> Diagnostic:
    return Diagnostic(
        "warning",
        "activation-on-scores",
        f"{node.name} is {with_article(node.layer.kind())} at the end, but training uses "
        "cross-entropy, which takes plain scores of any sign and size: remove it",
        node.id,
        fixes=_removal(node, safe=False),
    )


def _dropout(node: Node) -> Diagnostic:
    return Diagnostic(
        "warning",
        "dropout-on-scores",
        f"{node.name} is {with_article(node.layer.kind())} at the end: while training it sets the "
        "scores of random classes to 0, the right one's too, so put it before the last layer",
        node.id,
        fixes=_removal(node, safe=False),
    )


RULES = (DesignRule(scores_are_plain),)
