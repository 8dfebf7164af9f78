"""A list in groups: rows with the stripe of their family, under headings that cannot be chosen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer.ui.theme.fonts import BODY, SECONDARY, words
from designer.ui.theme.scale import px
from designer.ui.theme.theme import Theme

KIND = Qt.ItemDataRole.UserRole
"""What a row stands for; None: a heading."""
FAMILY = Qt.ItemDataRole.UserRole + 1
ROW = 23
HEADING = 29


class GroupedList(QListWidget):
    """Rows and headings; `asks`: a row that is pointed at has a question mark."""

    def __init__(self, theme: Theme, *, asks: bool = False) -> None:
        super().__init__()
        self.setItemDelegate(_RowDelegate(theme, self, asks=asks))
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.viewport().update)

    def add_heading(self, text: str) -> None:
        """Begin a group."""
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)

    def add_row(self, text: str, stands_for: str, family: str, tip: str = "") -> None:
        """Add a row to the group that was begun last."""
        item = QListWidgetItem(text)
        item.setData(KIND, stands_for)
        item.setData(FAMILY, family)
        item.setToolTip(tip)
        self.addItem(item)

    def listed(self) -> list[str]:
        """What the rows stand for, in order."""
        return [item.data(KIND) for item in self._rows()]

    def row_of(self, stands_for: str) -> QListWidgetItem | None:
        """The row of something, if it is listed."""
        return next((item for item in self._rows() if item.data(KIND) == stands_for), None)

    def step(self, by: int) -> None:
        """Make the next row in this direction the current one; 0: the first."""
        start = -1 if by == 0 else self.currentRow()
        for row in range(start + (by or 1), self.count() if by >= 0 else -1, by or 1):
            if self.item(row).data(KIND):
                self.setCurrentRow(row)
                return

    def _rows(self) -> Iterator[QListWidgetItem]:
        items = (self.item(row) for row in range(self.count()))
        return (item for item in items if item.data(KIND))


def question_mark(row: QRect) -> QRect:
    """Where the question mark of a row is."""
    return QRect(row.right() - px(32), row.top(), px(24), row.height())


class _RowDelegate(QStyledItemDelegate):
    """Paints a heading, or a row with the stripe of its family; `asks`: with a question mark."""

    def __init__(self, theme: Theme, parent: QWidget, *, asks: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._asks = theme, asks

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, px(HEADING if index.data(KIND) is None else ROW))

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
            painter.drawText(area.adjusted(px(15), 0, -px(8), -px(5)), middle, text)
        else:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
                chosen = bool(state & QStyle.StateFlag.State_Selected)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QColor(tokens.focus) if focused else Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.accent_soft if chosen else tokens.hover))
                painter.drawRoundedRect(area.adjusted(px(7), 0, -px(7), -1), px(5), px(5))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                if self._asks:
                    painter.setFont(words(SECONDARY, strong=True))
                    painter.setPen(QColor(tokens.text_muted))
                    painter.drawText(question_mark(area), Qt.AlignmentFlag.AlignCenter, "?")
            stripe = area.adjusted(px(15), px(5), 0, -px(5))
            stripe.setWidth(px(3))
            painter.fillRect(stripe, QColor(tokens.family(index.data(FAMILY))))
            painter.setFont(words(BODY))
            painter.setPen(QColor(tokens.text))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(area.adjusted(px(28), 0, -px(8), 0), middle, text)
        painter.restore()
