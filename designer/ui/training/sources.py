"""The list of data sets that have a name, with what each is and what it costs to have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from designer.data import Offer
from designer.ui.parts import plain_tip
from designer.ui.theme.fonts import BODY, SECONDARY, words
from designer.ui.theme.scale import px
from designer.ui.theme.theme import Theme

ROW = 40
_OFFER = Qt.ItemDataRole.UserRole


class SourceList(QListWidget):
    """One row a data set; `chosen` when the user picks another one."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName("Data sets")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current_changed)
        theme.changed.connect(self.viewport().update)

    def show_offers(self, offers: Sequence[Offer], source: str) -> None:
        """Show these sets, and mark the one that the design names, where it is one of them."""
        self.blockSignals(True)
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.name)
            item.setData(_OFFER, offer)
            item.setToolTip(
                plain_tip(" · ".join(filter(None, (offer.title, offer.licence, offer.home))))
            )
            self.addItem(item)
            if offer.name == source:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.text())


class _Delegate(QStyledItemDelegate):
    """Paints name and title, and at the right the size of a download."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, px(ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens, offer = self._theme.tokens, index.data(_OFFER)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        area = option.rect
        if is_chosen:
            painter.fillRect(area, QColor(tokens.accent_soft))
        inner = area.adjusted(px(12), px(4), -px(12), -px(4))
        painter.setFont(words(BODY, strong=is_chosen))
        painter.setPen(QColor(tokens.text))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, offer.name)
        painter.setFont(words(SECONDARY))
        painter.setPen(QColor(tokens.text_muted))
        elide = QFontMetrics(painter.font()).elidedText
        title = elide(offer.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom, title)
        if not offer.present:
            right = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            painter.drawText(inner, right, f"{offer.size / 1e6:,.0f} MB to fetch")
