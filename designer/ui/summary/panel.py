"""The summary panel: a sortable table of all nodes with their totals."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from designer.app.selection import Selection
from designer.app.session import Session, only_moves
from designer.core.change import Change
from designer.ui.fitted_table import FittedTable
from designer.ui.parts import column, ground, hairline, label, row
from designer.ui.summary.table import HEADINGS, Row, comma_separated, markdown, rows, total
from designer.ui.theme.fonts import SECONDARY, words
from designer.ui.theme.theme import Theme

Index = QModelIndex | QPersistentModelIndex
FIRST_FIGURE = 4
SHARE = 5
_WIDTHS = (176, 144, 136, 136, 112, 144, 128, 96, 104)
_LEAST = (110, 96, 110, 110, 92, 90, 90, 72, 84)
_NOWHERE = QModelIndex()


class SummaryPanel(QWidget):
    """Follows the session while it can be seen; a row that is chosen is the node selected."""

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
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        self.model = SummaryModel()
        self.sorted = _Sorted()
        self.sorted.setSourceModel(self.model)
        self.table = _table(self.sorted, theme)
        self.totals = label("", "secondary")
        self.totals.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        foot = row(spacing=8)
        foot.setContentsMargins(16, 6, 16, 6)
        foot.addWidget(self.totals, 1)
        for title, text in (("Copy as Markdown", self.as_markdown), ("Copy as CSV", self.as_csv)):
            button = QPushButton(title)
            button.setFont(words(SECONDARY))
            button.clicked.connect(
                lambda _=False, text=text: QGuiApplication.clipboard().setText(text())
            )
            foot.addWidget(button)
        layout = column(self)
        inset = column()
        inset.setContentsMargins(5, 0, 5, 0)
        inset.addWidget(self.table)
        layout.addLayout(inset, 1)
        layout.addWidget(hairline())
        layout.addLayout(foot)
        session.changed.connect(self._on_changed)
        selection.changed.connect(self._on_selection_changed)
        self.table.selectionModel().selectionChanged.connect(self._on_rows_chosen)
        self.table.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self.table.viewport().update)

    def refresh(self) -> None:
        """Fill the table anew, if the panel can be seen and something in it differs."""
        if not self.isVisible() or self._is_fresh:
            return
        analysis = self._session.analysis
        self._is_fresh = True
        self.model.fill(rows(self._session.design, analysis))
        sums = total(analysis)
        self.totals.setText(
            f"{sums.text(4)} parameters  ·  {sums.text(6)} MACs  ·  {sums.text(8)} of outputs "
            f"an image  ·  {sums.layer}"
        )
        self._on_selection_changed()

    def as_markdown(self) -> str:
        """The table with its totals as Markdown."""
        return markdown(self.model.rows, total(self._session.analysis))

    def as_csv(self) -> str:
        """The table as CSV."""
        return comma_separated(self.model.rows)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _on_changed(self, change: Change) -> None:
        """Fill the table after the canvas has been painted: a large net takes its time."""
        if not only_moves(change):
            self._is_fresh = False
            if self.isVisible():
                self._soon.start(0)

    def _on_selection_changed(self) -> None:
        if not self.isVisible():
            return
        chooser = self.table.selectionModel()
        chooser.blockSignals(True)
        chosen, last = QItemSelection(), self.sorted.columnCount() - 1
        for line in range(self.sorted.rowCount()):
            index = self.sorted.index(line, 0)
            if self._node(index) in self._selection.nodes:
                chosen.select(index, self.sorted.index(line, last))
                if len(self._selection.nodes) == 1:
                    self.table.scrollTo(index)
        chooser.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        chooser.blockSignals(False)
        self.table.viewport().update()

    def _on_rows_chosen(self) -> None:
        indices = self.table.selectionModel().selectedRows()
        self._selection.set({self._node(index) for index in indices})

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.node_shown.emit(self._node(index))

    def _node(self, index: Index) -> str:
        return self.model.rows[self.sorted.mapToSource(index).row()].node


class SummaryModel(QAbstractTableModel):
    """The rows as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def fill(self, entries: list[Row]) -> None:
        """Show these rows in place of the others."""
        self.beginResetModel()
        self.rows = entries
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text(index.column())
        if role == Qt.ItemDataRole.UserRole:
            return entry.share
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None


class _Sorted(QSortFilterProxyModel):
    """Sorts by the values behind the words."""

    def lessThan(self, left: Index, right: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, SummaryModel)
        place = left.column()
        return model.rows[left.row()].key(place) < model.rows[right.row()].key(place)


class _ShareDelegate(QStyledItemDelegate):
    """Paints the share of the parameters as a bar with its figure."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = index.data(Qt.ItemDataRole.UserRole)
        if not share:
            return
        area: QRect = option.rect
        width = max(2, round((area.width() - 76) * share))
        bar = QRect(area.left() + 8, area.center().y() - 2, width, 5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.accent))
        painter.drawRoundedRect(bar, 2, 2)
        painter.restore()


def _table(model: QSortFilterProxyModel, theme: Theme) -> QTableView:
    table = FittedTable(_WIDTHS, _LEAST)
    table.setModel(model)
    table.setFont(words())
    table.setSortingEnabled(True)
    table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setAccessibleName("Summary of all nodes")
    table.setItemDelegateForColumn(SHARE, _ShareDelegate(theme, table))
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(26)
    header = table.horizontalHeader()
    header.setFont(words(SECONDARY))
    header.setFixedHeight(30)
    header.setHighlightSections(False)
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSortIndicatorClearable(True)
    header.setSectionResizeMode(SHARE, QHeaderView.ResizeMode.Stretch)
    return table


def _alignment(place: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if place >= FIRST_FIGURE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
