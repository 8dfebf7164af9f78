"""Rules about weights: those that are shared, and whether there are any to learn."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core import ends
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import SetNode, Several
from designer.core.graph import Node, spoken
from designer.core.layer import with_article
from designer.core.rule import DesignRule, Scene

FAULTS = {
    "weights-do-not-fit": "A node uses the weights of one that it cannot share them with.",
    "nothing-to-train": "The net has no weights that training could change.",
}
"""What the codes of this file mean; the manual's page is made of it."""


def shared_weights_fit(scene: Scene) -> Iterable[Diagnostic]:
    """Weights can be shared by nodes of the same layer, parameters and input shapes."""
    for node in scene.design.graph.sharing:
        if node.weights_of is not None and (reason := _misfit(scene, node, node.weights_of)):
            stop = Fix(f"Give {node.name} its own weights", SetNode(node.id, "weights_of", None))
            yield Diagnostic(
                "error",
                "weights-do-not-fit",
                f"{node.name} uses the weights of {spoken(node.weights_of)}, {reason}",
                node.id,
                fixes=(stop,),
            )


def _misfit(scene: Scene, node: Node, owner_id: str) -> str | None:
    design: Design = scene.design
    owner = design.nodes.get(owner_id)
    if owner is None:
        return "which is not there: choose a node of this net"
    if owner is node:
        return "which is itself: choose another node"
    if owner.weights_of is not None:
        other = spoken(owner.weights_of)
        return f"which itself uses those of {other}: name {other} instead"
    if owner.layer != node.layer:
        return "whose layer or parameters are others: make them equal"
    mine, theirs = scene.facts[node.id], scene.facts[owner_id]
    mine_x, theirs_x = (facts.inputs[0] if facts.inputs else None for facts in (mine, theirs))
    if not (mine_x and theirs_x):
        return None
    received = f"but it receives {mine_x} and {owner.name} receives {theirs_x}"
    if mine_x[0] != theirs_x[0]:
        return f"{received}: the depths must be equal"
    known = mine.outputs is not None and theirs.outputs is not None
    if known and node.layer.module(mine_x) != owner.layer.module(theirs_x):
        kind = with_article(node.layer.kind())
        return f"{received}: the weights of {kind} over these have other shapes"
    return None


def something_is_learned(scene: Scene) -> Iterable[Diagnostic]:
    """Training follows the gradient of weights that are not frozen."""
    nodes, facts = scene.design.nodes, scene.facts
    for node in nodes.values():
        if facts[node.id].outputs is None or (facts[node.id].parameters and not node.frozen):
            return
    last = ends.outputs(scene.design.graph)
    if not last or last[0].layer.role == "image":
        return
    held = [node for node in nodes.values() if facts[node.id].parameters]
    if held:
        free = tuple(SetNode(node.id, "frozen", False) for node in held)
        yield Diagnostic(
            "warning",
            "nothing-to-train",
            f"{held[-1].name} is frozen, and so is every node that has weights: training could "
            "change nothing, so free at least the last one",
            held[-1].id,
            fixes=(
                Fix(f"Train {held[-1].name}", free[-1]),
                *((Fix("Train all", Several("train all", free)),) if len(held) > 1 else ()),
            ),
        )
    else:
        yield Diagnostic(
            "hint",
            "nothing-to-train",
            f"no layer before {last[0].name} has weights, so there is nothing to learn: add a "
            "convolution or a Linear",
            last[0].id,
        )


RULES = (DesignRule(shared_weights_fit), DesignRule(something_is_learned))
