"""All that the command palette finds: actions, templates, layers, settings, help and nodes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from designer.app.also_called import ALSO
from designer.core.data import DataSettings
from designer.core.graph import Node
from designer.core.parameter import parameters_of
from designer.core.training import TrainingSettings
from designer.layers import CATALOGUE
from designer.ui import templates
from designer.ui.commands.palette import Command

if TYPE_CHECKING:
    from designer.ui.main_window import MainWindow


def commands(window: MainWindow) -> list[Command]:
    """Everything that can be done now, in the order in which equal matches are shown."""
    return [
        *_actions(window),
        *templates.commands(window.files.new_from, "New from template"),
        *(
            Command(f"Add {name}", partial(window.add, name), "layer", kind.search)
            for name, kind in CATALOGUE.items()
        ),
        *_fields(window),
        *window.help.commands(),
        *window.panel_commands.commands(),
        *window.scale.commands(),
        *(
            Command(f"Go to {n}", partial(window.go_to, n), node.label or "node", _found_by(node))
            for n, node in window.session.design.nodes.items()
        ),
    ]


def _actions(window: MainWindow) -> list[Command]:
    """Every action with its keys, and what is missing where it cannot be done just now."""
    return [
        Command(
            action.title,
            partial(window.bindings.run, action),
            " or ".join(window.keys.native(action.id)),
            ALSO.get(action.id, ""),
            group=action.menu,
            why_not=window.bindings.why_not(action),
        )
        for action in window.keys.actions
    ]


def _fields(window: MainWindow) -> Iterator[Command]:
    """The parameters of the selected node, and the settings of the project."""
    if not window.has_panels:
        return
    node = window.session.design.nodes.get(window.selection.node or "")
    forms = [(node.id, type(node.layer))] if node else []
    for of, kind in (*forms, ("data", DataSettings), ("training", TrainingSettings)):
        for parameter in parameters_of(kind):
            go = partial(_go_to_field, window, of, parameter.name)
            yield Command(f"Set {parameter.name}", go, "setting", group=of)


def _go_to_field(window: MainWindow, of: str, name: str) -> None:
    """Go to the field of a parameter of the selected node, or of data or training."""
    if of in ("data", "training"):
        window.selection.clear()
    window.desk.bring("Inspector")
    window.inspector.go_to_field(of, name)


def _found_by(node: Node) -> str:
    """The words of a node besides its id: what it is called, and what was noted on it."""
    return f"{node.label} {node.note}"
