"""The arrangement of the window: its size and its panels, kept from one session to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow

LEAST = (900, 600)
"""Pixels below which panels would cover one another."""


def restore(window: MainWindow) -> None:
    """Arrange the window as it was left, within the screen as it is now."""
    value = window.settings.value
    screen = QGuiApplication.primaryScreen().availableGeometry()
    window.setMinimumSize(*LEAST)
    window.resize(min(value.size[0], screen.width()), min(value.size[1], screen.height()))
    window.columns.setSizes(list(value.columns))
    window.rows.setSizes(list(value.rows))
    window.palette_panel.setVisible(value.palette)
    window.inspector.setVisible(value.inspector)
    window.dock.setVisible(value.dock)
    window.menuBar().setVisible(value.menu_bar)
    window.dock.tabs.setCurrentIndex(min(value.tab, window.dock.tabs.count() - 1))
    if value.maximized:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def remember(window: MainWindow) -> None:
    """Write down how the window is arranged; where the canvas is alone, how it was before."""
    palette, inspector, dock = window.view.panels
    value = window.settings.value
    size = window.normalGeometry().size()
    if not window.view.is_alone:
        value = replace(value, columns=tuple(window.columns.sizes()))
        value = replace(value, rows=tuple(window.rows.sizes()))
    window.settings.put(
        replace(
            value,
            size=(size.width(), size.height()),
            maximized=window.isMaximized(),
            palette=palette,
            inspector=inspector,
            dock=dock,
            menu_bar=window.view.has_menu_bar,
            tab=window.dock.tabs.currentIndex(),
        )
    )
