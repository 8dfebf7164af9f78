"""All that the command palette finds: menus, templates, layers, pages of help and nodes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from designer.app.actions import ACTIONS
from designer.core.graph import Node
from designer.layers import CATALOGUE
from designer.ui import templates
from designer.ui.command_palette import Command

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow


def commands(window: MainWindow) -> list[Command]:
    """Everything that can be done now, in the order in which equal matches are shown."""
    return [
        *_actions(window),
        *templates.commands(window.files.new_from, "New from template: "),
        *(
            Command(f"Add {name}", partial(window.add, name), "layer", kind.search)
            for name, kind in CATALOGUE.items()
        ),
        *window.help.commands(),
        *window.panel_commands.commands(),
        *window.scale.commands(),
        *(
            Command(f"Go to {n}", partial(window.go_to, n), node.label or "node", _found_by(node))
            for n, node in window.session.design.nodes.items()
        ),
    ]


def _actions(window: MainWindow) -> list[Command]:
    """What the menus hold, without what makes no sense just now."""
    return [
        Command(f"{a.menu}: {a.title}", partial(window.bindings.run, a), " or ".join(a.keys))
        for a in ACTIONS
        if not a.needs or getattr(window.targets[a.receiver], a.needs)
    ]


def _found_by(node: Node) -> str:
    """The words of a node besides its id: what it is called, and what was noted on it."""
    return f"{node.label} {node.note}"
