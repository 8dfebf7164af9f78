"""What of a window's words is cut, covers other words, or lies beyond an edge."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QScrollArea,
    QTabBar,
    QWidget,
)

SLACK = 1
"""A pixel that rounding may take."""


def faults(top: QWidget) -> list[str]:
    """A sentence for everything that cannot be read as a whole."""
    told = [*_words(top)]
    return [f"{name} {_told(widget)}" for widget, name in _cut(told)] + _covered(told)


def _words(top: QWidget) -> Iterator[QWidget]:
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and widget.width() > 1 and _text(widget).strip():
            yield widget


def _text(widget: QWidget) -> str:
    if isinstance(widget, QTabBar):
        return " ".join(widget.tabText(i) for i in range(widget.count()))
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    return ""


def _cut(told: list[QWidget]) -> Iterator[tuple[QWidget, str]]:
    for widget in told:
        if isinstance(widget, QLabel):
            wide, high = _needs(widget)
            room = widget.contentsRect()
            if wide > room.width() + SLACK or high > room.height() + SLACK:
                yield widget, f"is cut ({wide} × {high} in {room.width()} × {room.height()}):"
        elif isinstance(widget, QAbstractButton):
            wide = widget.fontMetrics().horizontalAdvance(widget.text().replace("&&", "&"))
            if wide > widget.width() or widget.fontMetrics().height() > widget.height():
                yield widget, f"is cut ({wide} in {widget.width()}):"
        elif isinstance(widget, QTabBar):
            for i in range(widget.count()):
                wide = widget.fontMetrics().horizontalAdvance(widget.tabText(i))
                if wide > widget.tabRect(i).width() or widget.tabRect(i).right() > widget.width():
                    yield widget, f"has a cut tab {widget.tabText(i)}:"
        if _beyond(widget):
            yield widget, "lies beyond an edge:"


def _needs(widget: QLabel) -> tuple[int, int]:
    metrics = QFontMetrics(widget.font())
    if widget.textFormat() == Qt.TextFormat.RichText:
        page = QTextDocument()
        page.setDefaultFont(widget.font())
        page.setDocumentMargin(0)
        page.setHtml(widget.text())
        page.setTextWidth(widget.contentsRect().width())
        return round(page.idealWidth()), 0
    if widget.wordWrap():
        flags = Qt.TextFlag.TextWordWrap
        room = QRect(0, 0, widget.contentsRect().width(), 10_000)
        box = metrics.boundingRect(room, flags, widget.text())
        return box.width(), box.height()
    lines = widget.text().split("\n")
    return max(map(metrics.horizontalAdvance, lines)), metrics.height() * len(lines)


def _beyond(widget: QWidget) -> bool:
    """Whether it is cut by something around it that does not scroll to it."""
    inner, around = widget, widget.parentWidget()
    rect = QRect(QPoint(0, 0), widget.size())
    while around is not None and not inner.isWindow():
        rect.moveTopLeft(inner.mapToParent(rect.topLeft()))
        area = around.parentWidget()
        down = isinstance(area, QAbstractScrollArea) and around is area.viewport()
        if down and isinstance(area, QAbstractScrollArea):
            off = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if not (isinstance(area, QScrollArea) and off):
                return False  # it can be scrolled to
            return bool(rect.left() < -SLACK or rect.right() > around.width() + SLACK)
        room = around.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not room.contains(rect):
            return True
        inner, around = around, around.parentWidget()
    return False


def _covered(told: list[QWidget]) -> list[str]:
    """Words of one parent that lie over one another."""
    found = []
    for one, other in combinations(told, 2):
        if one.parentWidget() is other.parentWidget():
            both = one.geometry() & other.geometry()
            if both.width() > SLACK and both.height() > SLACK:
                found.append(f"{_told(one)} covers {_told(other)}")
    return found


def _told(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{_text(widget)[:48]}” at {widget.geometry().getRect()}"
