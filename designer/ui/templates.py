"""The templates as they are offered: in the menu, and on the sheet that finds them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from designer.storage import TEMPLATES
from designer.ui.command_palette import Command
from designer.ui.figures import short
from designer.ui.menus import Entry

NewFrom = Callable[[str], object]
"""Begins with the template of a name."""


def entries(new_from: NewFrom) -> Iterator[Entry]:
    """The templates for a menu, each group under its heading, with their weights at the right."""
    for group, templates in groupby(TEMPLATES, lambda template: template.group):
        yield group, None
        for template in templates:
            yield (
                f"{template.title}\t{short(template.parameters)}",
                partial(new_from, template.name),
            )


def commands(new_from: NewFrom, prefix: str = "") -> list[Command]:
    """The templates for the command palette, found by all that is said of them."""
    return [
        Command(
            f"{prefix}{template.title}",
            partial(new_from, template.name),
            f"{short(template.parameters)} weights",
            f"{template.name} {template.description} {template.group}",
            template.description,
            f"{short(template.macs)} MACs",
        )
        for template in TEMPLATES
    ]
