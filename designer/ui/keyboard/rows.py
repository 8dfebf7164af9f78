"""The actions in groups, each with its keys at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer.app.actions import GROUPS, Action
from designer.app.key_list import WHERE
from designer.app.keymap import KeyMap
from designer.ui.theme.fonts import BODY, CAPTION, SECONDARY, words
from designer.ui.theme.scale import px
from designer.ui.theme.theme import Theme

ACTION = Qt.ItemDataRole.UserRole
"""The action of a row; None: a heading."""
ROW, HEADING = 30, 32


class ActionRows(QListWidget):
    """Lists actions; headings cannot be chosen."""

    def __init__(self, keys: KeyMap, theme: Theme) -> None:
        super().__init__()
        self._keys = keys
        self.setItemDelegate(_RowDelegate(keys, theme, self))
        self.setAccessibleName("Actions and their keys")
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        theme.changed.connect(self.viewport().update)

    @property
    def action(self) -> Action | None:
        """The one that is chosen."""
        item: QListWidgetItem | None = self.currentItem()
        found: Action | None = item.data(ACTION) if item else None
        return found

    def listed(self) -> list[str]:
        """The ids of the actions that are listed, in order."""
        return [item.data(ACTION).id for item in self._items() if item.data(ACTION)]

    def show_actions(self, actions: Sequence[Action], *, in_groups: bool) -> None:
        """List these, and choose the one that was chosen or else the first."""
        chosen = self.action
        self.clear()
        if in_groups:
            for group in GROUPS:
                self._add_heading(group)
                for action in actions:
                    if action.menu == group:
                        self._add(action)
        else:
            for action in actions:
                self._add(action)
        self.choose(chosen.id if chosen else "")

    def choose(self, name: str) -> None:
        """Choose an action, or the first where it is not listed."""
        rows = [item for item in self._items() if item.data(ACTION)]
        wanted = next((item for item in rows if item.data(ACTION).id == name), None)
        if rows:
            self.setCurrentItem(wanted or rows[0])
        self.tell()

    def step(self, by: int) -> None:
        """Choose the next action in this direction."""
        row = self.currentRow() + by
        while 0 <= row < self.count():
            if self.item(row).data(ACTION):
                self.setCurrentRow(row)
                return
            row += by

    def tell(self) -> None:
        """Let a screen reader hear the keys as they are now."""
        for item in self._items():
            action: Action | None = item.data(ACTION)
            if action is not None:
                keys = " or ".join(self._keys.native(action.id)) or "no key"
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole,
                    f"{action.title}: {keys}, {WHERE[action.where]}",
                )
        self.viewport().update()

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def _add(self, action: Action) -> None:
        item = QListWidgetItem(action.title)
        item.setData(ACTION, action)
        self.addItem(item)


class _RowDelegate(QStyledItemDelegate):
    """Paints title and place at the left, the keys as caps at the right."""

    def __init__(self, keys: KeyMap, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._keys, self._theme = keys, theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, px(ROW if index.data(ACTION) else HEADING))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        area, tokens = option.rect, self._theme.tokens
        action: Action | None = index.data(ACTION)
        painter.save()
        if action is None:
            painter.setFont(words(SECONDARY, strong=True))
            painter.setPen(QColor(tokens.text_faint))
            place = area.adjusted(px(16), 0, 0, -px(6))
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom, index.data())
        else:
            self._ground(painter, option)
            right = self._caps(painter, area.adjusted(px(16), 0, -px(16), 0), action)
            room = area.adjusted(px(16), 0, right - area.right() - px(12), 0)
            self._words(painter, room, action)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """What says that a row is chosen, and that it has the keys."""
        tokens, state = self._theme.tokens, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if not chosen and not state & QStyle.StateFlag.State_MouseOver:
            return
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.focus) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_soft if chosen else tokens.hover))
        painter.drawRoundedRect(option.rect.adjusted(px(8), 0, -px(8), -1), px(5), px(5))

    def _caps(self, painter: QPainter, area: QRect, action: Action) -> int:
        """The keys, from the right; says how far they reach to the left."""
        tokens, x = self._theme.tokens, area.right()
        font = words(CAPTION)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.accent if self._keys.is_changed(action.id) else tokens.line_strong
        for key in reversed(self._keys.native(action.id)):
            width = max(metrics.horizontalAdvance(key) + px(12), px(22))
            cap = QRect(x - width, area.top() + px(5), width, area.height() - px(11))
            painter.setPen(QPen(QColor(edge), 1))
            painter.setBrush(QColor(tokens.raised))
            painter.drawRoundedRect(cap.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), px(4), px(4))
            painter.setPen(QColor(tokens.text))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            x -= width + px(4)
        return x

    def _words(self, painter: QPainter, area: QRect, action: Action) -> None:
        tokens, middle = self._theme.tokens, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(words(BODY))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(action.title, Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(QColor(tokens.text))
        painter.drawText(area, middle, title)
        told = f"{WHERE[action.where]} · changed"
        told = told if self._keys.is_changed(action.id) else WHERE[action.where]
        painter.setFont(words(CAPTION))
        painter.setPen(QColor(tokens.text_muted))
        room = area.adjusted(metrics.horizontalAdvance(title) + px(10), 0, 0, 0)
        if room.width() > painter.fontMetrics().horizontalAdvance(told):
            painter.drawText(room, middle, told)
