"""Part of a design as text, for the clipboard: nodes, wires, and the frames around them."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from designer.core.decode import DecodeError, decode, expect_object, refuse_unknown_keys
from designer.core.design import Frame
from designer.core.graph import Edge, Graph, Node, id_fault
from designer.core.json_text import parse
from designer.storage.error import StorageError
from designer.storage.layout import layout
from designer.storage.migrations import VERSION
from designer.storage.nodes import edge_from_row, edge_to_row, node_to_row
from designer.storage.project import FORMAT as PROJECT
from designer.storage.project import frame_to_row, graph_rows, present, rows

FORMAT = "convnet-fragment"
A_PROJECT = "the copied text is a whole project, not a part of one: open it as a file"
KEYS = ("format", "version", "nodes", "edges", "inputs", "frames")
LARGEST = 4 * 1024 * 1024
"""Characters: some fifteen thousand nodes. Longer text would keep whoever pastes it waiting."""


class Fragment(NamedTuple):
    """Nodes with the edges between them.

    `inputs` are the edges into them from nodes that are not among them, and `frames` what stands
    around them.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    inputs: tuple[Edge, ...] = ()
    frames: tuple[Frame, ...] = ()


def cut_out(
    design_nodes: Mapping[str, Node], ids: Iterable[str], edges: Iterable[Edge]
) -> Fragment:
    """Some nodes of a design with the edges between them and into them."""
    nodes = {node_id: design_nodes[node_id] for node_id in ids}
    into = [edge for edge in edges if edge.target in nodes]
    return Fragment(
        tuple(nodes.values()),
        tuple(edge for edge in into if edge.source in nodes),
        # from elsewhere the wire will come another way: its points stay with the old one
        tuple(replace(edge, via=()) for edge in into if edge.source not in nodes),
    )


def to_text(fragment: Fragment) -> str:
    """Write a fragment as text."""
    by_id = {node.id: node for node in fragment.nodes}
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "nodes": [node_to_row(node) for node in by_id.values()],
        "edges": [edge_to_row(edge, by_id) for edge in fragment.edges],
    }
    if fragment.inputs:
        document["inputs"] = [_input_row(edge) for edge in fragment.inputs]
    if fragment.frames:
        document["frames"] = [frame_to_row(frame) for frame in fragment.frames]
    return layout(document)


def from_text(text: str) -> Fragment:
    """Read a fragment back. Raises StorageError for any other text."""
    if len(text) > LARGEST:
        raise StorageError(None, "", "the copied text is too large to hold nodes")
    if FORMAT not in text:  # told at once, however long it is
        is_project = f'"{PROJECT}"' in text
        raise StorageError(None, "", A_PROJECT if is_project else "the copied text holds no nodes")
    try:
        document = present(parse(text), FORMAT, "a copied part of a design")
        refuse_unknown_keys(document, KEYS, "")
        nodes, edges = graph_rows(document)
        by_id: dict[str, Any] = {node.id: node for node in nodes}
        inputs = tuple(
            _input(row, f"inputs[{i}]", by_id) for i, row in enumerate(rows(document, "inputs"))
        )
        frames = tuple(
            decode(Frame, row, f"frames[{i}]") for i, row in enumerate(rows(document, "frames"))
        )
    except DecodeError as error:
        raise StorageError(None, error.place, error.reason) from None
    return Fragment(nodes, edges, inputs, frames)


def fresh(fragment: Fragment, graph: Graph) -> Fragment:
    """Give the nodes ids that are free in `graph`, and let all that names them follow.

    A node whose id is free and legal keeps it; else it becomes the first free one of its stem: a
    second conv1 becomes conv2. Weights shared with a node in neither place are shared no more,
    and of the inputs those are left that come from outputs which `graph` has.
    """
    taken = {node_id.lower() for node_id in graph.nodes}
    names: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for node in fragment.nodes:
        wanted = node.id if id_fault(node.id) is None else f"{node.layer.stem()}1"
        names[node.id] = _free(wanted, taken, numbers)
        taken.add(names[node.id].lower())
    return Fragment(
        tuple(
            replace(node, id=names[node.id], weights_of=_owner(node.weights_of, names, graph))
            for node in fragment.nodes
        ),
        tuple(
            replace(edge, source=names[edge.source], target=names[edge.target])
            for edge in fragment.edges
        ),
        tuple(
            replace(edge, target=names[edge.target])
            for edge in fragment.inputs
            if edge.source in graph.nodes
            and 0 <= edge.output < graph.nodes[edge.source].layer.output_count
        ),
        tuple(
            replace(frame, nodes=tuple(names[n] for n in frame.nodes if n in names))
            for frame in fragment.frames
        ),
    )


def _input_row(edge: Edge) -> dict[str, Any]:
    """An edge from elsewhere: as its source is not there, port and output are always written."""
    return {"from": edge.source, "to": edge.target, "port": edge.port, "output": edge.output}


def _input(row: object, place: str, nodes: dict[str, Any]) -> Edge:
    """An edge whose source may be any name."""
    source = expect_object(row, place).get("from")
    elsewhere: dict[str, Any] = {source: None} if isinstance(source, str) else {}
    return edge_from_row(row, place, ChainMap(elsewhere, nodes), {})


def _free(node_id: str, taken: set[str], numbers: dict[str, int]) -> str:
    """The id, or the first free one of its stem; `numbers` has the last one of each that was."""
    if node_id.lower() not in taken:
        return node_id
    stem = re.sub(r"\d+$", "", node_id)
    number = numbers.get(stem, 1)
    while f"{stem}{number}".lower() in taken:
        number += 1
    numbers[stem] = number
    return f"{stem}{number}"


def _owner(node_id: str | None, names: dict[str, str], graph: Graph) -> str | None:
    if node_id is None or node_id in names:
        return names[node_id] if node_id is not None else None
    return node_id if node_id in graph.nodes else None
