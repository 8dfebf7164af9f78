"""The list of keys as a page of help."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QKeySequence

from designer.app.actions import MENUS, Action
from designer.help.addresses import KEYS
from designer.help.page import Block, Heading, Page, Table

LEAD = (
    "What the keyboard does. Keys of the canvas hold while it has the focus; a field that is "
    "being typed in keeps its own."
)


def keys_page(actions: Iterable[Action]) -> Page:
    """Every action that has keys, menu by menu, as this system writes them."""
    every = [action for action in actions if action.keys]
    blocks: list[Block] = []
    for menu in MENUS:
        rows = [(_written(a), a.title, a.where) for a in every if a.menu == menu]
        if rows:
            blocks += [Heading(menu), Table(("keys", "action", "where"), tuple(rows))]
    return Page(KEYS, "Keys", "Convnet Designer", LEAD, tuple(blocks))


def _written(action: Action) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(f"`{QKeySequence(key).toString(native) or key}`" for key in action.keys)
