"""The keys as they are now: those of the table, and what the user made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from designer.app.actions import ACTIONS, Action
from designer.app.key_rules import native, normal, overlap, refusal, resolved
from designer.app.settings import SettingsFile

_NAMED = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")


class KeyMap(QObject):
    """Who has which keys; without settings they hold until the end of the program."""

    changed = Signal()

    def __init__(
        self,
        settings: SettingsFile | None = None,
        actions: Sequence[Action] = ACTIONS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.actions = actions
        self._by_id = {action.id: action for action in actions}
        self._settings = settings
        held = settings.value.keys if settings else {}
        self._chosen: dict[str, object] = dict(held) if isinstance(held, Mapping) else {}
        self._keys, self.notes = resolved(actions, self._chosen)
        """`notes` say what in the settings is of no use, and why."""
        if not isinstance(held, Mapping):
            self.notes = ("The keys in the settings are no list of actions; they are left out.",)

    def keys(self, action: str) -> tuple[str, ...]:
        """The keys of an action as portable text."""
        return self._keys[action]

    def native(self, action: str) -> tuple[str, ...]:
        """The keys of an action as this system writes them."""
        return tuple(native(key) for key in self._keys[action])

    def named(self, action: str) -> str:
        """The first key of an action, or the way to it in the menus where it has none."""
        keys = self.native(action)
        held = self._by_id[action]
        return keys[0] if keys else f"{held.menu} › {held.title}"

    def filled(self, text: str) -> str:
        """A text in which `{view.rename}` stands for the key that the action has now."""
        return _NAMED.sub(lambda found: self.named(found[1]), text)

    def is_changed(self, action: str) -> bool:
        """Whether an action has other keys than it has of itself."""
        return self._keys[action] != self.default(action)

    @property
    def has_changed(self) -> bool:
        """Whether any action has other keys than it has of itself."""
        return any(self.is_changed(action.id) for action in self.actions)

    def default(self, action: str) -> tuple[str, ...]:
        """The keys that an action has of itself."""
        return tuple(map(normal, self._by_id[action].keys))

    def holders(self, action: str, key: str) -> list[Action]:
        """The other actions that would hear a key where this one does."""
        where = self._by_id[action].where
        return [
            other
            for other in self.actions
            if other.id != action and key in self._keys[other.id] and overlap(other.where, where)
        ]

    def refusal(self, action: str, key: str) -> str:
        """Why an action cannot have a key, in a sentence; empty where it can."""
        return refusal(self._by_id[action], key)

    def add(self, action: str, key: str) -> None:
        """Give one more key to an action; who had it loses it."""
        if not self.refusal(action, key):
            self._give(action, (*self._keys[action], key))

    def remove(self, action: str, key: str) -> None:
        """Take a key from an action."""
        self._give(action, tuple(k for k in self._keys[action] if k != key))

    def reset(self, action: str) -> None:
        """Give an action the keys that it has of itself; who has them now loses them."""
        self._give(action, self.default(action))

    def reset_all(self) -> None:
        """Forget what the user changed; what this version does not know is kept."""
        unknown = {k: v for k, v in self._chosen.items() if k not in self._by_id}
        self._put(unknown)

    def _give(self, action: str, keys: tuple[str, ...]) -> None:
        chosen = dict(self._chosen)
        for key in keys:
            for other in self.holders(action, key):
                if other.id in chosen:
                    chosen[other.id] = [k for k in self._keys[other.id] if k != key]
        chosen[action] = list(dict.fromkeys(keys))
        self._put({name: value for name, value in chosen.items() if self._says(name, value)})

    def _says(self, name: str, value: object) -> bool:
        """Whether an entry says more than what holds without it."""
        return name not in self._by_id or value != list(self.default(name))

    def _put(self, chosen: dict[str, object]) -> None:
        before = self._keys
        self._chosen = chosen
        self._keys, self.notes = resolved(self.actions, chosen)
        if self._settings is not None:
            self._settings.change(keys=dict(chosen))
        if self._keys != before:
            self.changed.emit()
