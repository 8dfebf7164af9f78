"""Nodes and edges as they stand in files: to plain values and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.core.decode import (
    DecodeError,
    decode,
    describe,
    expect_object,
    refuse_unknown_keys,
)
from designer.core.graph import Edge, Node, Point, spoken
from designer.core.layer import Layer
from designer.layers import CATALOGUE
from designer.storage.values import coordinates, paths, plain

NODE_KEYS = (
    "id",
    "layer",
    "params",
    "position",
    "label",
    "note",
    "weights_of",
    "frozen",
    "bypassed",
)
EDGE_KEYS = ("from", "to", "port", "output", "via")

NAMED = -1
"""The number of a port that the file gives by a name which no layer has."""

Row = dict[str, Any]


def node_to_row(node: Node) -> Row:
    """A node as an object of the file: all its parameters, and of the rest what is set.

    Every parameter is written, its default too: what a file means does not change with the
    program that reads it.
    """
    row: Row = {"id": node.id, "layer": node.layer.kind()}
    if params := plain(node.layer):
        row["params"] = params
    if node.position is not None:
        row["position"] = coordinates(node.position)
    for name in ("label", "note", "weights_of", "frozen", "bypassed"):
        value = getattr(node, name)
        if value or (name == "weights_of" and value is not None):  # an id can be empty
            row[name] = value
    return row


def node_from_row(value: object, place: str) -> Node:
    """Make a node of an object of the file; raises DecodeError.

    Any text is taken for an id: one that can be no name is a fault of the design, not of the file.
    """
    row = expect_object(value, place)
    node_id = _text(row, "id", place)
    place = f"{place} ({spoken(node_id)})"
    refuse_unknown_keys(row, NODE_KEYS, place)
    return Node(
        node_id,
        _layer(row, place),
        _optional(row, "position", Point | None, None, place),
        _optional(row, "label", str, "", place),
        _optional(row, "note", str, "", place),
        _optional(row, "weights_of", str | None, None, place),
        _optional(row, "frozen", bool, False, place),
        _optional(row, "bypassed", bool, False, place),
    )


def edge_to_row(edge: Edge, nodes: Mapping[str, Node]) -> Row:
    """An edge as an object of the file; port and output where there are several to choose from."""
    row: Row = {"from": edge.source, "to": edge.target}
    if edge.port or nodes[edge.target].layer.inputs != 1:
        row["port"] = edge.port if edge.port_name is None else edge.port_name
    if edge.output or nodes[edge.source].layer.output_count != 1:
        row["output"] = edge.output if edge.output_name is None else edge.output_name
    if edge.via:
        row["via"] = paths(edge.via)
    return row


def edge_from_row(
    value: object, place: str, nodes: Mapping[str, Node], ports: dict[str, set[int]]
) -> Edge:
    """Make an edge of an object of the file; raises DecodeError.

    An edge without a port takes the lowest one of its target that no edge before it feeds;
    `ports` has those that are fed so far. A port or output that is not there is kept as it is
    named: no layer names its ports, so that every name is one of these.
    """
    row = expect_object(value, place)
    refuse_unknown_keys(row, EDGE_KEYS, place)
    source, target = _text(row, "from", place), _text(row, "to", place)
    for key, end in (("from", source), ("to", target)):
        if end not in nodes:
            hint = _nearest(end, nodes)
            raise DecodeError(f"{place}.{key}", f"there is no node {describe(end)}{hint}")
    place = f"{place} ({spoken(source)} → {spoken(target)})"
    taken = ports.setdefault(target, set())
    if "port" in row:
        port, port_name = _index(row, "port", place)
    else:
        port, port_name = next(p for p in range(len(taken) + 1) if p not in taken), None
    taken.add(port)
    output, output_name = _index(row, "output", place)
    via = _optional(row, "via", tuple[Point, ...], (), place)
    return Edge(source, target, port, output, via, port_name, output_name)


def _layer(row: Mapping[str, object], place: str) -> Layer:
    kind = _text(row, "layer", place)
    if kind not in CATALOGUE:
        hint = _nearest(kind, CATALOGUE)
        raise DecodeError(f"{place}.layer", f"there is no layer {describe(kind)}{hint}")
    made: Layer = decode(CATALOGUE[kind], row.get("params", {}), f"{place}.params")
    return made


def _text(row: Mapping[str, object], key: str, place: str) -> str:
    if key not in row:
        raise DecodeError(place, f"the key '{key}' is missing")
    text: str = decode(str, row[key], f"{place}.{key}")
    return text


def _optional(row: Mapping[str, object], key: str, hint: Any, default: Any, place: str) -> Any:
    return decode(hint, row[key], f"{place}.{key}") if key in row else default


def _index(row: Mapping[str, object], key: str, place: str) -> tuple[int, str | None]:
    """The number of a port, or NAMED and its name; raises DecodeError."""
    value = row.get(key, 0)
    if isinstance(value, str):
        return NAMED, value
    if isinstance(value, bool) or not isinstance(value, int):
        raise DecodeError(
            f"{place}.{key}", f"must be an integer or a name; received {describe(value)}"
        )
    return value, None


def _nearest(name: str, known: Mapping[str, object]) -> str:
    import difflib  # 2 ms that no first paint waits for

    found = difflib.get_close_matches(name[:80], known, 1)
    return f"; is {found[0]} meant?" if found else ""
