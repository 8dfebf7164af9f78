"""What F1 is about: the widget with the focus says it, or the nearest one around it that can."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QToolTip, QWidget


@runtime_checkable
class Explained(Protocol):
    """A widget that knows the address of the page about what is chosen in it; "" for none."""

    def help_address(self) -> str: ...


def asked() -> str:
    """The address that is asked for: of what a tooltip is shown for, or of what has the focus."""
    if QToolTip.isVisible() and (found := _upwards(QApplication.widgetAt(QCursor.pos()))):
        return found
    return _upwards(QApplication.focusWidget())


def _upwards(widget: QWidget | None) -> str:
    while widget is not None:
        if isinstance(widget, Explained) and (address := widget.help_address()):
            return address
        widget = widget.parentWidget()
    return ""
