"""The cells of the summary: names with the triangle of a fold, figures with the bar of a share."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from designer.ui.summary.model import FOLD_ROLE, SHARE_ROLE, Index
from designer.ui.theme.scale import fine, px
from designer.ui.theme.theme import Theme

STEP = 16
"""How far a level stands in from the one around it, and how wide a triangle's place is."""
EDGE = 8
BAR = 5
LINE = 2
FIGURE = 72
"""What the figure beside a bar needs."""


class NameDelegate(QStyledItemDelegate):
    """A name, indented; before that of a composite a triangle that opens it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        depth, can_open, is_open = index.data(FOLD_ROLE)
        inner = QStyleOptionViewItem(option)
        if not (depth or can_open):
            super().paint(painter, option, index)
            return
        self.initStyleOption(inner, index)
        text, inner.text = inner.text, ""
        style = inner.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, inner, painter, inner.widget)
        area: QRect = option.rect
        left = area.left() + px(EDGE) + depth * px(STEP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if can_open:
            _triangle(painter, QPointF(left + px(4), area.center().y() + 0.5), is_open, self._ink())
        painter.setPen(
            QColor(self._theme.tokens.text if not depth else self._theme.tokens.text_muted)
        )
        words = area.adjusted(left + px(STEP) - area.left(), 0, 0, 0)
        elided = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, words.width())
        painter.setFont(option.font)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        painter.restore()

    def _ink(self) -> QColor:
        return QColor(self._theme.tokens.text_muted)

    @staticmethod
    def triangle(area: QRect, depth: int) -> QRect:
        """Where a click on a cell opens what is inside."""
        return QRect(area.left() + depth * px(STEP), area.top(), px(EDGE) + px(STEP), area.height())


class ShareDelegate(QStyledItemDelegate):
    """A figure, and how large it is beside the largest: a bar, or a thin line below it."""

    def __init__(self, theme: Theme, parent: QWidget, *, thin: bool = False) -> None:
        super().__init__(parent)
        self._theme, self._thin = theme, thin

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = index.data(SHARE_ROLE)
        if not share:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.accent))
        bar = _line(option.rect, share) if self._thin else _bar(option.rect, share)
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.restore()


def _bar(area: QRect, share: float) -> QRectF:
    width = max(2.0, (area.width() - px(FIGURE) - px(EDGE)) * share)
    bar = px(BAR)
    return QRectF(area.left() + px(EDGE), area.center().y() - bar / 2 + 0.5, width, bar)


def _line(area: QRect, share: float) -> QRectF:
    width = max(2.0, (area.width() - 2 * px(EDGE)) * share)
    line = px(LINE)
    return QRectF(area.right() - px(EDGE) - width + 1, area.bottom() - line, width, line)


def _triangle(painter: QPainter, middle: QPointF, is_open: bool, ink: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    right = [QPointF(-2, -4), QPointF(3, 0), QPointF(-2, 4)]
    down = [QPointF(-4, -2), QPointF(4, -2), QPointF(0, 3)]
    points = [middle + point * fine(1) for point in (down if is_open else right)]
    painter.drawPolygon(QPolygonF(points))
