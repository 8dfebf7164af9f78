"""The arrangement of the window: its place and its panels, kept from one session to the next."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication

from designer.ui.theme.scale import px

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow

LEAST = (900, 600)
"""Pixels below which panels would cover one another."""
FIRST = (1600, 1000)


def restore(window: MainWindow) -> None:
    """Arrange the window as it was left, within the screens that there are now.

    What was kept by another version, or is no use, is left out: then things are where they begin.
    """
    value = window.settings.value
    screen = QGuiApplication.primaryScreen().availableGeometry()
    keep_least(window)
    if not window.restoreGeometry(QByteArray(_bytes(value.window))):
        window.resize(min(FIRST[0], screen.width()), min(FIRST[1], screen.height()))
    window.desk.arrange(_bytes(value.panels))
    window.menuBar().setVisible(value.menu_bar)


def keep_least(window: MainWindow) -> None:
    """Let the window be no smaller than its panels can bear, nor larger than the screen."""
    screen = window.screen().availableGeometry()
    least = (min(px(LEAST[0]), screen.width()), min(px(LEAST[1]), screen.height()))
    window.setMinimumSize(*least)


def remember(window: MainWindow) -> None:
    """Write down how the window is arranged; where the canvas is alone, how it was before."""
    window.settings.put(
        replace(
            window.settings.value,
            window=_text(bytes(window.saveGeometry().data())),
            panels=_text(window.desk.arrangement()),
            menu_bar=window.view.has_menu_bar,
        )
    )


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")
