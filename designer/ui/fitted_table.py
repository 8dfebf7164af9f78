"""A table whose columns give way where the window is narrow, before it has to scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTableView, QWidget

from designer.ui.theme.scale import px


class FittedTable(QTableView):
    """Columns have the widths that are wanted, or less where there is less room.

    None is narrower than the least that its figures need; a width that the user drags holds
    until the table itself is resized in a narrow window.
    """

    def __init__(
        self, wanted: Sequence[int], least: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wanted, self._least = wanted, least
        self._room = (-1, -1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        wanted, least = [[px(width) for width in widths] for widths in (self._wanted, self._least)]
        room = (min(self.viewport().width(), sum(wanted)), sum(wanted))
        if room != self._room:
            self._room = room
            for place, width in enumerate(shared(wanted, least, room[0])):
                self.setColumnWidth(place, width)


def shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths wanted, each reduced by the same part of what it can spare, to fit the room."""
    spare = sum(wanted) - sum(least)
    part = min(max((sum(wanted) - room) / spare, 0.0), 1.0) if spare else 0.0
    return [int(most - part * (most - few)) for most, few in zip(wanted, least, strict=True)]
