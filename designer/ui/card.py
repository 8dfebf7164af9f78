"""A card: a framed group of arithmetic or of figures under a small heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from designer.ui.figures import unbroken
from designer.ui.parts import clear, column, label, row
from designer.ui.theme.sizes import gap, inset


class Card(QFrame):
    """Shows lines of arithmetic, or names with their figures."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        layout = column(self, 12, 8)
        inset(layout, 12, 8, 12, 10)
        layout.addWidget(label(heading, "section", "muted"))
        self.body = column(spacing=3)
        layout.addLayout(self.body)
        self._figures: list[_Figure] = []
        self._lines: list[list[QLabel]] = []

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show sentences, what follows the last `=` or `→` being the result."""
        said = [parted(unbroken(line)) for line in lines if line]
        # new labels at every edit would be half of its time
        if [sum(map(bool, parts)) for parts in said] != list(map(len, self._lines)):
            clear(self.body)
            self._lines = [_add_arithmetic(self.body, *parts) for parts in said]
        for labels, parts in zip(self._lines, said, strict=True):
            for shown, text in zip(labels, filter(None, parts), strict=True):
                shown.setText(text)
        self.setVisible(bool(lines))

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show names with their figures at the right edge."""
        for _ in figures[len(self._figures) :]:
            self._figures.append(_Figure())
            self.body.addWidget(self._figures[-1])
        for place, shown in enumerate(self._figures):
            if place < len(figures):
                shown.name.setText(figures[place][0])
                shown.figure.setText(figures[place][1])
            shown.setVisible(place < len(figures))
        self.setVisible(bool(figures))


def parted(line: str) -> tuple[str, str, str]:
    """A line of arithmetic, its result behind the last `=` or `→`, and what is said behind that."""
    said = re.match(r"(.*[=→]) ([^,;]+)([,;] .*)?$", line)
    if said is None:
        return line, "", ""
    return said[1], said[2], (said[3] or "").lstrip(",; ")


class _Figure(QWidget):
    """A name, and its figure at the right edge."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.figure = label("", "body", "muted"), label()
        self.figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = row(self)
        layout.addWidget(self.name)
        layout.addStretch(1)
        layout.addWidget(self.figure)


def _add_arithmetic(body: QVBoxLayout, front: str, result: str, remark: str) -> list[QLabel]:
    """The result in strong letters, and what is said behind it on a line of its own."""
    lines = column(spacing=1)
    body.addLayout(lines)
    if not result:
        lines.addWidget(whole := label(front, wrap=True))
        return [whole]
    first = row()
    gap(first, 4)
    made = [label(front), label(result, "strong")]
    for shown in made:
        first.addWidget(shown)
    first.addStretch(1)
    lines.addLayout(first)
    if remark:
        made.append(label(remark, "secondary", "muted", wrap=True))
        lines.addWidget(made[-1])
    return made
