"""The command that lists what every node gives and costs."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from designer import analyze
from designer.cli.checking import describe
from designer.cli.command import Command, Exit
from designer.cli.numbers import positive, size_in_bytes
from designer.cli.terminal import Terminal, plain
from designer.codegen import attributes
from designer.core.analysis import Analysis
from designer.core.facts import Facts
from designer.core.field import Axis
from designer.core.machine import free_memory
from designer.core.shape import Shape
from designer.core.training import TrainingSettings
from designer.core.training_memory import BYTES_A_WEIGHT, TrainingMemory, training_memory
from designer.storage import load
from designer.ui.figures import count, in_bytes
from designer.ui.summary import table

HIDDEN = ("In", "Share")
"""Columns of the window that a terminal is too narrow for."""


def _summary(options: argparse.Namespace, terminal: Terminal) -> int:
    design = load(options.file)
    analysis = analyze(design, describe(design, options.file))
    names = attributes(design.graph)
    settings = design.training
    if options.batch:
        settings = replace(settings, batch_size=options.batch)
    memory = training_memory(analysis, settings, _device(settings))
    room = options.memory or (free_memory() if _device(settings) == "cpu" else 0)
    terminal.document(
        {
            "name": design.name,
            "valid": analysis.is_valid,
            "nodes": list(_objects(analysis, names, options.depth)),
            "totals": _totals(analysis),
            "training_memory": _training(memory, settings, room),
        }
    )
    rows = table.rows(analysis, options.depth)
    if options.markdown:
        terminal.print(table.markdown(rows, analysis).rstrip("\n"))
    elif options.csv:
        terminal.print(table.comma_separated(rows).rstrip("\n"))
    else:
        _print_table(rows, names, terminal)
        terminal.print("")
        terminal.print(table.sentence(analysis))
        terminal.print(_needs(memory, settings, room))
    errors = [d for d in analysis.diagnostics if d.severity == "error"]
    for diagnostic in errors:
        terminal.say(f"error: {plain(diagnostic.message)}")
    return Exit.INVALID if errors else Exit.DONE


def _device(settings: TrainingSettings) -> str:
    """The device of the settings; only torch could say what `auto` finds, and it is not asked."""
    return "cpu" if settings.device == "auto" else settings.device


def _objects(analysis: Analysis, names: Mapping[str, str], depth: int) -> Iterator[dict[str, Any]]:
    for node_id in analysis.graph.nodes:
        row = _object(node_id, analysis.facts[node_id], depth)
        if names[node_id] != node_id:
            row["attribute"] = names[node_id]
        yield row


def _object(node_id: str, facts: Facts, depth: int) -> dict[str, Any]:
    parameters = facts.parameters
    row: dict[str, Any] = {
        "id": node_id,
        "layer": facts.layer.kind(),
        "inputs": [_sizes(shape) for shape in facts.inputs],
        "output": _output(facts),
        "params": parameters,
        "macs": facts.macs,
        "receptive_field": _of_axes(facts, lambda axis: axis.size),
        "activation_bytes": facts.activation_bytes,
        "jump": _of_axes(facts, lambda axis: axis.jump),
        "start": _of_axes(facts, lambda axis: axis.first),
        "weight_bytes": None if parameters is None else BYTES_A_WEIGHT * parameters,
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


def _of_axes(facts: Facts, figure: Callable[[Axis], float]) -> list[float] | None:
    return None if facts.field is None else [figure(axis) for axis in facts.field]


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


def _training(
    memory: TrainingMemory | None, settings: TrainingSettings, room: int
) -> dict[str, Any] | None:
    if memory is None:
        return None
    return {
        "batch_size": settings.batch_size,
        "optimizer": settings.optimizer,
        "peak_bytes": memory.peak(settings.batch_size),
        "weight_bytes": memory.weights,
        "gradient_bytes": memory.gradients,
        "optimizer_bytes": memory.state,
        "kept_bytes_per_image": memory.kept,
        "memory_bytes": room or None,
        "largest_batch": memory.largest_batch(room) if room else None,
    }


def _needs(memory: TrainingMemory | None, settings: TrainingSettings, room: int) -> str:
    if memory is None:
        return "What training needs cannot be known before every node is."
    batch = settings.batch_size
    sentence = (
        f"Training {count(batch, 'image')} at a time with {settings.optimizer} needs "
        f"{in_bytes(memory.peak(batch))}"
    )
    if not room:
        return f"{sentence}."
    most = memory.largest_batch(room)
    fits = f"up to {count(most, 'image')} fit into" if most else "not one image fits into"
    return f"{sentence}; {fits} {in_bytes(room)}."


def _print_table(rows: list[table.Row], names: Mapping[str, str], terminal: Terminal) -> None:
    places = [i for i, name in enumerate(table.HEADINGS) if name not in HIDDEN]
    lines = [[table.HEADINGS[place] for place in places]]
    for row in rows:
        first, *cells = (row.text(place) for place in places)
        if not row.depth and names[row.node] != row.node:
            first = f"{first} (self.{names[row.node]})"
        lines.append(["  " * row.depth + first, *cells])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    is_figure = [place >= table.FIRST_FIGURE for place in places]
    for line in lines:
        cells = [
            cell.rjust(width) if figure else cell.ljust(width)
            for cell, width, figure in zip(line, widths, is_figure, strict=True)
        ]
        terminal.print("  ".join(cells).rstrip())


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a project file")
    inside = "1: the nodes; 2: also what is inside of composites (default: 1)"
    parser.add_argument("--depth", type=positive, default=1, metavar="N", help=inside)
    batch = "images a training step, for the memory that it needs (default: the project's)"
    parser.add_argument("--batch", type=positive, metavar="N", help=batch)
    room = "memory that training must fit into, such as 8GB (default: what is free here)"
    parser.add_argument("--memory", type=size_in_bytes, metavar="SIZE", help=room)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    form.add_argument("--csv", action="store_true", help="print the table as CSV")


SUMMARY = Command("summary", "list shapes, parameters, MACs, fields and memory", _summary, _add)
