"""Menus and shortcuts, made from the table of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from designer.app.actions import ACTIONS, MENUS, Action

Receivers = Mapping[str, object]
Entry = tuple[str, Callable[[], object] | None]
"""A title and what it does; what does nothing is the heading of those behind it."""
Entries = Callable[[], Iterable[Entry]]
"""What a menu that changes holds now."""


class Menus(QObject):
    """The QActions of the window, on it and on the canvas, and the menus that list them."""

    def __init__(self, window: QWidget, canvas: QWidget, receivers: Receivers) -> None:
        super().__init__(window)
        self._window = window
        self._receivers = receivers
        self.actions: dict[str, QAction] = {}
        for action in ACTIONS:
            made = QAction(action.title, window)
            made.setObjectName(action.id)
            if action.is_own:
                made.setText(f"{action.title}\t{action.keys[0]}")
            else:
                made.setShortcuts([QKeySequence(key) for key in action.keys])
            made.setCheckable(bool(action.state))
            made.triggered.connect(lambda _=False, action=action: self.run(action))
            if action.where == "canvas":
                made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                if not action.is_own:
                    canvas.addAction(made)
            else:
                window.addAction(made)
            self.actions[action.id] = made
        self.menus = {name: self._menu(name) for name in MENUS}

    def run(self, action: Action) -> None:
        """Do it."""
        receiver = self._receivers[action.receiver]
        if not action.needs or getattr(receiver, action.needs):
            getattr(receiver, action.method)()

    def add_changing(self, menu: str, title: str, entries: Entries, before: str) -> None:
        """Add a submenu that asks for its entries whenever it opens."""
        submenu = QMenu(title, self._window)
        submenu.aboutToShow.connect(lambda: self._refill(submenu, entries))
        self.menus[menu].insertMenu(self.actions[before], submenu)

    def context(self) -> QMenu:
        """What can be done with the selection, for a click with the right button."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.refresh()
        group = None
        for action in ACTIONS:
            if action.menu == "Edit" and action.where == "canvas":
                if group is not None and action.group != group:
                    menu.addSeparator()
                group = action.group
                menu.addAction(self.actions[action.id])
        return menu

    def popup(self) -> QMenu:
        """All menus under one button."""
        menu = QMenu(self._window)
        for name in MENUS:
            menu.addMenu(self.menus[name])
        return menu

    def refresh(self) -> None:
        """Bring ticks and greys up to date; what is grey does not take its keys either."""
        for action in ACTIONS:
            receiver = self._receivers[action.receiver]
            if action.state:
                self.actions[action.id].setChecked(bool(getattr(receiver, action.state)))
            if action.needs:
                self.actions[action.id].setEnabled(bool(getattr(receiver, action.needs)))

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(name, self._window)
        menu.aboutToShow.connect(self.refresh)
        group = None
        for action in ACTIONS:
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
