"""The inspector's cards: why this size, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from designer.core.facts import Facts
from designer.ui.figures import grouped, in_bytes, unbroken
from designer.ui.parts import clear, column, label


class Card(QFrame):
    """A framed group under a small heading."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = column(self, 12, 8)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.addWidget(label(heading, "section", "muted"))
        self.body = column(spacing=3)
        layout.addLayout(self.body)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show sentences, what follows the last `=` or `→` being the result."""
        clear(self.body)
        for line in lines:
            self.body.addLayout(_arithmetic(unbroken(line)))
        self.setVisible(bool(lines))

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show names with their figures at the right edge."""
        clear(self.body)
        for name, figure in figures:
            row = QHBoxLayout()
            row.addWidget(label(name, "body", "muted"))
            row.addStretch(1)
            value = label(figure)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(value)
            self.body.addLayout(row)
        self.setVisible(bool(figures))


def why(facts: Facts) -> list[str]:
    """The arithmetic of a node's size, from what comes in to what goes out."""
    if facts.outputs is None:
        return []
    shapes = [shape for shape in facts.inputs if shape is not None]
    lines = [f"{' and '.join(map(str, shapes))} in"] if shapes else []
    lines += facts.layer.explain(*shapes)
    out = ", ".join(map(str, facts.outputs))
    if lines and lines[-1].startswith("depth = "):
        return [*lines[:-1], f"{lines[-1]} → {out}"]
    return [*lines, f"out → {out}"]


def cost(facts: Facts) -> list[tuple[str, str]]:
    """What a node costs, as far as it is known."""
    if facts.outputs is None:
        return []
    figures = [("parameters", grouped(facts.parameters or 0))]
    dense = _dense(facts)
    if dense:
        figures.append(("a dense layer would need", grouped(dense)))
    figures.append(("MACs", grouped(facts.macs or 0)))
    if facts.field is not None:
        height, width = facts.field
        figures.append(("receptive field", f"{height.size} × {width.size}"))
    figures.append(("output in memory", in_bytes(facts.activation_bytes or 0)))
    return figures


def _dense(facts: Facts) -> int:
    """Weights and biases of a dense layer between the same shapes; 0 where that says nothing."""
    if not facts.parameters or not facts.inputs or facts.inputs[0] is None or not facts.output:
        return 0
    if not facts.output.is_image or facts.layer.family != "Convolution":
        return 0
    return facts.inputs[0].numel * facts.output.numel + facts.output.numel


def _arithmetic(line: str) -> QVBoxLayout:
    """The result in strong letters, and what is said behind it on a line of its own."""
    said = re.match(r"(.*[=→]) ([^,;]+)([,;] .*)?$", line)
    lines = column(spacing=1)
    if said is None:
        lines.addWidget(label(line, wrap=True))
        return lines
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(label(said[1]))
    row.addWidget(label(said[2], "strong"))
    row.addStretch(1)
    lines.addLayout(row)
    if said[3]:
        lines.addWidget(label(said[3].lstrip(",; "), "secondary", "muted", wrap=True))
    return lines
