"""The QActions of the table of actions: made once, heard where they hold, with the keys of now."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from designer.app.actions import Action, Where
from designer.app.key_rules import PORTABLE
from designer.app.keymap import KeyMap

Receivers = Mapping[str, object]
"""Who does what actions ask for, by the first half of their ids."""


class Bindings(QObject):
    """A QAction for every action that somebody here does; `bind` says which widget hears them."""

    def __init__(self, keys: KeyMap, receivers: Receivers, parent: QObject) -> None:
        super().__init__(parent)
        self.keys = keys
        self._receivers = receivers
        self.made: dict[str, QAction] = {}
        self._actions = {a.id: a for a in keys.actions if a.receiver in receivers}
        for action in self._actions.values():
            made = QAction(action.title, self)
            made.setObjectName(action.id)
            made.setCheckable(bool(action.state))
            made.setAutoRepeat(action.repeats)
            made.triggered.connect(lambda _=False, action=action: self.run(action))
            if action.where not in ("window", "help"):
                made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.made[action.id] = made
        keys.changed.connect(self._set_keys)
        self._set_keys()

    def bind(self, widget: QWidget, *places: Where) -> None:
        """Let a widget hear the keys of these places."""
        for action in self._actions.values():
            if action.where in places:
                widget.addAction(self.made[action.id])

    def run(self, action: Action) -> None:
        """Do it, where it can be done."""
        if not self.why_not(action):
            getattr(self._receivers[action.receiver], action.method)()

    def trigger(self, name: str) -> None:
        """Do the action of this id."""
        self.run(self._actions[name])

    def why_not(self, action: Action) -> str:
        """What is missing for an action, in a few words; empty where it can be done."""
        receiver = self._receivers[action.receiver]
        return "" if not action.needs or getattr(receiver, action.needs) else action.reason

    def refresh(self) -> None:
        """Bring ticks and greys up to date; what is grey does not take its keys either."""
        for action in self._actions.values():
            receiver = self._receivers[action.receiver]
            if action.state:
                self.made[action.id].setChecked(bool(getattr(receiver, action.state)))
            if action.needs:
                self.made[action.id].setEnabled(bool(getattr(receiver, action.needs)))

    def _set_keys(self) -> None:
        """Give every action its keys; those that lose some first, so that none is ever shared."""
        for made in self.made.values():
            made.setShortcuts([])
        for name, made in self.made.items():
            made.setShortcuts(
                [QKeySequence.fromString(key, PORTABLE) for key in self.keys.keys(name)]
            )
