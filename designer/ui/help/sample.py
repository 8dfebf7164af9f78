"""A sample in plain numbers: grids of cells, what a layer makes of them behind an arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.core.example import Numbers, Values
from designer.help.markdown import number
from designer.ui.theme.fonts import SECONDARY, exact_words
from designer.ui.theme.scale import fine, px
from designer.ui.theme.theme import Theme

CELL = QSize(44, 26)
GAP = 14
ARROW = 40

Grid = tuple[tuple[float, ...], ...]


def grids(values: Values) -> list[Grid]:
    """A sample as the maps it is made of; a vector is a row, maps of one cell are one column."""
    depth = _depth(values)
    if depth == 1:
        return [cast("Grid", (values,))]
    if depth == 2:
        return [cast("Grid", values)]
    maps = cast("tuple[Grid, ...]", values)
    if all(len(grid) == len(grid[0]) == 1 for grid in maps):
        return [tuple(grid[0] for grid in maps)]
    return list(maps)


def _depth(values: Values) -> int:
    return 1 + _depth(values[0]) if isinstance(values, tuple) else 0


class SampleView(QWidget):
    """What goes in, a matrix of weights in front of it if there is one, and what comes out."""

    def __init__(self, numbers: Numbers, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        weights = grids(numbers.weights) if numbers.weights else []
        given = [grid for values in numbers.given for grid in grids(values)]
        gives = [grid for values in numbers.gives for grid in grids(values)]
        self._groups: list[tuple[str, Sequence[Grid]]] = [("", given), ("→", gives)]
        if weights:
            self._groups = [("", weights), ("·", given), ("=", gives)]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("A sample in numbers")
        self.setAccessibleDescription("; ".join(numbers.lines))
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = sum(self._width(group) for _, group in self._groups)
        width += ARROW * (len(self._groups) - 1)
        return QSize(px(width + 2), px(self._height() + 2))

    def _width(self, group: Sequence[Grid]) -> int:
        return max((len(grid[0]) for grid in group), default=0) * CELL.width()

    def _tall(self, group: Sequence[Grid]) -> int:
        return sum(len(grid) * CELL.height() for grid in group) + GAP * (len(group) - 1)

    def _height(self) -> int:
        return max(self._tall(group) for _, group in self._groups)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.scale(fine(1), fine(1))
            painter.setFont(exact_words(SECONDARY))
            x, whole = 1, self._height()
            for place, (sign, group) in enumerate(self._groups):
                if place:
                    painter.setPen(QColor(self._theme.tokens.text_muted))
                    room = QRectF(x, 1, ARROW, whole)
                    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, sign)
                    x += ARROW
                y = 1 + (whole - self._tall(group)) // 2
                for grid in group:
                    self._paint_grid(painter, grid, QPointF(x, y), place == len(self._groups) - 1)
                    y += len(grid) * CELL.height() + GAP
                x += self._width(group)

    def _paint_grid(self, painter: QPainter, grid: Grid, at: QPointF, is_result: bool) -> None:
        tokens = self._theme.tokens
        painter.setBrush(QColor(tokens.accent_soft if is_result else tokens.node))
        for i, line in enumerate(grid):
            for j, value in enumerate(line):
                corner = at + QPointF(j * CELL.width(), i * CELL.height())
                rect = QRectF(corner, CELL)
                painter.setPen(QPen(QColor(tokens.line_strong), 1))
                painter.drawRect(rect)
                painter.setPen(QColor(tokens.text))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, number(value))
