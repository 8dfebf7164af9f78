"""Rules about the graph as a whole: where it begins, where it ends, what nobody reads."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import RemoveNodes
from designer.core.graph import Node
from designer.core.rule import DesignRule, Scene


def has_an_image(scene: Scene) -> Iterable[Diagnostic]:
    """A net begins at an Input."""
    if scene.design.nodes and not ends.images(scene.design.graph):
        yield Diagnostic(
            "error",
            "no-input",
            "this net has no Input, so no image can enter it: add an Input and connect it",
        )


def image_is_used(scene: Scene) -> Iterable[Diagnostic]:
    """An Input without a reader is the start of nothing."""
    for node in ends.images(scene.design.graph):
        if not scene.reading(node.id):
            yield Diagnostic(
                "error",
                "nothing-after-input",
                f"nothing reads {node.id}: connect it to the first layer of the net",
                node.id,
            )


def has_one_end(scene: Scene) -> Iterable[Diagnostic]:
    """Without Output marks exactly one node may be unread; with marks, none."""
    graph = scene.design.graph
    loose = [node for node in ends.unread(graph) if _is_connected(scene, node)]
    if graph.with_role("output"):
        for node in loose:
            yield Diagnostic(
                "warning",
                "unused-branch",
                f"nothing reads {node.id}, so no result depends on it and the net's text leaves "
                "it out: connect it, "
                "mark it by an Output, or delete it",
                node.id,
                fixes=(Fix(f"Delete {node.id}", RemoveNodes(frozenset({node.id}))),),
            )
    elif len(loose) > 1:
        names = ", ".join(node.id for node in loose[:-1]) + f" and {loose[-1].id}"
        yield Diagnostic(
            "error",
            "several-outputs",
            f"nobody reads {names}, so the net has {len(loose)} ends: connect all but one, "
            "or mark the results by Output nodes",
            loose[-1].id,
        )


def _is_connected(scene: Scene, node: Node) -> bool:
    """Whether something feeds the node; one that waits for its wires is told so already."""
    return node.layer.role != "image" and bool(scene.feeding(node.id))


RULES = (DesignRule(has_an_image), DesignRule(image_is_used), DesignRule(has_one_end))
