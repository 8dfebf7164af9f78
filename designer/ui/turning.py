"""Turning: a row of a panel stands as a column while the panel is narrow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QBoxLayout, QWidget

from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size, free_width


class Turning(QObject):
    """Turns a row where its page is less than `below` pixels wide.

    `sides` are its parts of a width of their own, which they lose in a column; what is in `lines`
    parts a row, and is not seen in a column.
    """

    def __init__(
        self,
        page: QWidget,
        row: QBoxLayout,
        below: int,
        sides: Mapping[QWidget, int] | None = None,
        lines: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(page)
        self._page, self._row, self._below = page, row, below
        self._sides, self._lines = dict(sides or {}), tuple(lines)
        self.is_column = False
        for side, width in self._sides.items():
            fix_size(side, width=width)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            is_column = self._page.width() < px(self._below)
            if is_column != self.is_column:
                self._turn(is_column)
        return super().eventFilter(watched, event)

    def _turn(self, is_column: bool) -> None:
        self.is_column = is_column
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if is_column else way.LeftToRight)
        for line in self._lines:
            line.setHidden(is_column)
        for side, width in self._sides.items():
            if is_column:
                free_width(side)
            else:
                fix_size(side, width=width)
