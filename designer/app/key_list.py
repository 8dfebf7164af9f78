"""The list of keys, for the help, the manual and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from designer.app.actions import GROUPS, Action
from designer.app.fixed_keys import ARROWS, FIXED

LEAD = (
    "What the keyboard does. A field that is being typed in keeps its own keys; keys of the canvas "
    "hold while it has the focus."
)
WHERE = {
    "window": "everywhere",
    "canvas": "canvas",
    "view": "canvas, blocks",
    "blocks": "blocks",
    "summary": "summary",
    "help": "help",
}


class Row(NamedTuple):
    """The keys of an action, one after the other, its title, and where they hold."""

    keys: tuple[str, ...]
    title: str
    where: str


Keys = Callable[[str], Sequence[str]]
"""The keys of an action, as they are to be written."""


def sections(actions: Sequence[Action], keys: Keys) -> Iterator[tuple[str, list[Row]]]:
    """Every action that has keys, group by group, and at the end what cannot be changed."""
    for group in GROUPS:
        rows = [
            Row(written, action.title, WHERE[action.where])
            for action in actions
            if action.menu == group and (written := tuple(keys(action.id)))
        ]
        if rows:
            yield group, rows
    yield "Not to be changed", [Row(_short(each.keys), each.does, each.place) for each in FIXED]


def _short(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Keys that go without saying are left out: who knows the one knows the others."""
    if keys == ARROWS:
        return ("arrow keys",)
    return tuple(key for key in keys if key != "Enter" or "Return" not in keys)


def as_markdown(actions: Sequence[Action], keys: Keys) -> str:
    """The list as Markdown, one table a group."""
    return "\n\n".join(
        "\n".join(
            [
                f"## {heading}\n",
                "| keys | action | where |\n| --- | --- | --- |",
                *(f"| {' or '.join(row.keys)} | {row.title} | {row.where} |" for row in rows),
            ]
        )
        for heading, rows in sections(actions, keys)
    )
