"""The summary as rows: what is known of every node, and the same as Markdown or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence

from designer.core.analysis import Analysis
from designer.core.facts import Facts
from designer.core.graph import spoken
from designer.core.lean import lean_dataclass
from designer.core.shape import Shape
from designer.core.training_memory import BYTES_A_WEIGHT
from designer.ui.figures import grouped, in_bytes, jump, sees, start
from designer.ui.training.words import percent

HEADINGS = (
    "Name", "Layer", "In", "Out", "Parameters", "Share", "MACs", "Sees", "Jump", "Start",
    "Weights", "Memory",
)  # fmt: skip
FIRST_FIGURE = HEADINGS.index("Parameters")
SHARE = HEADINGS.index("Share")
LEAST_SHARE = 0.001
"""What is less is not told from nothing by its figures."""
MEANINGS = {
    "Share": "The part of all parameters that this node has",
    "MACs": "Multiply–accumulates for one image",
    "Sees": "The receptive field: the part of the image that one cell can see, padding included",
    "Jump": "Cells of the image from one cell's field to the next one's",
    "Start": "Where on the image the field of the first cell begins; negative: in the padding",
    "Weights": "The parameters in float32",
    "Memory": "The output of one image in float32",
}
PLAIN = (
    "name", "layer", "in", "out", "parameters", "macs", "receptive_field", "jump", "start",
    "weight_bytes", "activation_bytes",
)  # fmt: skip
"""The columns of the CSV."""

UNKNOWN = "?"


@lean_dataclass(frozen=True, slots=True)
class Row:
    """A node, or one inside a composite; its words are made when somebody looks at it.

    `shares` are its parts of all parameters, MACs and activation bytes, 0 to 1; `path` leads to
    it from the outermost node, and `can_open` says whether there are rows inside.
    """

    path: tuple[str, ...]
    facts: Facts
    shares: tuple[float, float, float]
    can_open: bool = False

    @property
    def node(self) -> str:
        """The node of the design that it is, or is inside of."""
        return self.path[0]

    @property
    def depth(self) -> int:
        """How many composites are around it."""
        return len(self.path) - 1

    @property
    def weight_bytes(self) -> int | None:
        """The parameters in bytes; None where they are not known."""
        parameters = self.facts.parameters
        return None if parameters is None else BYTES_A_WEIGHT * parameters

    def share(self, place: int) -> float:
        """The node's part of a column's sum, 0 where the column has none."""
        wholes = {"Share": 0, "MACs": 1, "Memory": 2}
        which = wholes.get(HEADINGS[place])
        return 0.0 if which is None else self.shares[which]

    def text(self, place: int) -> str:
        """The words of a column."""
        facts = self.facts
        match HEADINGS[place]:
            case "Name":
                return spoken(self.path[-1])
            case "Layer":
                return facts.layer.kind()
            case "In":
                return _shapes(facts.inputs)
            case "Out":
                return UNKNOWN if facts.outputs is None else _shapes(facts.outputs)
            case "Parameters" | "MACs" as name:
                number = facts.parameters if name == "Parameters" else facts.macs
                return UNKNOWN if number is None else f"{number:,}"
            case "Share":
                share = self.shares[0]
                if not 0.0 < share < LEAST_SHARE:
                    return percent(share) if share else ""
                return f"< {percent(LEAST_SHARE)}"
            case "Weights" | "Memory" as name:
                size = self.weight_bytes if name == "Weights" else facts.activation_bytes
                return UNKNOWN if size is None else in_bytes(size)
        return self._field_text(HEADINGS[place])

    def _field_text(self, name: str) -> str:
        field = self.facts.field
        if field is None:
            return UNKNOWN
        return {"Sees": sees, "Jump": jump, "Start": start}[name](field)

    def key(self, place: int) -> tuple[int, float, str]:
        """What a column is sorted by; what is not known comes first."""
        if place < FIRST_FIGURE:
            return (1, 0.0, self.text(place).casefold())
        number = self._number(HEADINGS[place])
        return (0, 0.0, "") if number is None else (1, number, "")

    def _number(self, name: str) -> float | None:
        facts = self.facts
        match name:
            case "Parameters" | "Share" | "Weights":
                return facts.parameters
            case "MACs":
                return facts.macs
            case "Memory":
                return facts.activation_bytes
        if facts.field is None:
            return None
        height, width = facts.field
        if name == "Sees":
            return height.size * width.size
        return height.jump + width.jump if name == "Jump" else height.first + width.first

    def plain(self) -> tuple[object, ...]:
        """The columns of the CSV: numbers as they are, nothing for what is not known."""
        facts = self.facts
        field = ("", "", "") if facts.field is None else (
            sees(facts.field), jump(facts.field), start(facts.field)
        )  # fmt: skip
        return (
            " / ".join(self.path),
            *(self.text(place) for place in range(1, FIRST_FIGURE)),
            facts.parameters,
            facts.macs,
            *field,
            self.weight_bytes,
            facts.activation_bytes,
        )


def rows(analysis: Analysis, depth: int = 1, opened: Collection[tuple[str, ...]] = ()) -> list[Row]:
    """A row for every node in the order of the analysis, then for those that have none.

    What is inside of composites follows them down to `depth`, or where they are `opened`.
    """
    sums = analysis.totals
    wholes = (sums.parameters, sums.macs, sums.activation_bytes)
    ordered = dict.fromkeys([*analysis.order, *analysis.graph.nodes])
    facts = {node_id: analysis.facts[node_id] for node_id in ordered if node_id in analysis.facts}
    return [*_rows(facts, (), wholes, depth, opened)]


def _rows(
    facts: Mapping[str, Facts],
    path: tuple[str, ...],
    wholes: tuple[int, int, int],
    depth: int,
    opened: Collection[tuple[str, ...]],
) -> Iterator[Row]:
    for node_id, known in facts.items():
        place = (*path, node_id)
        costs = (known.parameters, known.macs, known.activation_bytes)
        parts = [(n or 0) / whole if whole else 0.0 for n, whole in zip(costs, wholes, strict=True)]
        yield Row(place, known, (parts[0], parts[1], parts[2]), known.inside is not None)
        if known.inside and (len(place) < depth or place in opened):
            yield from _rows(known.inside, place, wholes, depth, opened)


def total(analysis: Analysis) -> tuple[str, ...]:
    """The sums as the last row of a table."""
    sums = analysis.totals
    weights = in_bytes(BYTES_A_WEIGHT * sums.parameters)
    memory = in_bytes(sums.activation_bytes)
    return ("Total", known(analysis), "", "", f"{sums.parameters:,}", "", f"{sums.macs:,}",
            "", "", "", weights, memory)  # fmt: skip


def known(analysis: Analysis) -> str:
    """How many nodes the sums speak of."""
    sums = analysis.totals
    if sums.known == sums.nodes:
        return f"{sums.nodes:,} nodes" if sums.nodes != 1 else "1 node"
    return f"{sums.known:,} of {sums.nodes:,} nodes"


def sentence(analysis: Analysis) -> str:
    """The sums in one line."""
    sums = analysis.totals
    return (
        f"{known(analysis)}  ·  {grouped(sums.parameters)} parameters "
        f"({in_bytes(BYTES_A_WEIGHT * sums.parameters)})  ·  {grouped(sums.macs)} MACs  ·  "
        f"{in_bytes(sums.activation_bytes)} of outputs an image"
    )


def markdown(table: Sequence[Row], analysis: Analysis) -> str:
    """The table with its sums as Markdown, figures at the right."""
    count = len(HEADINGS)
    lines = ["| " + " | ".join(HEADINGS) + " |"]
    marks = ("---" if place < FIRST_FIGURE else "---:" for place in range(count))
    lines.append("| " + " | ".join(marks) + " |")
    texts = [[row.text(place) for place in range(count)] for row in table]
    for row, cells in zip(table, texts, strict=True):
        cells[0] = " / ".join(row.path)
    for line in (*texts, total(analysis)):
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |")
    return "\n".join(lines) + "\n"


def comma_separated(table: Sequence[Row]) -> str:
    """The table as CSV with plain numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(PLAIN)
    writer.writerows(row.plain() for row in table)
    return out.getvalue()


def _shapes(shapes: Sequence[Shape | None]) -> str:
    return ", ".join(UNKNOWN if shape is None else str(shape) for shape in shapes)
