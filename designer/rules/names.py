"""Rules about ids."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import Rename
from designer.core.graph import Node, are_plain, id_fault
from designer.core.naming import illegal_id, legal_id
from designer.core.rule import DesignRule, Scene

FAULTS = {"ids-differ-in-case": "Two ids differ only in upper and lower case."}
"""What the codes of this file mean; the manual's page is made of it."""


def ids_are_names(scene: Scene) -> Iterable[Diagnostic]:
    """An id becomes the name of an attribute of the model."""
    nodes = scene.design.nodes
    if are_plain(nodes.keys()) or not any(map(id_fault, nodes)):
        return
    for node_id, node in nodes.items():
        if fault := id_fault(node_id):
            yield illegal_id(scene.design.graph, node, fault)


def ids_differ_by_more_than_case(scene: Scene) -> Iterable[Diagnostic]:
    """Conv1 and conv1 are two attributes in Python and one file name on half of all machines."""
    nodes = scene.design.nodes
    together = "".join(nodes)
    if together == together.lower() or len(set(map(str.lower, nodes))) == len(nodes):
        return
    seen: dict[str, Node] = {}
    for node_id, node in nodes.items():
        first = seen.setdefault(node_id.lower(), node)
        if first is not node:
            new = scene.design.graph.free_id(node_id.rstrip("0123456789") or "node")
            if id_fault(new):
                new = legal_id(scene.design.graph, node)
            yield Diagnostic(
                "warning",
                "ids-differ-in-case",
                f"{node.name} and {first.name} differ only in upper and lower case, which is "
                "easily misread: rename one of them",
                node_id,
                fixes=(Fix(f"Rename {node.name} to {new}", Rename(node_id, new)),),
            )


def _ids(scene: Scene) -> object:
    return scene.design.graph.ids


RULES = (DesignRule(ids_are_names, of=_ids), DesignRule(ids_differ_by_more_than_case, of=_ids))
