"""The command that lists what every node gives and costs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from designer import analyze
from designer.cli.checking import describe
from designer.cli.command import Command, Exit
from designer.cli.numbers import positive
from designer.cli.terminal import Terminal, plain
from designer.codegen import attributes
from designer.core.analysis import Analysis
from designer.core.facts import Facts
from designer.core.shape import Shape
from designer.storage import load

BYTES_A_WEIGHT = 4
"""float32, which is what weights are stored in."""

HEADINGS = ("node", "layer", "output", "parameters", "MACs", "field", "memory")

UNKNOWN = "?"


def _summary(options: argparse.Namespace, terminal: Terminal) -> int:
    design = load(options.file)
    analysis = analyze(design, describe(design, options.file))
    names = attributes(design.graph)
    terminal.document(
        {
            "name": design.name,
            "valid": analysis.is_valid,
            "nodes": list(_objects(analysis, names, options.depth)),
            "totals": _totals(analysis),
        }
    )
    _print_table(list(_rows(analysis, names, options.depth)), terminal)
    _print_totals(analysis, terminal)
    errors = [d for d in analysis.diagnostics if d.severity == "error"]
    for diagnostic in errors:
        terminal.say(f"error: {plain(diagnostic.message)}")
    return Exit.INVALID if errors else Exit.DONE


def _objects(analysis: Analysis, names: Mapping[str, str], depth: int) -> Iterator[dict[str, Any]]:
    for node_id in analysis.graph.nodes:
        row = _object(node_id, analysis.facts[node_id], depth)
        if names[node_id] != node_id:
            row["attribute"] = names[node_id]
        yield row


def _object(node_id: str, facts: Facts, depth: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": node_id,
        "layer": facts.layer.kind(),
        "inputs": [_sizes(shape) for shape in facts.inputs],
        "output": _output(facts),
        "params": facts.parameters,
        "macs": facts.macs,
        "receptive_field": _field(facts),
        "activation_bytes": facts.activation_bytes,
    }
    if facts.inside and depth > 1:
        inside = facts.inside.items()
        row["inside"] = [_object(inner, found, depth - 1) for inner, found in inside]
    return row


def _sizes(shape: Shape | None) -> list[int] | None:
    return None if shape is None else list(shape)


def _output(facts: Facts) -> list[int] | list[list[int]] | None:
    if facts.outputs is None:
        return None
    if facts.layer.output_count == 1:
        return list(facts.outputs[0])
    return [list(shape) for shape in facts.outputs]


def _field(facts: Facts) -> list[int] | None:
    return None if facts.field is None else [span.size for span in facts.field]


def _totals(analysis: Analysis) -> dict[str, int]:
    totals = analysis.totals
    return {
        "params": totals.parameters,
        "macs": totals.macs,
        "activation_bytes": totals.activation_bytes,
        "weight_bytes": totals.parameters * BYTES_A_WEIGHT,
        "known": totals.known,
        "nodes": totals.nodes,
    }


def _rows(analysis: Analysis, names: Mapping[str, str], depth: int) -> Iterator[tuple[str, ...]]:
    for node_id in analysis.graph.nodes:
        name = names[node_id]
        shown = node_id if name == node_id else f"{node_id} (self.{name})"
        yield from _row(shown, analysis.facts[node_id], depth, "")


def _row(name: str, facts: Facts, depth: int, indent: str) -> Iterator[tuple[str, ...]]:
    field = facts.field
    yield (
        indent + name,
        facts.layer.kind(),
        UNKNOWN if facts.outputs is None else ", ".join(map(str, facts.outputs)),
        _count(facts.parameters),
        _count(facts.macs),
        UNKNOWN if field is None else f"{field[0].size} × {field[1].size}",
        UNKNOWN if facts.activation_bytes is None else in_bytes(facts.activation_bytes),
    )
    if facts.inside and depth > 1:
        for inner, found in facts.inside.items():
            yield from _row(inner, found, depth - 1, indent + "  ")


def _count(number: int | None) -> str:
    return UNKNOWN if number is None else f"{number:,}"


def in_bytes(size: int) -> str:
    """A number of bytes in the unit that keeps it short."""
    if size < 1000:
        return f"{size} B"
    value, units = size / 1000, iter(("kB", "MB", "GB", "TB"))
    unit = next(units)
    while value >= 1000 and unit != "TB":
        value, unit = value / 1000, next(units)
    return f"{value:.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"


def _print_table(rows: list[tuple[str, ...]], terminal: Terminal) -> None:
    table = [HEADINGS, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEADINGS))]
    for row in table:
        cells = [
            cell.ljust(width) if column < 3 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        terminal.print("  ".join(cells).rstrip())


def _print_totals(analysis: Analysis, terminal: Terminal) -> None:
    totals = analysis.totals
    known = "" if totals.known == totals.nodes else f" ({totals.known} of {totals.nodes} nodes)"
    terminal.print("")
    terminal.print(
        f"{totals.parameters:,} parameters ({in_bytes(totals.parameters * BYTES_A_WEIGHT)}), "
        f"{totals.macs:,} MACs and {in_bytes(totals.activation_bytes)} of activations "
        f"an image{known}"
    )


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a project file")
    inside = "1: the nodes; 2: also what is inside of composites (default: 1)"
    parser.add_argument("--depth", type=positive, default=1, metavar="N", help=inside)


SUMMARY = Command("summary", "list shapes, parameters, MACs, fields and memory", _summary, _add)
