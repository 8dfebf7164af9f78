"""Rules about ids."""

from __future__ import annotations

from collections.abc import Iterable

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import Rename
from designer.core.rule import DesignRule, Scene


def ids_differ_by_more_than_case(scene: Scene) -> Iterable[Diagnostic]:
    """Conv1 and conv1 are two attributes in Python and one file name on half of all machines."""
    nodes = scene.design.nodes
    if len(set(map(str.lower, nodes))) == len(nodes):
        return
    seen: dict[str, str] = {}
    for node_id in scene.design.nodes:
        first = seen.setdefault(node_id.lower(), node_id)
        if first != node_id:
            new = scene.design.graph.free_id(node_id.rstrip("0123456789") or "node")
            yield Diagnostic(
                "warning",
                "ids-differ-in-case",
                f"{node_id} and {first} differ only in upper and lower case, which is easily "
                "misread: rename one of them",
                node_id,
                fixes=(Fix(f"Rename {node_id} to {new}", Rename(node_id, new)),),
            )


RULES = (DesignRule(ids_differ_by_more_than_case),)
