"""A card: a framed group of arithmetic or of figures under a small heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from designer.ui.figures import unbroken
from designer.ui.parts import column, label, row
from designer.ui.theme.sizes import gap, inset

Kind = TypeVar("Kind", bound=QWidget)


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
        self._lines: list[_Line] = []

    def prepare(self, lines: int = 0, figures: int = 0) -> bool:
        """Make rows before they are asked for; False where so many are there."""
        made = (
            *self._make(lines, self._lines, _Line),
            *self._make(figures, self._figures, _Figure),
        )
        for shown in made:
            shown.hide()
        return bool(made)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show sentences, what follows the last `=` or `→` being the result."""
        said = [parted(unbroken(line)) for line in lines if line]
        self._make(len(said), self._lines, _Line)
        for place, shown in enumerate(self._lines):
            if place < len(said):
                shown.show_parts(*said[place])
            shown.setVisible(place < len(said))
        self.setVisible(bool(lines))

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show names with their figures at the right edge."""
        self._make(len(figures), self._figures, _Figure)
        for place, shown in enumerate(self._figures):
            if place < len(figures):
                shown.name.setText(figures[place][0])
                shown.figure.setText(figures[place][1])
            shown.setVisible(place < len(figures))
        self.setVisible(bool(figures))

    def _make(self, number: int, made: list[Kind], kind: Callable[[], Kind]) -> list[Kind]:
        """Have so many rows at least; those that are new. They are kept: to make them anew takes
        ten times as long as to say something else in them."""
        new = [kind() for _ in range(number - len(made))]
        for shown in new:
            self.body.addWidget(shown)
        made += new
        return new


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


class _Line(QWidget):
    """A sentence, or arithmetic: the result in strong letters, a remark on a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._whole, self._front = label(wrap=True), label()
        self._result, self._remark = label("", "strong"), label("", "secondary", "muted", wrap=True)
        first = row()
        gap(first, 4)
        first.addWidget(self._front)
        first.addWidget(self._result)
        first.addStretch(1)
        lines = column(self, spacing=1)
        lines.addWidget(self._whole)
        lines.addLayout(first)
        lines.addWidget(self._remark)

    def show_parts(self, front: str, result: str, remark: str) -> None:
        """Show what `parted` found; without a result it is a sentence."""
        whole, front = ("", front) if result else (front, "")
        for shown, text in (
            (self._whole, whole), (self._front, front), (self._result, result),
            (self._remark, remark),
        ):  # fmt: skip
            shown.setText(text)
            shown.setVisible(bool(text))
