"""The contents of the help: every page in a list, and a line to find them by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from designer.app.matching import best
from designer.help.book import Entry
from designer.ui.grouped_list import KIND, GroupedList
from designer.ui.parts import column, ground, label
from designer.ui.theme.sizes import fix_size, inset
from designer.ui.theme.theme import Theme

Groups = Sequence[tuple[str, Sequence[Entry]]]


class Contents(QWidget):
    """`chosen` carries an address, and whether it was only passed by on the way with the keys."""

    chosen = Signal(str, bool)

    def __init__(self, groups: Groups, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self)
        self._groups = groups
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the help")
        self.search.setClearButtonEnabled(True)
        fix_size(self.search, height=32)
        self.search.setAccessibleName("Search the help")
        self.search.textChanged.connect(self._on_typed)
        self.search.installEventFilter(self)
        self.list = GroupedList(theme)
        self.list.setAccessibleName("Pages")
        self.list.itemClicked.connect(lambda item: self._send(item, passing=False))
        self.list.itemActivated.connect(lambda item: self._send(item, passing=False))
        self.list.currentItemChanged.connect(self._on_current)
        self.nothing = label("Nothing has that name.", "secondary", "muted", wrap=True)
        inset(self.nothing, 16, 8, 16, 8)
        layout = column(self, spacing=8)
        inset(layout, 0, 12, 0, 0)
        top = column()
        inset(top, 12, 0, 12, 0)
        top.addWidget(self.search)
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        self._on_typed("")

    def addresses(self) -> list[str]:
        """What is listed now, in order."""
        return self.list.listed()

    def mark(self, address: str) -> None:
        """Show which page is open, where it is listed."""
        found = self.list.row_of(address)
        self.list.blockSignals(True)
        self.list.setCurrentItem(found)  # type: ignore[arg-type]
        self.list.blockSignals(False)
        if found is not None:
            self.list.scrollToItem(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._send(self.list.currentItem(), passing=False)
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        if text.strip():
            every = [(entry, name) for name, group in self._groups for entry in group]
            for entry, family in best(text, every, lambda pair: pair[0].words):
                self.list.add_row(entry.title, entry.address, family)
            self.list.setCurrentRow(0)
        else:
            for name, group in self._groups:
                self.list.add_heading(name)
                for entry in group:
                    self.list.add_row(entry.title, entry.address, name)
        self.list.blockSignals(False)
        self.nothing.setVisible(self.list.count() == 0)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        self._send(item, passing=True)

    def _send(self, item: QListWidgetItem | None, *, passing: bool) -> None:
        if item is not None and item.data(KIND):
            self.chosen.emit(item.data(KIND), passing)
