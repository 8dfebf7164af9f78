"""Rules about layers that stand directly behind each other."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import InsertLayer, InsertOnEdge, RemoveNodes, SetParam, Several
from designer.core.facts import Facts
from designer.core.graph import Edge, Node
from designer.core.layer import Layer, with_article
from designer.core.rule import NodeRule, Scene
from designer.layers import CATALOGUE
from designer.layers.activations import Activation, ReLU
from designer.layers.conv2d import Convolution
from designer.layers.linear import Linear

FAULTS = {
    "activation-twice": "An activation stands directly behind one that leaves it nothing to do.",
    "no-nonlinearity": "Two linear layers stand behind each other with no activation between.",
    "bias-before-norm": "A bias stands before a normalisation that subtracts it again.",
    "norm-twice": "A normalisation stands directly behind another one.",
    "dropout-before-norm": "Dropout changes the variance that the normalisation behind it keeps.",
}
"""What the codes of this file mean; the manual's page is made of it."""

NEVER_NEGATIVE = frozenset(
    {"ReLU", "ReLU6", "Sigmoid", "Hardsigmoid", "Softplus", "Softmax"},
)
"""Layers behind which a ReLU changes nothing."""

PASSED = frozenset({"Flatten", "Dropout", "Dropout2d", "Identity"})
"""Layers that leave two linear ones around them one linear function."""


def activation_twice(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """An activation directly after one that leaves it nothing to do, or after the same."""
    for edge in scene.feeding(node.id):
        before = scene.design.nodes[edge.source]
        layer = before.layer
        kind = node.layer.kind()
        idle = kind == "ReLU" and layer.kind() in NEVER_NEGATIVE
        if not idle and layer != node.layer:
            continue
        if before.bypassed or node.bypassed:
            continue
        again = "changes nothing more" if idle else "is rarely meant"
        too = ", which is one too" if layer.kind() == kind else f", {with_article(layer.kind())}"
        yield Diagnostic(
            "hint",
            "activation-twice",
            f"{node.name} is {with_article(kind)} directly after {before.name}{too}: "
            f"the second {again}",
            node.id,
            fixes=(Fix(f"Remove {node.name}", RemoveNodes(frozenset({node.id})), safe=idle),),
        )


def linear_twice(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """Two linear functions in a row are one; grouped and depthwise ones are split on purpose."""
    if not _mixes_all(node):
        return
    nodes = scene.design.nodes
    edges = scene.feeding(node.id)
    last = edges[0]
    before = nodes[last.source]
    while before.layer.kind() in PASSED and (further := scene.feeding(before.id)):
        before = nodes[further[0].source]
    if not _mixes_all(before) or len(scene.reading(before.id)) != 1:
        return
    yield Diagnostic(
        "hint",
        "no-nonlinearity",
        f"{node.name} ({node.layer.kind()}) follows {before.name} ({before.layer.kind()}) with no "
        "activation between: two linear layers in a row can compute no more than one, so put "
        "an activation between them",
        node.id,
        fixes=(Fix("Insert a ReLU", InsertLayer(_behind(scene, before), ReLU())),),
    )


def _mixes_all(node: Node) -> bool:
    """Whether a node is a linear function of all its channels, alone and not by shared weights."""
    layer = node.layer
    if node.bypassed or node.weights_of is not None:
        return False
    return isinstance(layer, Linear) or (isinstance(layer, Convolution) and layer.groups == 1)


def _behind(scene: Scene, node: Node) -> Edge:
    return scene.reading(node.id)[0]


def before_norm(scene: Scene, node: Node, facts: Facts) -> Iterable[Diagnostic]:
    """What stands directly before a normalisation: a bias, a dropout, another normalisation."""
    edges = scene.feeding(node.id)
    # frozen, it takes the running mean, which subtracts no bias and measures no dropout
    if len(edges) != 1 or node.bypassed or node.frozen:
        return
    before = scene.design.nodes[edges[0].source]
    layer = before.layer
    if before.bypassed or len(scene.reading(before.id)) != 1:
        return
    if isinstance(layer, Convolution):
        is_used_elsewhere = before.weights_of is not None or before.id in scene.lenders
        if layer.bias and not is_used_elsewhere:
            yield _useless_bias(before, node)
    elif layer.kind() == node.layer.kind():
        yield Diagnostic(
            "hint",
            "norm-twice",
            f"{node.name} normalises what {before.name} has normalised already: remove one",
            node.id,
            fixes=(Fix(f"Remove {node.name}", RemoveNodes(frozenset({node.id}))),),
        )
    elif layer.kind() in ("Dropout", "Dropout2d"):
        yield _dropout_first(scene, before, node)


def _useless_bias(before: Node, node: Node) -> Diagnostic:
    fix = Fix(f"Turn off the bias of {before.name}", SetParam(before.id, "bias", False), safe=True)
    return Diagnostic(
        "hint",
        "bias-before-norm",
        f"{before.name} learns a bias that {node.name} subtracts again: turn it off",
        before.id,
        "bias",
        fixes=(fix,),
    )


def _dropout_first(scene: Scene, dropout: Node, node: Node) -> Diagnostic:
    out = RemoveNodes(frozenset({dropout.id}))
    fixes = [Fix(f"Remove {dropout.name}", out)]
    readers = scene.reading(node.id)
    if len(readers) == 1:
        label = f"move {dropout.name} behind {node.name}"
        moved = Several(label, (out, InsertOnEdge(readers[0], _unplaced(dropout))))
        fixes.insert(0, Fix(label[0].upper() + label[1:], moved))
    return Diagnostic(
        "hint",
        "dropout-before-norm",
        f"{dropout.name} is {with_article(dropout.layer.kind())} directly before {node.name}: it "
        "changes the variance that the normalisation measures while training, but not in use, so "
        "put it behind",
        dropout.id,
        fixes=tuple(fixes),
    )


def _unplaced(node: Node) -> Node:
    """The node as it can be put elsewhere."""
    return Node(node.id, node.layer, None, node.label, node.note)


def _kinds(base: type[Layer]) -> frozenset[str]:
    return frozenset(name for name, kind in CATALOGUE.items() if issubclass(kind, base))


_ACTIVATIONS, _CONVOLUTIONS = _kinds(Activation), _kinds(Convolution)
_MIXING = _CONVOLUTIONS | {"Linear"}

RULES = (
    NodeRule(_ACTIVATIONS, activation_twice, after=_ACTIVATIONS | NEVER_NEGATIVE),
    NodeRule(_MIXING, linear_twice, after=_MIXING, through=PASSED),
    NodeRule(
        frozenset({"BatchNorm2d"}),
        before_norm,
        after=_CONVOLUTIONS | {"BatchNorm2d", "Dropout", "Dropout2d"},
    ),
)
