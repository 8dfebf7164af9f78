"""The list of keys as a page of help."""

from __future__ import annotations

from designer.app.key_list import LEAD, Row, sections
from designer.app.keymap import KeyMap
from designer.help.addresses import KEYBOARD, KEYS
from designer.help.page import Block, Heading, Page, Table, Words


def keys_page(keys: KeyMap) -> Page:
    """Every action that has keys, group by group, as this system writes them now."""
    blocks: list[Block] = [
        Words(f"[Change keys …]({KEYBOARD}) gives an action other keys, or more of them.")
    ]
    for heading, rows in sections(keys.actions, keys.native):
        cells = tuple((_written(row), row.title, row.where) for row in rows)
        blocks += [Heading(heading), Table(("keys", "action", "where"), cells)]
    return Page(KEYS, "Keys", "Convnet Designer", LEAD, tuple(blocks))


def _written(row: Row) -> str:
    return " or ".join(f"`{key}`" for key in row.keys)
