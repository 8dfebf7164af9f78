"""An id that cannot be a name in Python, and the nearest one that can."""

from __future__ import annotations

import re
import unicodedata

from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import Rename
from designer.core.graph import LONGEST_ID, Graph, Node, id_fault

FAULTS = {"illegal-id": "An id cannot be the name of an attribute in Python."}
"""What the codes of this file mean; the manual's page is made of it."""


def illegal_id(graph: Graph, node: Node, fault: str) -> Diagnostic:
    """An id comes into generated text as a name, so one that is no name is an error."""
    new = legal_id(graph, node)
    return Diagnostic(
        "error",
        "illegal-id",
        f"{node.name} cannot be the id of a node: {fault}",
        node.id,
        fixes=(Fix(f"Rename it to {new}", Rename(node.id, new), safe=True),),
    )


def legal_id(graph: Graph, node: Node) -> str:
    """The free id that comes nearest to an illegal one."""
    plain = unicodedata.normalize("NFKC", node.id[: 2 * LONGEST_ID])
    words = re.sub(r"[\W_]+", "_", plain).lstrip("_0123456789").rstrip("_")[: LONGEST_ID - 8]
    if words and id_fault(words) is None and not _is_taken(graph, words):
        return words
    stem = words.rstrip("0123456789")
    return graph.free_id(stem if stem and id_fault(f"{stem}1") is None else node.layer.stem())


def _is_taken(graph: Graph, node_id: str) -> bool:
    return node_id.lower() in {other.lower() for other in graph.nodes}
