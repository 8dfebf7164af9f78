"""Quick add: type a few letters, press Enter, and the layer is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from designer.core.layer import Layer
from designer.help.addresses import LAYER as PAGE
from designer.ui.canvas.drawing.ink import colour
from designer.ui.canvas.edit.likely import ranked
from designer.ui.theme.fonts import CAPTION, words
from designer.ui.theme.scale import fine, px
from designer.ui.theme.sizes import fix_size, gap, inset, set_words
from designer.ui.theme.tokens import Tokens

WIDTH = 268
ROW = 28
MOST_ROWS = 9
ABOVE = 72
"""What lies around the list, with its distance from the edges of the canvas."""
LAYER = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class _Layers(QAbstractListModel):
    """The layers that fit what was typed."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.kinds: Sequence[type[Layer]] = ()

    def show(self, kinds: Sequence[type[Layer]]) -> None:
        self.beginResetModel()
        self.kinds = kinds
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self.kinds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        kind = self.kinds[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return kind.kind()
        if role == Qt.ItemDataRole.ToolTipRole:
            return (kind.__doc__ or "").split("\n")[0]
        return kind if role == LAYER else None


class _Rows(QStyledItemDelegate):
    """Draws a row: the stripe of the family, the name, the family's name."""

    tokens: Tokens

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(WIDTH), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        kind, tokens = index.data(LAYER), self.tokens
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(colour(tokens.accent_soft))
            painter.drawRoundedRect(rect.adjusted(px(4), 1, -px(4), -1), px(5), px(5))
        painter.setBrush(colour(tokens.family(kind.family)))
        stripe = rect.adjusted(px(12), px(7), 0, -px(7))
        stripe.setWidth(px(3))
        painter.drawRoundedRect(stripe, fine(1.5), fine(1.5))
        painter.setFont(words())
        painter.setPen(colour(tokens.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        inner = rect.adjusted(px(24), 0, -px(12), 0)
        painter.drawText(inner, middle, kind.kind())
        taken = painter.fontMetrics().horizontalAdvance(kind.kind()) + px(12)
        painter.setFont(words(CAPTION))
        if taken + painter.fontMetrics().horizontalAdvance(kind.family) <= inner.width():
            painter.setPen(colour(tokens.text_muted))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, kind.family)
        painter.restore()


class QuickAdd(QFrame):
    """A search field with a list under it. It floats above the canvas and takes the keys."""

    chosen = Signal(object)
    """The layer class that was picked."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setObjectName("quick_add")
        fix_size(self, width=WIDTH)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Add a layer")
        fix_size(self.field, height=32)
        set_words(self.field)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_text_changed)
        self._model = _Layers(self)
        self._rows = _Rows(self)
        self.list = QListView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._rows)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._on_clicked)
        self.list.entered.connect(self.list.setCurrentIndex)
        column = QVBoxLayout(self)
        inset(column, 8, 8, 8, 8)
        gap(column, 6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._offered: Sequence[type[Layer]] = ()
        self._likely: Mapping[str, int] = {}
        self.hide()

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self._rows.tokens = tokens
        self.setStyleSheet(
            f"QFrame#quick_add {{ background: {tokens.raised}; border: 1px solid"
            f" {tokens.line_strong}; border-radius: {px(8)}px; }}"
            f" QListView {{ background: {tokens.raised}; border: none; }}"
        )

    @property
    def kinds(self) -> list[str]:
        """The names in the list, in its order."""
        return [kind.kind() for kind in self._model.kinds]

    def help_address(self) -> str:
        """The page about the layer that is marked in the list."""
        row = self.list.currentIndex().row()
        return f"{PAGE}{self.kinds[row]}" if 0 <= row < len(self.kinds) else ""

    def offer(
        self, layers: Sequence[type[Layer]], likely: Mapping[str, int], at: QPoint, hint: str = ""
    ) -> None:
        """Open at a place with these layers, the likely ones first."""
        self._offered, self._likely = layers, likely
        self.field.setPlaceholderText(hint or "Add a layer")
        self.field.clear()
        self._on_text_changed("")
        room = self._canvas.size()
        self.setFixedWidth(min(px(WIDTH), room.width() - 2 * px(8)))
        x = max(8, min(at.x(), room.width() - self.width() - 8))
        y = max(8, min(at.y(), room.height() - self.height() - 8))
        self.move(x, y)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_quietly(self) -> None:
        """Close and give the keys back to the canvas."""
        if self.isVisible():
            had_focus = self.field.hasFocus()
            self.hide()
            if had_focus:
                self._canvas.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._pressed(Qt.Key(event.key()))
        elif isinstance(event, QFocusEvent) and _is_left(event):
            self.close_quietly()
        return False

    def _pressed(self, key: Qt.Key) -> bool:
        row, last = self.list.currentIndex().row(), len(self._model.kinds) - 1
        if key == Qt.Key.Key_Escape:
            self.close_quietly()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._pick(row)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self._go(min(max(row + step, 0), last))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = MOST_ROWS if key == Qt.Key.Key_PageDown else -MOST_ROWS
            self._go(min(max(row + step, 0), last))
        else:
            return False
        return True

    def _on_text_changed(self, typed: str) -> None:
        kinds = ranked(typed, self._offered, self._likely)
        self._model.show(kinds)
        rows = max(1, min(len(kinds), MOST_ROWS))
        room = self._canvas.height() - px(ABOVE)
        self.list.setFixedHeight(max(min(rows * px(ROW), room), px(ROW)) + 2)
        self.adjustSize()
        self._go(0)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._pick(index.row())

    def _go(self, row: int) -> None:
        if 0 <= row < len(self._model.kinds):
            self.list.setCurrentIndex(self._model.index(row))

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._model.kinds):
            kind = self._model.kinds[row]
            self.close_quietly()
            self.chosen.emit(kind)


def _is_left(event: QFocusEvent) -> bool:
    """Whether the focus went elsewhere in the window; another window may come and go."""
    return event.lostFocus() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason
