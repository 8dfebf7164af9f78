"""A card: a framed group of arithmetic or of figures under a small heading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from designer.ui.figures import unbroken
from designer.ui.parts import clear, column, label
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
        self._figures: dict[str, QLabel] = {}

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show sentences, what follows the last `=` or `→` being the result."""
        clear(self.body)
        self._figures = {}
        for line in lines:
            self.body.addLayout(_arithmetic(unbroken(line)))
        self.setVisible(bool(lines))

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show names with their figures at the right edge."""
        if figures and list(self._figures) == [name for name, _ in figures]:
            for name, figure in figures:  # new labels at every edit would be half of its time
                self._figures[name].setText(figure)
            return
        clear(self.body)
        self._figures = {}
        for name, figure in figures:
            row = QHBoxLayout()
            row.addWidget(label(name, "body", "muted"))
            row.addStretch(1)
            value = label(figure)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(value)
            self._figures[name] = value
            self.body.addLayout(row)
        self.setVisible(bool(figures))


def parted(line: str) -> tuple[str, str, str]:
    """A line of arithmetic, its result behind the last `=` or `→`, and what is said behind that."""
    said = re.match(r"(.*[=→]) ([^,;]+)([,;] .*)?$", line)
    if said is None:
        return line, "", ""
    return said[1], said[2], (said[3] or "").lstrip(",; ")


def _arithmetic(line: str) -> QVBoxLayout:
    """The result in strong letters, and what is said behind it on a line of its own."""
    front, result, remark = parted(line)
    lines = column(spacing=1)
    if not result:
        lines.addWidget(label(front, wrap=True))
        return lines
    row = QHBoxLayout()
    gap(row, 4)
    row.addWidget(label(front))
    row.addWidget(label(result, "strong"))
    row.addStretch(1)
    lines.addLayout(row)
    if remark:
        lines.addWidget(label(remark, "secondary", "muted", wrap=True))
    return lines
