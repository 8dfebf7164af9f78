"""The summary panel: a sortable table of all nodes with their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from designer.app.keymap import KeyMap
from designer.app.selection import Selection
from designer.app.session import Session
from designer.ui.following import FollowingPanel
from designer.ui.key_tip import KeyTip
from designer.ui.parts import column, hairline, label, row
from designer.ui.summary.model import SummaryModel
from designer.ui.summary.table import HEADINGS, comma_separated, markdown, sentence
from designer.ui.summary.view import SummaryView
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.sizes import at_least, inset, set_words
from designer.ui.theme.theme import Theme
from designer.ui.turning import Turning

NARROW = 560
"""Pixels below which the totals have no room beside the buttons."""


class SummaryPanel(FollowingPanel):
    """Lists what is known of every node; a row that is chosen is the node selected."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        theme: Theme,
        keys: KeyMap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, selection, parent)
        self.model = SummaryModel()
        self.table = SummaryView(self.model, theme)
        at_least(self.table, height=36)
        self.totals = label("", "secondary", wrap=True)
        self.totals.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_markdown = self._button("Copy as Markdown", "")
        tip = "{view.copy_summary} in the table does it too"
        KeyTip(self.copy_markdown, tip, keys or KeyMap())
        self.copy_markdown.clicked.connect(self.copy_as_markdown)
        self.copy_csv = self._button("Copy as CSV", "With plain numbers, for a spreadsheet")
        self.copy_csv.clicked.connect(lambda: _copy(self.as_csv()))
        self._lay_out()
        self.model.modelReset.connect(self.show_selection)
        self.table.selectionModel().selectionChanged.connect(self._on_rows_chosen)
        self.table.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self.table.viewport().update)

    def as_markdown(self) -> str:
        """The table with its totals as Markdown."""
        return markdown(self.model.rows, self._session.analysis)

    def copy_as_markdown(self) -> None:
        """Put the table on the clipboard as Markdown."""
        _copy(self.as_markdown())

    def as_csv(self) -> str:
        """The table as CSV."""
        return comma_separated(self.model.rows)

    def _button(self, title: str, tip: str) -> QPushButton:
        button = QPushButton(title)
        set_words(button, SECONDARY)
        button.setToolTip(tip)
        return button

    def _lay_out(self) -> None:
        foot = row(spacing=8)
        inset(foot, 16, 6, 16, 6)
        foot.addWidget(self.totals, 1)
        foot.addWidget(self.copy_markdown)
        foot.addWidget(self.copy_csv)
        layout = column(self)
        framed = column()
        inset(framed, 4, 0, 4, 0)
        framed.addWidget(self.table)
        layout.addLayout(framed, 1)
        layout.addWidget(hairline())
        layout.addLayout(foot)
        Turning(self, foot, NARROW)

    def _fill(self) -> None:
        analysis = self._session.analysis
        self.model.fill(analysis)
        self.totals.setText(sentence(analysis))

    def _mark(self) -> None:
        """Choose the rows of the nodes that are selected."""
        chosen = self._selection.nodes
        if self._chosen_nodes() == chosen:
            return  # it may have been chosen here, by a row inside of it
        rows = self.model.rows
        places = [i for i, row in enumerate(rows) if row.path[0] in chosen and not row.depth]
        wanted = QItemSelection()
        for first, end in _runs(places):  # a range a row would be asked for row by row
            last = self.model.index(end, len(HEADINGS) - 1)
            wanted.append(QItemSelectionRange(self.model.index(first, 0), last))
        chooser = self.table.selectionModel()
        chooser.blockSignals(True)
        chooser.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        chooser.blockSignals(False)
        if len(places) == 1:
            self.table.scrollTo(self.model.index(places[0], 0))
        self.table.viewport().update()

    def _on_rows_chosen(self) -> None:
        self._selection.set(self._chosen_nodes())

    def _chosen_nodes(self) -> set[str]:
        rows = self.model.rows
        chosen = self.table.selectionModel().selection()
        return {row.node for one in chosen.toList() for row in rows[one.top() : one.bottom() + 1]}

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.node_shown.emit(self.model.rows[index.row()].node)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow one another, of rising ones."""
    begins = [k for k, place in enumerate(places) if not k or places[k - 1] != place - 1]
    for begin, end in zip(begins, [*begins[1:], len(places)], strict=False):
        yield places[begin], places[end - 1]


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
