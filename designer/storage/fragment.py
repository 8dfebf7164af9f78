"""Part of a graph as text, for the clipboard: copied nodes with the edges between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from designer.core.decode import DecodeError, refuse_unknown_keys
from designer.core.graph import Edge, Graph, Node, id_fault
from designer.core.json_text import parse
from designer.storage.error import StorageError
from designer.storage.layout import layout
from designer.storage.migrations import VERSION
from designer.storage.nodes import edge_to_row, node_to_row
from designer.storage.project import graph_rows, present
from designer.storage.reading import LARGEST

FORMAT = "convnet-fragment"
KEYS = ("format", "version", "nodes", "edges")


def to_text(nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> str:
    """Write nodes as text, with those of the edges that have both ends among them."""
    by_id = {node.id: node for node in nodes}
    document = {
        "format": FORMAT,
        "version": VERSION,
        "nodes": [node_to_row(node) for node in by_id.values()],
        "edges": [
            edge_to_row(edge, by_id)
            for edge in edges
            if edge.source in by_id and edge.target in by_id
        ],
    }
    return layout(document)


def from_text(text: str) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Read nodes and edges back. Raises StorageError for any other text."""
    if len(text) > LARGEST:
        raise StorageError(None, "", "the copied text is too large to hold nodes")
    if not text.lstrip().startswith("{"):
        raise StorageError(None, "", "the copied text holds no nodes of a design")
    try:
        document = present(parse(text), FORMAT, "a copied part of a design")
        refuse_unknown_keys(document, KEYS, "")
        return graph_rows(document)
    except DecodeError as error:
        raise StorageError(None, error.place, error.reason) from None


def fresh(
    nodes: Iterable[Node], edges: Iterable[Edge], graph: Graph
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Give the nodes ids that are free in `graph`, and let edges and shared weights follow.

    A node whose id is free and legal keeps it; else it becomes the first free one of its stem: a
    second conv1 becomes conv2. Weights shared with a node in neither place are shared no more.
    """
    taken = {node_id.lower() for node_id in graph.nodes}
    names: dict[str, str] = {}
    given = tuple(nodes)
    for node in given:
        wanted = node.id if id_fault(node.id) is None else f"{node.layer.stem()}1"
        names[node.id] = _free(wanted, taken)
        taken.add(names[node.id].lower())
    renamed = tuple(
        replace(node, id=names[node.id], weights_of=_owner(node.weights_of, names, graph))
        for node in given
    )
    moved = (replace(e, source=names[e.source], target=names[e.target]) for e in edges)
    return renamed, tuple(moved)


def _free(node_id: str, taken: set[str]) -> str:
    if node_id.lower() not in taken:
        return node_id
    stem = re.sub(r"\d+$", "", node_id)
    number = 1
    while f"{stem}{number}".lower() in taken:
        number += 1
    return f"{stem}{number}"


def _owner(node_id: str | None, names: dict[str, str], graph: Graph) -> str | None:
    if node_id is None or node_id in names:
        return names[node_id] if node_id is not None else None
    return node_id if node_id in graph.nodes else None
