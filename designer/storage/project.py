"""The project file: a design as JSON text, format version 1, and back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from designer.core.data import DataSettings
from designer.core.decode import DecodeError, decode, describe, expect_object, refuse_unknown_keys
from designer.core.design import Design, Frame
from designer.core.graph import Edge, Graph, Node
from designer.core.json_text import parse
from designer.core.training import TrainingSettings
from designer.storage.error import StorageError
from designer.storage.layout import layout
from designer.storage.migrations import VERSION, migrate
from designer.storage.nodes import edge_from_row, edge_to_row, node_from_row, node_to_row
from designer.storage.reading import Source, name_of, read_text
from designer.storage.values import coordinates, plain
from designer.storage.writing import write_text

FORMAT = "convnet-design"
SUFFIX = ".convnet"

KEYS = ("format", "version", "name", "nodes", "edges", "blocks", "frames", "data", "training")


def load(source: Source) -> Design:
    """Read a project file. Raises StorageError where it cannot be used; executes nothing."""
    return from_text(read_text(source), name_of(source))


def save(design: Design, path: str | os.PathLike[str]) -> None:
    """Write a project file, whole or not at all. Raises StorageError where that is not possible."""
    try:
        text = to_text(design)
    except ValueError as error:
        raise StorageError(path, "", f"the design cannot be written: {error}") from None
    write_text(path, text)


def to_text(design: Design) -> str:
    """Write a design as the text of a project file, with keys and nodes in a stable order.

    Raises ValueError where the design holds a number that is not finite.
    """
    document: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "name": design.name,
        "nodes": [node_to_row(node) for node in design.nodes.values()],
        "edges": [edge_to_row(edge, design.nodes) for edge in design.edges],
    }
    if design.frames:
        document["frames"] = [frame_to_row(frame) for frame in design.frames]
    document["data"] = plain(design.data)
    document["training"] = plain(design.training)
    return layout(document)


def from_text(text: str, path: str | None = None) -> Design:
    """Make a design of the text of a project file; `path` is what a refusal names.

    Raises StorageError for whatever the format does not allow. A design that is merely wrong (a
    stride of 0, a cycle, a port fed twice) is made, and the analysis says what is wrong.
    """
    try:
        return _design(present(parse(text), FORMAT, "a project"))
    except DecodeError as error:
        raise StorageError(path, error.place, error.reason) from None


def graph_rows(document: Mapping[str, object]) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Make the nodes and edges of a document; raises DecodeError."""
    nodes: dict[str, Node] = {}
    for i, row in enumerate(rows(document, "nodes")):
        node = node_from_row(row, f"nodes[{i}]")
        if node.id in nodes:
            raise DecodeError(f"nodes[{i}]", f"the id {describe(node.id)} is given twice")
        nodes[node.id] = node
    ports: dict[str, set[int]] = {}
    edges = [
        edge_from_row(row, f"edges[{i}]", nodes, ports)
        for i, row in enumerate(rows(document, "edges"))
    ]
    return tuple(nodes.values()), tuple(edges)


def present(value: object, format_name: str, what: str) -> Mapping[str, object]:
    """Check format and version, and bring an older document into the present version."""
    document = expect_object(value, "")
    if document.get("format") != format_name:
        found = f"its format is {describe(document['format'])}" if "format" in document else ""
        reason = f"this is not {what} of Convnet Designer: {found or 'it names no format'}"
        raise DecodeError("format", f'{reason}, not "{format_name}"')
    if "version" not in document:
        raise DecodeError("", "the key 'version' is missing")
    version: int = decode(int, document["version"], "version")
    if version > VERSION:
        reason = (
            f"it has version {version} of the format, and this program reads up to version "
            f"{VERSION}: open it with a newer Convnet Designer"
        )
        raise DecodeError("version", reason)
    if version < 1:
        raise DecodeError("version", f"versions begin with 1; received {version}")
    return migrate(dict(document), version)


def _design(document: Mapping[str, object]) -> Design:
    refuse_unknown_keys(document, KEYS, "")
    nodes, edges = graph_rows(document)
    if rows(document, "blocks"):
        reason = (
            "this version of Convnet Designer has no blocks of one's own yet: it reads files "
            "whose list of blocks is empty"
        )
        raise DecodeError("blocks", reason)
    return Design(
        name=decode(str, document.get("name", Design.name), "name"),
        graph=Graph.of(nodes, edges),
        frames=tuple(
            decode(Frame, row, f"frames[{i}]") for i, row in enumerate(rows(document, "frames"))
        ),
        data=decode(DataSettings, document.get("data", {}), "data"),
        training=decode(TrainingSettings, document.get("training", {}), "training"),
    )


def rows(document: Mapping[str, object], key: str) -> list[object]:
    """The list under a key, empty where there is none; raises DecodeError."""
    value = document.get(key, [])
    if not isinstance(value, list):
        raise DecodeError(key, f"must be a list; received {describe(value)}")
    return value


def frame_to_row(frame: Frame) -> dict[str, Any]:
    """A frame as an object of the file: its title, and of the rest what is set."""
    row: dict[str, Any] = plain(frame)
    row["position"] = coordinates(frame.position)
    row["size"] = coordinates(frame.size)
    return {key: value for key, value in row.items() if value or key == "title"}
