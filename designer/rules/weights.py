"""Rules about shared weights."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core.design import Design
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import SetNode
from designer.core.graph import Node
from designer.core.rule import DesignRule, Scene


def shared_weights_fit(scene: Scene) -> Iterable[Diagnostic]:
    """Weights can be shared by nodes of the same layer, parameters and input shapes."""
    for node in scene.design.nodes.values():
        if node.weights_of is not None and (reason := _misfit(scene, node, node.weights_of)):
            stop = Fix(f"Give {node.id} its own weights", SetNode(node.id, "weights_of", None))
            yield Diagnostic(
                "error",
                "weights-do-not-fit",
                f"{node.id} uses the weights of {node.weights_of}, {reason}",
                node.id,
                fixes=(stop,),
            )


def _misfit(scene: Scene, node: Node, owner_id: str) -> str | None:
    design: Design = scene.design
    owner = design.nodes.get(owner_id)
    if owner is None:
        return "which is not there: choose a node of this net"
    if owner.weights_of is not None:
        return f"which itself uses those of {owner.weights_of}: name {owner.weights_of} instead"
    if owner is node:
        return "which is itself: choose another node"
    if owner.layer != node.layer:
        return "whose layer or parameters are others: make them equal"
    mine, theirs = scene.facts[node.id], scene.facts[owner_id]
    mine_x, theirs_x = (facts.inputs[0] if facts.inputs else None for facts in (mine, theirs))
    if mine_x and theirs_x and mine_x[0] != theirs_x[0]:
        return (
            f"but it receives {mine_x} and {owner_id} receives {theirs_x}: the depths must be equal"
        )
    return None


RULES = (DesignRule(shared_weights_fit),)
