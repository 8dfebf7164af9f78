"""The palette: every layer of the catalogue by family, to search, drag and add."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QCursor,
    QDrag,
    QKeyEvent,
    QKeySequence,
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
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from designer.app.matching import best
from designer.core.layer import Layer
from designer.help.addresses import LAYER
from designer.ui.canvas.gestures.drop import MIME
from designer.ui.parts import column, ground, label
from designer.ui.theme.fonts import BODY, CAPTION, SECONDARY, words
from designer.ui.theme.theme import Theme

KIND = Qt.ItemDataRole.UserRole
"""What a row stands for; None: a heading."""
FAMILY = Qt.ItemDataRole.UserRole + 1
ROW = 23
HEADING = 29

Families = Mapping[str, Sequence[type[Layer]]]


class PalettePanel(QWidget):
    """Search and list; `chosen` carries the name of a layer to add after the selection."""

    chosen = Signal(str)
    help_wanted = Signal(str)
    """The address of the page about a row whose question mark was clicked."""

    def __init__(self, families: Families, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self)
        self.setMinimumWidth(180)
        self._families = families
        self.search = _Search("Ctrl+L")
        self.search.setPlaceholderText("Add a layer")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedHeight(32)
        self.search.setAccessibleName("Search the layers")
        self.list = _LayerList(theme)
        self.list.setAccessibleName("Layers")
        self.nothing = label("", "secondary", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 8, 16, 8)
        layout = column(self, 0, 8)
        layout.setContentsMargins(0, 12, 0, 0)
        top = column(margin=0)
        top.setContentsMargins(12, 0, 12, 0)
        top.addWidget(self.search)
        layout.addLayout(top)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.moved.connect(self.list.move)
        self.search.returnPressed.connect(self._on_return)
        self.list.asked.connect(lambda name: self.help_wanted.emit(f"{LAYER}{name}"))
        self.list.itemActivated.connect(self._on_activated)
        theme.changed.connect(self.list.viewport().update)
        self._on_search("")

    def names(self) -> list[str]:
        """The layers that are listed now, in order."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(KIND) for item in items if item.data(KIND)]

    def item(self, name: str) -> QListWidgetItem | None:
        """The row of a layer, if it is listed."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return next((item for item in items if item.data(KIND) == name), None)

    def help_address(self) -> str:
        """The page about the row that is pointed at, or else the one that is current."""
        item: QListWidgetItem | None = self.list.pointed() or self.list.currentItem()
        name = item.data(KIND) if item else None
        return f"{LAYER}{name}" if name else ""

    def _on_search(self, text: str) -> None:
        self.list.clear()
        if text.strip():
            every = [kind for group in self._families.values() for kind in group]
            for kind in best(text, every, _words):
                self._add_layer(kind)
        else:
            for family, group in self._families.items():
                self._add_heading(family)
                for kind in group:
                    self._add_layer(kind)
        self.nothing.setText(f"No layer is called “{text}”.")
        self.nothing.setVisible(self.list.count() == 0)
        if text.strip():
            self.list.move(0)

    def _add_heading(self, family: str) -> None:
        item = QListWidgetItem(family)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, HEADING))
        self.list.addItem(item)

    def _add_layer(self, kind: type[Layer]) -> None:
        item = QListWidgetItem(kind.kind())
        item.setData(KIND, kind.kind())
        item.setData(FAMILY, kind.family)
        item.setSizeHint(QSize(0, ROW))
        sentence = inspect.cleandoc(kind.__doc__ or kind.kind()).split("\n\n")[0]
        item.setToolTip(f"{sentence}\nF1 or the question mark: more about {kind.kind()}")
        self.list.addItem(item)

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

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.text() and not self.hasFocus():
            with QPainter(self) as painter:
                painter.setFont(words(CAPTION))
                painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(self.rect().adjusted(0, 0, -10, 0), right, self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _LayerList(QListWidget):
    """Rows that can be dragged onto the canvas; `asked` carries a layer that was asked about."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setItemDelegate(LayerDelegate(theme, self, asks=True))
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)

    def move(self, by: int) -> None:  # type: ignore[override]
        """Make the next layer in this direction the current one; 0: the first."""
        start = -1 if by == 0 else self.currentRow()
        rows = range(start + (by or 1), self.count() if by >= 0 else -1, by or 1)
        for row in rows:
            if self.item(row).data(KIND):
                self.setCurrentRow(row)
                return

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
        drag.setPixmap(self._picture(items[0]))
        drag.setHotSpot(drag.pixmap().rect().center() / drag.pixmap().devicePixelRatio())
        drag.exec(Qt.DropAction.CopyAction)

    def _picture(self, item: QListWidgetItem) -> QPixmap:
        """A small node, as it will lie on the canvas."""
        tokens, ratio = self._theme.tokens, self.devicePixelRatioF()
        pixmap = QPixmap(QSize(148, 46) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(tokens.accent))
            painter.setBrush(QColor(tokens.node))
            painter.drawRoundedRect(1, 1, 146, 44, 7, 7)
            painter.fillRect(1, 5, 4, 36, QColor(tokens.family(item.data(FAMILY))))
            painter.setPen(QColor(tokens.text))
            painter.setFont(words(BODY, strong=True))
            painter.drawText(16, 28, item.text())
        return pixmap


def question_mark(row: QRect) -> QRect:
    """Where the question mark of a row is."""
    return QRect(row.right() - 32, row.top(), 24, row.height())


class LayerDelegate(QStyledItemDelegate):
    """Paints a heading, or a row with the stripe of its family; `asks`: with a question mark."""

    def __init__(self, theme: Theme, parent: QWidget, *, asks: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._asks = theme, asks

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = self._theme.tokens
        area: QRect = option.rect
        state = option.state
        text = index.data(Qt.ItemDataRole.DisplayRole)
        painter.save()
        if index.data(KIND) is None:
            painter.setFont(words(SECONDARY, strong=True))
            painter.setPen(QColor(tokens.text_faint))
            middle = Qt.AlignmentFlag.AlignBottom
            painter.drawText(area.adjusted(16, 0, -8, -5), middle, text)
        else:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                chosen = bool(state & QStyle.StateFlag.State_Selected)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QColor(tokens.focus) if focused else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.accent_soft if chosen else tokens.line))
                painter.drawRoundedRect(area.adjusted(8, 0, -8, -1), 5, 5)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                if self._asks:
                    painter.setFont(words(SECONDARY, strong=True))
                    painter.setPen(QColor(tokens.text_muted))
                    painter.drawText(question_mark(area), Qt.AlignmentFlag.AlignCenter, "?")
            stripe = QRect(area.left() + 16, area.top() + 5, 3, area.height() - 10)
            painter.fillRect(stripe, QColor(tokens.family(index.data(FAMILY))))
            painter.setFont(words(BODY))
            painter.setPen(QColor(tokens.text))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area.adjusted(29, 0, -8, 0), middle, text)
        painter.restore()
