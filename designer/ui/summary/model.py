"""The rows of the summary as Qt asks for them: sorted, folded, and made when they are seen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from designer.core.analysis import Analysis
from designer.ui.summary.table import FIRST_FIGURE, HEADINGS, MEANINGS, Row, rows

Index = QModelIndex | QPersistentModelIndex
Path = tuple[str, ...]

SHARE_ROLE = Qt.ItemDataRole.UserRole
"""How large a share is beside the largest of its column, 0 to 1."""
FOLD_ROLE = SHARE_ROLE + 1
"""(depth, whether it can be opened, whether it is open) of a row."""
UNSORTED = -1
_NEVER = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.FontRole,
        Qt.ItemDataRole.BackgroundRole,
        Qt.ItemDataRole.ForegroundRole,
        Qt.ItemDataRole.CheckStateRole,
        Qt.ItemDataRole.SizeHintRole,
    )
)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ALIGNMENTS = [_RIGHT if place >= FIRST_FIGURE else _LEFT for place in range(len(HEADINGS))]
_NOWHERE = QModelIndex()


class SummaryModel(QAbstractTableModel):
    """Every node of an analysis, and what is inside of the composites that are open.

    Rows of a composite stay below it, whatever they are sorted by. An edit that keeps the nodes
    keeps the rows: only what can be seen is asked for anew.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._analysis: Analysis | None = None
        self._opened: set[Path] = set()
        self._sorted_by = UNSORTED
        self._falls = False
        self._largest: dict[int, float] = {}

    def fill(self, analysis: Analysis) -> None:
        """Show this analysis in the place of the one before."""
        self._analysis = analysis
        outer = rows(analysis)
        places = range(len(HEADINGS))
        self._largest = {i: max((row.share(i) for row in outer), default=0.0) for i in places}
        self._refill()

    def is_open(self, row: Row) -> bool:
        """Whether the rows inside of a composite are shown."""
        return row.path in self._opened

    def set_open(self, row: Row, is_open: bool) -> None:
        """Show what is inside of a composite, or fold it."""
        if row.can_open and is_open != self.is_open(row):
            (self._opened.add if is_open else self._opened.discard)(row.path)
            self._refill()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = column
        self._falls = order == Qt.SortOrder.DescendingOrder
        self._refill()

    def _refill(self) -> None:
        if self._analysis is None:
            return
        found = self._in_order(rows(self._analysis, opened=self._opened))
        same = [row.path for row in found] == [row.path for row in self.rows]
        if same:
            self.rows = found
            if not found:
                return
            last = self.index(len(found) - 1, len(HEADINGS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = found
        self.endResetModel()

    def _in_order(self, found: list[Row]) -> list[Row]:
        """Sort every level for itself; what is inside follows its composite."""
        if self._sorted_by == UNSORTED:
            return found
        inside: dict[Path, list[Row]] = {}
        for row in found:
            inside.setdefault(row.path[:-1], []).append(row)
        ordered: list[Row] = []

        def add(parent: Path) -> None:
            level = inside.get(parent, ())
            key, column = Row.key, self._sorted_by
            for row in sorted(level, key=lambda row: key(row, column), reverse=self._falls):
                ordered.append(row)
                if row.path in inside:
                    add(row.path)

        add(())
        return ordered

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in _NEVER:  # of what a cell is asked for when it is painted, the most
            return None
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text(column)
        if role == SHARE_ROLE:
            most = self._largest.get(column) or 1.0
            return row.share(column) / most
        if role == FOLD_ROLE:
            return row.depth, row.can_open, self.is_open(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADINGS[column]} {row.text(column)}"
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
        if role == Qt.ItemDataRole.ToolTipRole:
            return MEANINGS.get(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[section]
        return None
