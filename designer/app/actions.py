"""Every action of the window as data: menus, command palette and key map are made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Where = Literal["window", "canvas"]
"""Where the keys hold: anywhere in the window, or while the canvas has the focus."""

MENUS = ("File", "Edit", "Arrange", "View", "Training", "Help")


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user can do.

    `id` names the receiver and its method: `files.save` calls `save` of what the window calls
    `files`. Actions of one menu stand in the order of the table; `group` parts them by lines.
    `state` names a boolean attribute of the receiver for actions that are on or off.
    """

    id: str
    title: str
    menu: str
    keys: tuple[str, ...] = ()
    where: Where = "window"
    group: int = 0
    state: str = ""
    needs: str = ""
    """A boolean attribute of the receiver: the action is grey where it is false."""
    is_own: bool = False
    """The canvas takes these keys itself; the menu only names them."""

    @property
    def receiver(self) -> str:
        """Who does it."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """What is called there."""
        return self.id.partition(".")[2]


def _canvas(
    method: str, title: str, menu: str, *keys: str, group: int = 0, needs: str = ""
) -> Action:
    return Action(f"canvas.{method}", title, menu, keys, "canvas", group, needs=needs)


def _tidy(
    method: str, title: str, key: str, *, group: int = 0, needs: str = "has_several"
) -> Action:
    return Action(f"tidy.{method}", title, "Arrange", (key,), "canvas", group, needs=needs)


def _own(method: str, title: str, menu: str, *keys: str, group: int = 0) -> Action:
    return Action(f"canvas.{method}", title, menu, keys, "canvas", group, is_own=True)


ACTIONS: tuple[Action, ...] = (
    Action("files.new", "New", "File", ("Ctrl+N",)),
    Action("files.open", "Open …", "File", ("Ctrl+O",)),
    Action("files.save", "Save", "File", ("Ctrl+S",), group=1),
    Action("files.save_as", "Save as …", "File", ("Ctrl+Shift+S",), group=1),
    Action("files.export_script", "Export the training script …", "File", ("Ctrl+E",), group=2),
    Action("files.export_picture", "Export a picture …", "File", group=2),
    Action("window.close", "Quit", "File", ("Ctrl+Q",), group=3),
    Action("session.undo", "Undo", "Edit", ("Ctrl+Z",), needs="can_undo"),
    Action("session.redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), needs="can_redo"),
    _canvas("cut", "Cut", "Edit", "Ctrl+X", group=1, needs="has_nodes"),
    _canvas("copy", "Copy", "Edit", "Ctrl+C", group=1, needs="has_nodes"),
    _canvas("paste", "Paste", "Edit", "Ctrl+V", group=1),
    _canvas("duplicate", "Duplicate", "Edit", "Ctrl+D", group=1, needs="has_nodes"),
    _own("delete", "Delete", "Edit", "Del", "Backspace", group=1),
    _own("select_all", "Select all", "Edit", "Ctrl+A", group=1),
    _own("quick_add", "Add a layer here", "Edit", "Space", "/", "Tab", group=2),
    _own("mend", "Mend, or unfold", "Edit", "Return", group=2),
    _own("unfold", "Unfold or fold a composite", "Edit", "E", group=2),
    Action("view.rename", "Rename", "Edit", ("F2",), group=2, needs="has_name"),
    _canvas("bypass", "Bypass", "Edit", "B", group=2, needs="has_nodes"),
    _canvas("freeze", "Freeze", "Edit", "Ctrl+B", group=2, needs="has_nodes"),
    _canvas("replace", "Replace the layer", "Edit", "R", group=2, needs="has_one"),
    _canvas("wire", "Connect to …", "Edit", "C", group=2, needs="has_one"),
    _canvas("arrange", "Lay out everything", "Arrange", "Ctrl+Shift+L"),
    Action("layout.everything_down", "Lay out everything, top down", "Arrange"),
    Action(
        "layout.selection",
        "Lay out the selection",
        "Arrange",
        ("L",),
        "canvas",
        needs="has_several",
    ),
    Action(
        "layout.selection_down",
        "Lay out the selection, top down",
        "Arrange",
        ("Shift+L",),
        "canvas",
        needs="has_several",
    ),
    Action(
        "frames.add", "Frame the selection", "Arrange", ("Ctrl+G",), "canvas", needs="has_nodes"
    ),
    Action("frames.comment", "Write a comment", "Arrange", ("Ctrl+T",), "canvas"),
    Action(
        "dots.add", "Lead the wire through a point", "Arrange", ("P",), "canvas", needs="has_wire"
    ),
    _tidy("straighten", "Straighten wires", "S", needs="has_nodes"),
    _tidy("left", "Align left edges", "Alt+A", group=1),
    _tidy("centre", "Align centres, in a column", "Alt+H", group=1),
    _tidy("right", "Align right edges", "Alt+D", group=1),
    _tidy("top", "Align upper edges", "Alt+W", group=1),
    _tidy("middle", "Align middles, in a row", "Alt+V", group=1),
    _tidy("bottom", "Align lower edges", "Alt+S", group=1),
    _tidy("across", "Distribute across", "Alt+Shift+H", group=2, needs="has_three"),
    _tidy("down", "Distribute down", "Alt+Shift+V", group=2, needs="has_three"),
    Action("view.search_commands", "Search commands", "View", ("Ctrl+K",)),
    Action("view.search_layers", "Add a layer", "View", ("Ctrl+L",)),
    Action("view.next_panel", "Next panel", "View", ("F6",)),
    Action("view.toggle_palette", "Palette", "View", ("Ctrl+1",), group=1, state="has_palette"),
    Action(
        "view.toggle_inspector", "Inspector", "View", ("Ctrl+2",), group=1, state="has_inspector"
    ),
    Action("view.toggle_dock", "Dock", "View", ("Ctrl+3",), group=1, state="has_dock"),
    Action(
        "pyramid.toggle", "Blocks of feature maps", "View", ("Ctrl+4",), group=1, state="is_shown"
    ),
    Action("view.canvas_alone", "Canvas alone", "View", ("F11",), group=1, state="is_alone"),
    Action("view.toggle_menu_bar", "Menu bar", "View", group=1, state="has_menu_bar"),
    _own("zoom_in", "Zoom in", "View", "+", group=4),
    _own("zoom_out", "Zoom out", "View", "-", group=4),
    _own("zoom_actual", "Own size", "View", "1", group=4),
    _own("zoom_fit", "Show all", "View", "0", "Home", group=4),
    _own("zoom_selection", "Show the selection", "View", "F", group=4),
    Action("view.show_training", "Training", "View", ("Alt+1",), group=2),
    Action("view.show_runs", "Runs", "View", ("Alt+2",), group=2),
    Action("view.show_problems", "Problems", "View", ("Alt+3",), group=2),
    Action("view.next_problem", "Next problem", "View", ("F8",), group=2),
    Action("view.previous_problem", "Previous problem", "View", ("Shift+F8",), group=2),
    Action("view.show_summary", "Summary", "View", ("Alt+4",), group=2),
    Action("view.show_code", "Code", "View", ("Alt+5",), group=2),
    Action("view.show_data", "Data", "View", ("Alt+6",), group=2),
    Action("view.show_outline", "Outline", "View", ("Alt+7",), group=2),
    Action("view.follow_system", "Follow the system", "View", group=3, state="is_system"),
    Action("view.dark", "Dark", "View", group=3, state="is_dark"),
    Action("view.light", "Light", "View", group=3, state="is_light"),
    Action("scale.larger", "Larger interface", "View", ("Ctrl+Alt+=",), group=6, needs="can_grow"),
    Action(
        "scale.smaller", "Smaller interface", "View", ("Ctrl+Alt+-",), group=6, needs="can_shrink"
    ),
    Action("scale.actual", "Interface at 100 %", "View", ("Ctrl+Alt+0",), group=6),
    Action("window.train", "Train or stop", "Training", ("Ctrl+Return",)),
    Action("help.explain_this", "Explain this", "Help", ("F1",)),
    Action("help.contents", "Contents", "Help"),
    Action("help.keys", "Keys", "Help", ("Shift+F1",)),
    Action("help.shapes", "Shapes", "Help", group=1),
    Action("help.padding", "Same and valid padding", "Help", group=1),
    Action("help.fields", "Receptive field", "Help", group=1),
    Action("help.costs", "What a net costs", "Help", group=1),
    Action("help.training", "Training settings", "Help", group=1),
    Action("view.show_about", "About", "Help", group=2),
)


def clashes(actions: Iterable[Action]) -> list[tuple[str, str, str]]:
    """(key, action, action) for every key that two actions of one context share.

    What holds in the window holds in the canvas too.
    """
    found: list[tuple[str, str, str]] = []
    taken: dict[str, list[Action]] = {}
    for action in actions:
        for key in action.keys:
            for other in taken.setdefault(key.lower(), []):
                if "window" in (action.where, other.where) or action.where == other.where:
                    found.append((key, other.id, action.id))
            taken[key.lower()].append(action)
    return found


def key_map(actions: Iterable[Action]) -> str:
    """The list of keys as Markdown, one table a menu."""
    parts = []
    every = [action for action in actions if action.keys]
    for menu in MENUS:
        rows = [
            f"| {' or '.join(a.keys)} | {a.title} | {a.where} |" for a in every if a.menu == menu
        ]
        if rows:
            head = f"## {menu}\n\n| keys | action | where |\n| --- | --- | --- |"
            parts.append("\n".join([head, *rows]))
    return "\n\n".join(parts) + "\n"
