"""The table of the summary: keys and clicks that fold."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from designer.ui.fitted_table import FittedTable
from designer.ui.summary.cells import NameDelegate, ShareDelegate
from designer.ui.summary.model import FOLD_ROLE, SummaryModel
from designer.ui.summary.table import HEADINGS, SHARE
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import fix_size, set_row_height, set_words
from designer.ui.theme.theme import Theme

NAME = 0
_WIDTHS = (240, 132, 128, 128, 104, 128, 116, 124, 60, 64, 84, 84)
_LEAST = (84, 72, 78, 78, 90, 62, 82, 80, 56, 54, 70, 80)
_THIN = ("MACs", "Memory")
"""Columns whose shares are thin lines below their figures."""


class SummaryView(FittedTable):
    """Shows a SummaryModel; Left and Right fold and open composites."""

    def __init__(self, model: SummaryModel, theme: Theme) -> None:
        super().__init__(_WIDTHS, _LEAST)
        self._model = model
        self.setModel(model)
        set_words(self)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # names often differ at their ends
        self.setAccessibleName("Summary of all nodes")
        self.setItemDelegateForColumn(NAME, NameDelegate(theme, self))
        self.setItemDelegateForColumn(SHARE, ShareDelegate(theme, self))
        for name in _THIN:
            thin = ShareDelegate(theme, self, thin=True)
            self.setItemDelegateForColumn(HEADINGS.index(name), thin)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        set_row_height(self, 26)
        # the height of one row holds for all: 2,000 of them are never measured
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        set_words(header, SECONDARY)
        fix_size(header, height=30)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicatorClearable(True)
        header.setSectionResizeMode(SHARE, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(self.currentIndex(), event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == NAME:
            depth, can_open, is_open = index.data(FOLD_ROLE)
            place = NameDelegate.triangle(self.visualRect(index), depth)
            if can_open and place.contains(event.position().toPoint()):
                self._fold(index, not is_open)
                return
        super().mousePressEvent(event)

    def _fold(self, index: QModelIndex, is_open: bool) -> None:
        if not index.isValid():
            return
        row = self._model.rows[index.row()]
        if not row.can_open and not is_open and row.depth:  # from inside to what is around
            parent = next(
                i for i, other in enumerate(self._model.rows) if other.path == row.path[:-1]
            )
            self.setCurrentIndex(self._model.index(parent, NAME))
            return
        offset = self.verticalScrollBar().value()
        self._model.set_open(row, is_open)
        again = next(i for i, other in enumerate(self._model.rows) if other.path == row.path)
        self.verticalScrollBar().setValue(offset)
        self.setCurrentIndex(self._model.index(again, NAME))
