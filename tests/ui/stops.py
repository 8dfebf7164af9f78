"""The stops of Tab: what they are called, and what is seen when one has the focus."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from designer.ui.theme.contrast import SIGN_NEEDS, contrast

AROUND = 6
"""Pixels beyond its edges that the sign of a widget's focus may take."""


def stops(top: QWidget) -> list[QWidget]:
    """Every widget of a window that is seen and that Tab comes to."""
    return [
        widget
        for widget in (top, *top.findChildren(QWidget))
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
        and widget.window() is top.window()
    ]


def name(widget: QWidget) -> str:
    """What a reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def told(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return f"{type(widget).__name__} “{name(widget)}” in {type(parent).__name__}"


def seen(widget: QWidget) -> int:
    """How many pixels of it are told from what they were when the focus comes, at 3 : 1."""
    top = widget.window()
    QApplication.processEvents()
    if (has := QApplication.focusWidget()) is not None:
        has.clearFocus()
    _bring(widget)
    before = _picture(top)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if isinstance(widget, QLineEdit):
        widget.deselect()  # the selection is a sign of its own, but not of an empty field
    QApplication.processEvents()
    after = _picture(top)
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    place = place.adjusted(-AROUND, -AROUND, AROUND, AROUND) & before.rect()
    was, now = (_pixels(picture, place) for picture in (before, after))
    changed = was != now
    pairs = Counter(zip(was[changed].tolist(), now[changed].tolist(), strict=True))
    return sum(
        number
        for (one, other), number in pairs.items()
        if contrast(f"#{one:06x}", f"#{other:06x}") >= SIGN_NEEDS
    )


def _pixels(picture: QImage, place: QRect) -> NDArray[np.uint32]:
    whole = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
    rows, columns = slice(place.top(), place.bottom() + 1), slice(place.left(), place.right() + 1)
    return whole[rows, columns] & 0xFFFFFF


def _bring(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
    QApplication.processEvents()


def _picture(top: QWidget) -> QImage:
    for field in top.findChildren(QPlainTextEdit):
        field.setCursorWidth(0)  # it blinks
    return top.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
