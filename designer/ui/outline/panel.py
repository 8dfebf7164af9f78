"""The outline panel: a tree of the net that selects what is selected on the canvas, both ways."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from designer.app.selection import Selection
from designer.app.session import Session, only_moves
from designer.core.change import Change
from designer.ui.outline.model import PROBLEM, OutlineModel
from designer.ui.parts import column, ground
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size, inset, set_words
from designer.ui.theme.theme import Theme

WIDTHS, INDENT = (320, 160, 180), 16
LEAST_NAME = 128


class OutlinePanel(QWidget):
    """Follows the session while it can be seen; Enter shows a node on the canvas."""

    node_shown = Signal(str)

    def __init__(
        self,
        session: Session,
        selection: Selection,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self)
        self._session, self._selection = session, selection
        self._is_fresh = False
        self._is_choosing = False
        self._name_width = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        self.model = OutlineModel(theme)
        self.tree = QTreeView()
        self._dress()
        framed = column(self)
        inset(framed, 4, 0, 4, 0)
        framed.addWidget(self.tree)
        self.setFocusProxy(self.tree)
        session.changed.connect(self._on_changed)
        selection.changed.connect(self._on_selection_changed)
        self.tree.selectionModel().selectionChanged.connect(self._on_rows_chosen)
        self.tree.activated.connect(self._on_activated)
        theme.changed.connect(self.tree.viewport().update)

    def refresh(self) -> None:
        """Show what the design is now, if the panel can be seen and something differs."""
        if not self.isVisible() or self._is_fresh:
            return
        self._is_fresh = True
        self._is_choosing = True  # rows that go take their selection along
        self.model.follow(self._session.design, self._session.analysis)
        self._is_choosing = False
        self._on_selection_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._on_selection_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()

    def _dress(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        set_words(tree)
        tree.setObjectName("outline")
        tree.setAccessibleName("Outline of the net")
        tree.setUniformRowHeights(True)  # 2,000 rows are never measured
        tree.setAllColumnsShowFocus(True)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.setExpandsOnDoubleClick(False)
        tree.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = tree.header()
        set_words(header, SECONDARY)
        fix_size(header, height=30)
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        self._give_widths()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "tree"):
            self._give_widths()

    def _give_widths(self) -> None:
        self.tree.setIndentation(px(INDENT))
        for place, width in enumerate(WIDTHS):
            self.tree.header().resizeSection(place, px(width))
        self._name_width = 0
        self._fit_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        """Leave room for what stands behind the names, where the panel is narrow."""
        width = min(px(WIDTHS[0]), max(px(LEAST_NAME), self.width() - px(sum(WIDTHS[1:]))))
        if width != self._name_width:
            self._name_width = width
            self.tree.header().resizeSection(0, width)

    def _on_changed(self, change: Change) -> None:
        """Follow after the canvas has been painted."""
        if change.frames or not only_moves(change):
            self._is_fresh = False
            if self.isVisible():
                self._soon.start(0)

    def _on_selection_changed(self) -> None:
        """Choose the rows of the nodes that are selected."""
        chosen = self._selection.nodes
        if not self.isVisible() or not self._is_fresh or self._chosen_nodes() == chosen:
            return  # it may have been chosen here, by a frame or by a row inside of it
        wanted = QItemSelection()
        stretches = self.model.stretches(chosen)  # a range for each of 500 rows takes Qt 40 ms
        for first, last in stretches:
            wanted.append(QItemSelectionRange(first, last.siblingAtColumn(PROBLEM)))
        chooser = self.tree.selectionModel()
        self._is_choosing = True
        chooser.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if len(chosen) == 1 and stretches:
            chooser.setCurrentIndex(stretches[0][0], QItemSelectionModel.SelectionFlag.NoUpdate)
            self.tree.scrollTo(stretches[0][0])
        self._is_choosing = False

    def _on_rows_chosen(self) -> None:
        if not self._is_choosing:
            self._selection.set(self._chosen_nodes())

    def _chosen_nodes(self) -> frozenset[str]:
        rows = self.tree.selectionModel().selectedRows()
        return frozenset(node for index in rows for node in self.model.nodes_of(index))

    def _on_activated(self, index: QModelIndex) -> None:
        for node in self.model.nodes_of(index)[:1]:
            self.node_shown.emit(node)
