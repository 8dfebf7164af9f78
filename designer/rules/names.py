"""Rules about ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import Rename
from designer.core.graph import LONGEST_ID, Graph, Node, id_fault
from designer.core.rule import DesignRule, Scene

FAULTS = {
    "illegal-id": "An id cannot be the name of an attribute in Python.",
    "ids-differ-in-case": "Two ids differ only in upper and lower case.",
}
"""What the codes of this file mean; the manual's page is made of it."""


def ids_are_names(scene: Scene) -> Iterable[Diagnostic]:
    """An id becomes the name of an attribute of the model."""
    nodes = scene.design.nodes
    if not any(map(id_fault, nodes)):
        return
    for node_id, node in nodes.items():
        if fault := id_fault(node_id):
            new = legal_id(scene.design.graph, node)
            yield Diagnostic(
                "error",
                "illegal-id",
                f"{node.name} cannot be the id of a node: {fault}",
                node_id,
                fixes=(Fix(f"Rename it to {new}", Rename(node_id, new), safe=True),),
            )


def legal_id(graph: Graph, node: Node) -> str:
    """The free id that comes nearest to an illegal one."""
    plain = unicodedata.normalize("NFKC", node.id[: 2 * LONGEST_ID])
    words = re.sub(r"\W+", "_", plain).lstrip("_0123456789").rstrip("_")[: LONGEST_ID - 8]
    if words and id_fault(words) is None and not _is_taken(graph, words):
        return words
    stem = words.rstrip("0123456789")
    return graph.free_id(stem if stem and id_fault(f"{stem}1") is None else node.layer.stem())


def _is_taken(graph: Graph, node_id: str) -> bool:
    return node_id.lower() in {other.lower() for other in graph.nodes}


def ids_differ_by_more_than_case(scene: Scene) -> Iterable[Diagnostic]:
    """Conv1 and conv1 are two attributes in Python and one file name on half of all machines."""
    nodes = scene.design.nodes
    if len(set(map(str.lower, nodes))) == len(nodes):
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


RULES = (DesignRule(ids_are_names), DesignRule(ids_differ_by_more_than_case))
