"""What a key is, where it may be used, and which actions have which when the user has a say."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from designer.app.actions import CONTEXTS, Action, Where
from designer.core.decode import describe

PORTABLE = QKeySequence.SequenceFormat.PortableText
NATIVE = QKeySequence.SequenceFormat.NativeText
HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
COMMAND = "Cmd" if sys.platform == "darwin" else "Ctrl"
"""What Qt calls Ctrl."""
SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Meta, Qt.Key.Key_Alt, Qt.Key.Key_AltGr)
"""Keys that do nothing alone."""
WITH_PICTURE: tuple[Where, ...] = ("canvas", "view", "blocks")
"""Where nothing is typed, so that letters may be keys."""

Keys = Mapping[str, tuple[str, ...]]
"""The keys of every action by its id, as portable text."""


class Clash(NamedTuple):
    """A key that two actions share, where both would hear it."""

    key: str
    first: str
    second: str


def normal(text: object) -> str:
    """The one way to write a key, the same on every system; empty where it is none."""
    if not isinstance(text, str):
        return ""
    sequence = QKeySequence.fromString(text, PORTABLE)
    return sequence.toString(PORTABLE) if sequence.count() == 1 else ""


def native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence.fromString(key, PORTABLE).toString(NATIVE) or key


def pressed(key: int, held: Qt.KeyboardModifier, text: str) -> str:
    """What was pressed, as portable text; empty while only Shift or its like are down.

    Shift is left out where it only served to write a sign, as `?` or `+` on most keyboards.
    """
    if Qt.Key(key) in SHIFTS or Qt.Key(key) == Qt.Key.Key_unknown:
        return ""
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    writes = text[:1].isprintable() and bool(text.strip()) and not text[:1].isalnum()
    shift = held & Qt.KeyboardModifier.ShiftModifier
    if writes:
        shift = Qt.KeyboardModifier.NoModifier
    return QKeySequence((held & HELD | shift).value | key).toString(PORTABLE)


def overlap(one: Where, other: Where) -> bool:
    """Whether there is a moment at which keys of both places hold."""
    both = {one, other}
    if len(both) == 1:
        return True
    if "help" in both:
        return False  # a window of its own
    return "window" in both or ("view" in both and bool(both & {"canvas", "blocks"}))


def refusal(action: Action, key: str) -> str:
    """Why an action cannot have a key, in a sentence; empty where it can."""
    combination = QKeySequence.fromString(key, PORTABLE)[0]  # type: ignore[index]
    which = combination.key()
    if which in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not combination.keyboardModifiers() & HELD:
        return (
            f"{native(key)} goes from one part of the window to the next, and stays free for that."
        )
    is_function = Qt.Key.Key_F1 <= which <= Qt.Key.Key_F35
    if action.where in WITH_PICTURE or is_function or combination.keyboardModifiers() & HELD:
        return ""
    return (
        f"{native(key)} alone is needed for typing and for going about; “{action.title}” holds "
        f"{CONTEXTS[action.where]}, so it takes a key together with {COMMAND} or Alt, or a "
        "function key."
    )


def clashes(actions: Iterable[Action]) -> list[Clash]:
    """Every key that two actions share where both would hear it."""
    found: list[Clash] = []
    taken: dict[str, list[Action]] = {}
    for action in actions:
        for key in map(normal, action.keys):
            others = taken.setdefault(key, [])
            found += [Clash(key, o.id, action.id) for o in others if overlap(o.where, action.where)]
            others.append(action)
    return found


def resolved(
    actions: Sequence[Action], chosen: Mapping[str, object]
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The keys of every action, and a sentence for everything in `chosen` that is of no use.

    `chosen` are a user's keys by the ids of actions, as a file holds them. They go before those
    of the table, so that no two actions ever share a key where both would hear it.
    """
    by_id = {action.id: action for action in actions}
    wanted: dict[str, list[str]] = {}
    notes: list[str] = []
    for name, keys in chosen.items():
        if name not in by_id:
            notes.append(f"There is no action “{name}” in this version; its keys are kept.")
        elif not isinstance(keys, (list, tuple)):
            notes.append(
                f"The keys of “{by_id[name].title}” must be a list; received {describe(keys)}."
            )
        else:
            wanted[name] = _usable(by_id[name], keys, notes)
    found: dict[str, tuple[str, ...]] = {}
    taken: dict[str, list[Action]] = {}
    for action in sorted(actions, key=lambda action: action.id not in wanted):
        free = []
        for key in wanted.get(action.id, map(normal, action.keys)):
            holder = next((o for o in taken.get(key, ()) if overlap(o.where, action.where)), None)
            if holder is None:
                free.append(key)
                taken.setdefault(key, []).append(action)
            elif action.id in wanted:
                notes.append(
                    f"{native(key)} is given to “{holder.title}” and to “{action.title}”: the "
                    "first one has it."
                )
        found[action.id] = tuple(free)
    return found, tuple(notes)


def _usable(action: Action, keys: Iterable[object], notes: list[str]) -> list[str]:
    """Those of a user's keys that an action can have, each once."""
    found: list[str] = []
    for text in keys:
        key = normal(text)
        if not key:
            notes.append(f"{describe(text)} is no key; “{action.title}” goes without it.")
        elif why := refusal(action, key):
            notes.append(why)
        elif key not in found:
            found.append(key)
    return found
