"""The summary as rows: what is known of every node, and the same as Markdown or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.ui.figures import in_bytes

HEADINGS = ("Name", "Layer", "In", "Out", "Parameters", "Share", "MACs", "Sees", "Memory")
"""`Sees` is the receptive field, `Memory` the output of one image in float32."""


@dataclass(frozen=True, slots=True)
class Row:
    """One node; None is what cannot be known."""

    node: str
    layer: str
    inputs: str
    outputs: str
    parameters: int | None
    share: float
    macs: int | None
    field: tuple[int, int] | None
    memory: int | None

    def text(self, place: int) -> str:
        """The words of a column."""
        return (
            self.node,
            self.layer,
            self.inputs,
            self.outputs,
            _grouped(self.parameters),
            f"{self.share:.1%}" if self.share else "",
            _grouped(self.macs),
            f"{self.field[0]} × {self.field[1]}" if self.field else "?",
            in_bytes(self.memory) if self.memory is not None else "?",
        )[place]

    def key(self, place: int) -> tuple[int, float, str]:
        """What a column is sorted by; what is not known comes first."""
        numbers = {
            4: self.parameters,
            5: self.share,
            6: self.macs,
            7: self.field and self.field[0] * self.field[1],
            8: self.memory,
        }
        if place in numbers:
            number = numbers[place]
            return (0, -1.0, "") if number is None else (1, float(number), "")
        return (1, 0.0, self.text(place).casefold())


def rows(design: Design, analysis: Analysis) -> list[Row]:
    """A row for every node: in the order of the analysis, then those that have none."""
    ordered = [n for n in analysis.order if n in design.nodes]
    placed = set(ordered)
    ordered += [n for n in design.nodes if n not in placed]
    whole = analysis.totals.parameters
    made = []
    for node_id in ordered:
        facts = analysis.facts[node_id]
        known = facts.outputs is not None
        shapes = [str(shape) if shape is not None else "?" for shape in facts.inputs]
        made.append(
            Row(
                node_id,
                design.nodes[node_id].layer.kind(),
                ", ".join(shapes),
                ", ".join(map(str, facts.outputs)) if facts.outputs is not None else "?",
                facts.parameters if known else None,
                (facts.parameters or 0) / whole if whole else 0.0,
                facts.macs if known else None,
                (facts.field[0].size, facts.field[1].size) if facts.field else None,
                facts.activation_bytes if known else None,
            )
        )
    return made


def total(analysis: Analysis) -> Row:
    """The sums as a row."""
    sums = analysis.totals
    known = f"{sums.known} of {sums.nodes} known"
    return Row("Total", known, "", "", sums.parameters, 0.0, sums.macs, None, sums.activation_bytes)


def markdown(table: Sequence[Row], sums: Row) -> str:
    """The table as Markdown, figures at the right."""
    lines = ["| " + " | ".join(HEADINGS) + " |"]
    lines.append("| " + " | ".join("---" if i < 4 else "---:" for i in range(len(HEADINGS))) + " |")
    for row in (*table, sums):
        cells = [row.text(i).replace("|", "\\|") for i in range(len(HEADINGS))]
        if row is sums:
            cells[7] = ""
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def comma_separated(table: Sequence[Row]) -> str:
    """The table as CSV with plain numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("name", "layer", "in", "out", "parameters", "macs", "receptive_field", "activation_bytes")
    )
    for row in table:
        field = f"{row.field[0]} × {row.field[1]}" if row.field else ""
        writer.writerow(
            (row.node, row.layer, row.inputs, row.outputs, _plain(row.parameters),
             _plain(row.macs), field, _plain(row.memory))
        )  # fmt: skip
    return out.getvalue()


def _grouped(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)
