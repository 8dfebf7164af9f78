"""The palette: every layer of the catalogue by family, to search, drag and add."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QMimeData,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QCursor,
    QDrag,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolTip,
    QWidget,
)

from designer.app.keymap import KeyMap
from designer.app.matching import best
from designer.core.layer import Layer
from designer.help.addresses import LAYER
from designer.ui.canvas.gestures.drop import MIME
from designer.ui.grouped_list import KIND, GroupedList, question_mark
from designer.ui.parts import column, ground, label
from designer.ui.theme.fonts import CAPTION, words
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import at_least, fix_size, inset
from designer.ui.theme.theme import Theme

Families = Mapping[str, Sequence[type[Layer]]]


class PalettePanel(QWidget):
    """Search and list; `chosen` carries the name of a layer to add after the selection."""

    chosen = Signal(str)
    help_wanted = Signal(str)
    """The address of the page about a row whose question mark was clicked."""

    def __init__(
        self,
        families: Families,
        theme: Theme,
        keys: KeyMap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        ground(self)
        at_least(self, width=180)
        self._families = families
        self._keys = keys or KeyMap()
        self.search = _Search("view.search_layers", self._keys)
        self.search.setPlaceholderText("Add a layer")
        self.search.setClearButtonEnabled(True)
        fix_size(self.search, height=32)
        self.search.setAccessibleName("Search the layers")
        self.list = _LayerList(theme)
        self.list.setAccessibleName("Layers")
        self.nothing = label("", "secondary", "muted", wrap=True)
        inset(self.nothing, 16, 8, 16, 8)
        layout = column(self, 0, 8)
        inset(layout, 0, 0, 0, 0)
        top = column(margin=0)
        inset(top, 12, 0, 12, 0)
        top.addWidget(self.search)
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.moved.connect(self.list.step)
        self.search.returnPressed.connect(self._on_return)
        self.list.asked.connect(lambda name: self.help_wanted.emit(f"{LAYER}{name}"))
        self.list.itemActivated.connect(self._on_activated)
        self._keys.changed.connect(self._on_keys_changed)
        self._on_search("")

    def names(self) -> list[str]:
        """The layers that are listed now, in order."""
        return self.list.listed()

    def item(self, name: str) -> QListWidgetItem | None:
        """The row of a layer, if it is listed."""
        return self.list.row_of(name)

    def help_address(self) -> str:
        """The page about the row that is pointed at, or else the one that is current."""
        item: QListWidgetItem | None = self.list.pointed() or self.list.currentItem()
        name = item.data(KIND) if item else None
        return f"{LAYER}{name}" if name else ""

    def _on_keys_changed(self) -> None:
        self._on_search(self.search.text())

    def _on_search(self, text: str) -> None:
        self.list.clear()
        if text.strip():
            every = [kind for group in self._families.values() for kind in group]
            for kind in best(text, every, _words):
                self._add_layer(kind)
        else:
            for family, group in self._families.items():
                self.list.add_heading(family)
                for kind in group:
                    self._add_layer(kind)
        self.nothing.setText(f"No layer is called “{text}”.")
        self.nothing.setVisible(self.list.count() == 0)
        if text.strip():
            self.list.step(0)

    def _add_layer(self, kind: type[Layer]) -> None:
        name = kind.kind()
        sentence = inspect.cleandoc(kind.__doc__ or name).split("\n\n")[0]
        key = self._keys.named("help.explain_this")
        tip = f"{sentence}\n{key} or the question mark: more about {name}"
        self.list.add_row(name, name, kind.family, tip)

    def _on_return(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self._on_activated(item)
            self.search.clear()

    def _on_activated(self, item: QListWidgetItem) -> None:
        name = item.data(KIND)
        if name:
            self.chosen.emit(name)


def _words(kind: type[Layer]) -> list[str]:
    return [kind.kind(), kind.search, kind.family]


class _Search(QLineEdit):
    """The search line; up and down move in the list below it."""

    moved = Signal(int)

    def __init__(self, action: str, keys: KeyMap) -> None:
        super().__init__()
        self._action, self._keys = action, keys
        keys.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text() and not self.hasFocus():
            with QPainter(self) as painter:
                painter.setFont(words(CAPTION))
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                key = next(iter(self._keys.native(self._action)), "")
                painter.drawText(self.rect().adjusted(0, 0, -px(10), 0), right, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _LayerList(GroupedList):
    """Rows that can be dragged onto the canvas; `asked` carries a layer that was asked about."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, asks=True)
        self._theme = theme
        self.setDragEnabled(True)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)

    def pointed(self) -> QListWidgetItem | None:
        """The row whose tooltip is shown."""
        if not (QToolTip.isVisible() and self.viewport().underMouse()):
            return None
        return self.itemAt(self.viewport().mapFromGlobal(QCursor.pos()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        item: QListWidgetItem | None = self.itemAt(at)
        if item is not None and item.data(KIND):
            mark = question_mark(self.visualItemRect(item))
            if mark.contains(at):
                self.asked.emit(item.data(KIND))
                return
        super().mousePressEvent(event)

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        data = QMimeData()
        name = items[0].data(KIND)
        data.setData(MIME, name.encode())
        data.setText(name)
        return data

    def startDrag(self, actions: Qt.DropAction) -> None:
        items = [item for item in self.selectedItems() if item.data(KIND)]
        if not items:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mimeData(items))
        # the canvas shows the node itself, in its size and with its shape: nothing may lie on it
        nothing = QPixmap(1, 1)
        nothing.fill(Qt.GlobalColor.transparent)
        drag.setPixmap(nothing)
        drag.exec(Qt.DropAction.CopyAction)
