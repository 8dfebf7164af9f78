"""The menus, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from designer.app.actions import MENUS
from designer.ui.commands.bindings import Bindings

Entry = tuple[str, Callable[[], object] | None]
"""A title and what it does; what does nothing is the heading of those behind it."""
Entries = Callable[[], Iterable[Entry]]
"""What a menu that changes holds now."""


HANDY = ("view.rename", "frames.add", "frames.comment", "dots.add")
"""What a click with the right button offers besides what is in the menu Edit."""


class Menus(QObject):
    """The menus, and the context menu, that list the actions of the window."""

    def __init__(self, window: QWidget, bindings: Bindings) -> None:
        super().__init__(window)
        self._window, self._bindings = window, bindings
        self.actions = bindings.made
        self.menus = {name: self._menu(name) for name in MENUS}

    def add_changing(self, menu: str, title: str, entries: Entries, before: str) -> None:
        """Add a submenu that asks for its entries whenever it opens."""
        submenu = QMenu(title, self._window)
        submenu.aboutToShow.connect(lambda: self._refill(submenu, entries))
        self.menus[menu].insertMenu(self.actions[before], submenu)

    def context(self) -> QMenu:
        """What can be done with the selection, for a click with the right button."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bindings.refresh()
        group = None
        for action in self._bindings.keys.actions:
            if action.menu == "Edit" and action.where == "canvas":
                if group is not None and action.group != group:
                    menu.addSeparator()
                group = action.group
                menu.addAction(self.actions[action.id])
        menu.addSeparator()
        for name in HANDY:
            menu.addAction(self.actions[name])
        return menu

    def popup(self) -> QMenu:
        """All menus under one button."""
        menu = QMenu(self._window)
        for name in MENUS:
            menu.addMenu(self.menus[name])
        return menu

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(name, self._window)
        menu.aboutToShow.connect(self._bindings.refresh)
        group = None
        for action in self._bindings.keys.actions:
            if action.menu == name:
                if group is not None and action.group != group:
                    menu.addSeparator()
                group = action.group
                menu.addAction(self.actions[action.id])
        return menu

    def _refill(self, menu: QMenu, entries: Entries) -> None:
        menu.clear()
        for title, run in entries():
            if run is None and not menu.isEmpty():
                menu.addSeparator()
            action = menu.addAction(title.replace("&", "&&"))
            if run is None:
                action.setEnabled(False)
            else:
                action.triggered.connect(lambda _=False, run=run: run())
        menu.setEnabled(True)
        if menu.isEmpty():
            menu.addAction("none yet").setEnabled(False)
