"""Nodes and edges as they stand in files: to plain values and back."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from designer.core.decode import (
    DecodeError,
    decode,
    describe,
    expect_object,
    refuse_unknown_keys,
)
from designer.core.graph import Edge, Node, Point, id_fault
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
        if value := getattr(node, name):
            row[name] = value
    return row


def node_from_row(value: object, place: str) -> Node:
    """Make a node of an object of the file; raises DecodeError."""
    row = expect_object(value, place)
    node_id = _text(row, "id", place)
    if fault := id_fault(node_id):
        raise DecodeError(place, f"the id {describe(node_id)} cannot be used: {fault}")
    place = f"{place} ({node_id})"
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
        row["port"] = edge.port
    if edge.output or nodes[edge.source].layer.output_count != 1:
        row["output"] = edge.output
    if edge.via:
        row["via"] = paths(edge.via)
    return row


def edge_from_row(
    value: object, place: str, nodes: Mapping[str, Node], ports: dict[str, set[int]]
) -> Edge:
    """Make an edge of an object of the file; raises DecodeError.

    An edge without a port takes the lowest one of its target that no edge before it feeds;
    `ports` has those that are fed so far.
    """
    row = expect_object(value, place)
    refuse_unknown_keys(row, EDGE_KEYS, place)
    source, target = _text(row, "from", place), _text(row, "to", place)
    for key, end in (("from", source), ("to", target)):
        if end not in nodes:
            hint = _nearest(end, nodes)
            raise DecodeError(f"{place}.{key}", f"there is no node {describe(end)}{hint}")
    place = f"{place} ({source} → {target})"
    taken = ports.setdefault(target, set())
    if "port" in row:
        port = _index(row, "port", place)
    else:
        port = next(p for p in range(len(taken) + 1) if p not in taken)
    taken.add(port)
    via = _optional(row, "via", tuple[Point, ...], (), place)
    return Edge(source, target, port, _index(row, "output", place), via)


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


def _index(row: Mapping[str, object], key: str, place: str) -> int:
    value = row.get(key, 0)
    if isinstance(value, str):
        reason = f"inputs and outputs are counted from 0; received {describe(value)}"
        raise DecodeError(f"{place}.{key}", reason)
    index: int = decode(int, value, f"{place}.{key}")
    if index < 0:
        raise DecodeError(f"{place}.{key}", f"must be at least 0; received {index}")
    return index


def _nearest(name: str, known: Mapping[str, object]) -> str:
    found = difflib.get_close_matches(name[:80], known, 1)
    return f"; is {found[0]} meant?" if found else ""
