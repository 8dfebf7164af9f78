"""The templates and the recent files as they are offered: in menus, searches and as cards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from designer.storage import TEMPLATES, Template
from designer.ui.commands.menus import Entry
from designer.ui.commands.palette import Command
from designer.ui.figures import short

if TYPE_CHECKING:
    from designer.ui.files import Files
    from designer.ui.home.card import Offer

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


def commands(new_from: NewFrom, group: str = "") -> list[Command]:
    """The templates for the command palette, found by all that is said of them."""
    return [
        Command(
            template.title,
            partial(new_from, template.name),
            f"{short(template.parameters)} weights",
            _searched(template),
            template.description,
            f"{short(template.macs)} MACs",
            group,
        )
        for template in TEMPLATES
    ]


def groups() -> tuple[str, ...]:
    """What the templates are made for."""
    return tuple(dict.fromkeys(template.group for template in TEMPLATES))


def offers(group: str, files: Files) -> Iterator[Offer]:
    """The templates of a group, for cards."""
    from designer.ui.home.card import Offer

    for template in TEMPLATES:
        if template.group == group:
            yield Offer(
                template.title,
                template.description,
                f"{short(template.parameters)} weights · {short(template.macs)} MACs",
                _searched(template),
                template.place,
                partial(files.new_from, template.name),
            )


def recent(text: str, files: Files, remove: Callable[[str], object]) -> Offer:
    """A file that was open lately, for a card."""
    from designer.ui.home.card import Offer

    path = Path(text)
    return Offer(
        path.stem,
        _short(path.parent),
        "",
        text,
        path,
        partial(files.open_path, path),
        partial(remove, text),
    )


def _short(folder: Path) -> str:
    """A folder as people write it, from their own one on."""
    home = Path.home()
    return str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)


def _searched(template: Template) -> str:
    return f"{template.name} {template.description} {template.group}"
