"""The runs panel: every run of this project in a table, and what can be done with one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QColor, QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QStackedLayout,
    QTableView,
    QWidget,
)

from designer.app.background import SOON, Background
from designer.app.session import Session
from designer.app.trainer import Trainer
from designer.storage.runs import Run, list_runs
from designer.ui.fitted_table import FittedTable
from designer.ui.parts import column, ground, hairline, label, plain_tip, row
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import fix_size, inset, set_row_height, set_words
from designer.ui.theme.theme import Theme
from designer.ui.training import words as say
from designer.ui.training.empty_page import empty_page

HEADINGS = ("run", "begun", "what changed", "epochs", "validation", "test", "state")
_WIDTHS = (56, 176, 360, 88, 96, 96, 400)
_LEAST = (48, 152, 120, 80, 88, 64, 150)
_FIGURES = (0, 3, 4, 5)
_NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RunsPanel(QWidget):
    """Lists the run folders of the project whenever it is shown or a run begins or ends."""

    train_wanted = Signal()

    def __init__(
        self, session: Session, trainer: Trainer, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        ground(self)
        self._trainer = trainer
        self._reader = Background(self)
        self.model = RunsModel(theme)
        self.table = _table(self.model)
        self.open, self.resume = QPushButton("Open the folder"), QPushButton("Continue")
        self.place = label("", "secondary", "muted")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.train = QPushButton("Train")
        told = label("Every run is kept here with its numbers and weights.", "body", "muted")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(empty_page(self.train, told))
        self._pages.addWidget(self._table_page())
        self.open.clicked.connect(self._on_open)
        self.resume.clicked.connect(self._on_resume)
        self.train.clicked.connect(self.train_wanted)
        self.table.doubleClicked.connect(self._on_open)
        self.table.selectionModel().selectionChanged.connect(self._on_chosen)
        trainer.began.connect(self._on_began)
        trainer.moved.connect(self.refresh)
        session.opened.connect(self.refresh)
        theme.changed.connect(self.table.viewport().update)

    @property
    def chosen(self) -> Run | None:
        """The run whose row is selected."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.runs[rows[0].row()] if rows else None

    def refresh(self) -> None:
        """Read the run folders again, if the panel can be seen."""
        if not self.isVisible():
            return
        self._reader.ask(partial(list_runs, self._trainer.base), self._show, SOON)

    def _show(self, found: Sequence[Run]) -> None:
        kept = self.chosen
        self.model.fill(found)
        self._pages.setCurrentIndex(1 if found else 0)
        self.place.setText(str(self._trainer.base))
        for line, run in enumerate(found):
            if kept is not None and run.folder == kept.folder:
                self.table.selectRow(line)
        self._on_chosen()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _table_page(self) -> QWidget:
        page = QWidget()
        foot = row(spacing=8)
        inset(foot, 16, 6, 16, 6)
        foot.addWidget(self.place, 1)
        for button in (self.resume, self.open):
            set_words(button, SECONDARY)
            foot.addWidget(button)
        framed = column()
        inset(framed, 4, 0, 4, 0)
        framed.addWidget(self.table)
        layout = column(page)
        layout.addLayout(framed, 1)
        layout.addWidget(hairline())
        layout.addLayout(foot)
        return page

    def _on_began(self, run: Any) -> None:
        run.ended.connect(self.refresh)
        self.refresh()

    def _on_chosen(self) -> None:
        run = self.chosen
        self.open.setEnabled(run is not None)
        broken = ("stopped", "interrupted", "failed")
        can_resume = run is not None and run.state.state in broken and not self._trainer.is_active
        self.resume.setEnabled(can_resume)

    def _on_open(self) -> None:
        if self.chosen is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.chosen.folder)))

    def _on_resume(self) -> None:
        if self.chosen is not None:
            self._trainer.resume(self.chosen.folder)


class RunsModel(QAbstractTableModel):
    """Runs as rows, the newest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.runs: tuple[Run, ...] = ()

    def fill(self, runs: Sequence[Run]) -> None:
        """Show these runs."""
        self.beginResetModel()
        self.runs = tuple(runs)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.runs)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        run = self.runs[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return texts(run)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(texts(run)[index.column()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == len(HEADINGS) - 1:
            tokens = self._theme.tokens
            return QColor(tokens.error if run.state.state == "failed" else tokens.text_muted)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return HEADINGS[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(section)
        return None


def texts(run: Run) -> tuple[str, ...]:
    """What each column says of a run."""
    state = run.state
    told = say.state(state.state, state.epochs_done, state.epochs)
    return (
        str(run.number),
        _when(state.started),
        state.change,
        f"{state.epochs_done:,} of {state.epochs:,}" if state.epochs else "–",
        say.percent(state.val_accuracy),
        say.percent(state.test_accuracy),
        f"{told}: {state.sentence}" if state.sentence else told,
    )


def _when(started: str) -> str:
    try:
        return f"{datetime.fromisoformat(started).astimezone():%d %b %Y, %H:%M}"
    except ValueError:
        return started


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _table(model: RunsModel) -> QTableView:
    table = FittedTable(_WIDTHS, _LEAST)
    table.setModel(model)
    set_words(table)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setAccessibleName("Runs of this project")
    table.verticalHeader().hide()
    set_row_height(table, 26)
    header = table.horizontalHeader()
    set_words(header, SECONDARY)
    fix_size(header, height=30)
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setStretchLastSection(True)
    return table
