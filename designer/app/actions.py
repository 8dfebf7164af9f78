"""Every action as data: menus, palette, tool bar, context menu and list of keys are made of it."""

from __future__ import annotations

from typing import Literal

from designer.core.lean import lean_dataclass

Where = Literal["window", "canvas", "view", "blocks", "summary", "help"]

CONTEXTS: dict[Where, str] = {
    "window": "everywhere in the window",
    "canvas": "while the canvas has the focus",
    "view": "while canvas or blocks have the focus",
    "blocks": "while the blocks of feature maps have the focus",
    "summary": "while the table of the summary has the focus",
    "help": "in the help",
}
"""Where keys hold."""

MENUS = ("File", "Edit", "Arrange", "View", "Panels", "Training", "Help")
REPEATED = ("Walk", "Blocks")
"""Groups whose keys do it again and again while they are held, as zooming and undo do."""
GROUPS = (*MENUS, "Walk", "Blocks", "Summary", "Pages of help")
"""The menus, and what stands in none: the list of keys and the search of commands have it all."""

NEEDS = {
    "can_undo": "nothing was done yet",
    "can_redo": "nothing was undone",
    "has_nodes": "select a node first",
    "has_something": "select a node, a frame or a comment first",
    "has_one": "select one node first",
    "has_several": "select two nodes or more",
    "has_inside": "select a composite first",
    "is_inside": "no composite is open",
    "has_three": "select three nodes or more",
    "has_wire": "select one wire first",
    "has_name": "select one node or one frame",
    "is_shown": "the blocks are not shown",
    "is_open": "no help is open",
    "has_panels": "the window is not complete yet",
    "can_grow": "it is as large as it gets",
    "can_shrink": "it is as small as it gets",
}
"""Why an action is grey, by what it needs."""


@lean_dataclass(frozen=True, slots=True)
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

    @property
    def repeats(self) -> bool:
        """Whether a key that is held does it again."""
        return self.menu in REPEATED or self.receiver in ("camera", "session")

    @property
    def reason(self) -> str:
        """Why it is grey where it is."""
        return NEEDS.get(self.needs, "")

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


def _walk(method: str, title: str, key: str) -> Action:
    return Action(f"walk.{method}", title, "Walk", (key,), "canvas")


ACTIONS: tuple[Action, ...] = (
    Action("home.toggle", "Start page", "File", ("Alt+Home",), state="is_shown"),
    Action("files.new", "New", "File", ("Ctrl+N",)),
    Action("files.open", "Open …", "File", ("Ctrl+O",)),
    Action("imports.ask", "Import …", "File", ("Ctrl+I",)),
    Action("files.save", "Save", "File", ("Ctrl+S",), group=1),
    Action("files.save_as", "Save as …", "File", ("Ctrl+Shift+S",), group=1),
    Action("files.export_script", "Export the training script …", "File", ("Ctrl+E",), group=2),
    Action("pictures.ask", "Export a picture …", "File", ("Ctrl+Shift+E",), group=2),
    Action("window.close", "Quit", "File", ("Ctrl+Q",), group=3),
    Action("session.undo", "Undo", "Edit", ("Ctrl+Z",), needs="can_undo"),
    Action("session.redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), needs="can_redo"),
    _canvas("cut", "Cut", "Edit", "Ctrl+X", group=1, needs="has_something"),
    _canvas("copy", "Copy", "Edit", "Ctrl+C", group=1, needs="has_something"),
    _canvas("paste", "Paste", "Edit", "Ctrl+V", group=1),
    _canvas("paste_wired", "Paste with inputs", "Edit", "Ctrl+Shift+V", group=1),
    _canvas("duplicate", "Duplicate", "Edit", "Ctrl+D", group=1, needs="has_something"),
    Action("pictures.copy", "Copy as a picture", "Edit", ("Ctrl+Shift+C",), "view", group=1),
    _canvas("delete", "Delete", "Edit", "Del", "Backspace", group=1),
    _canvas("select_all", "Select all", "Edit", "Ctrl+A", group=1),
    _canvas("quick_add", "Add a layer here", "Edit", "Space", "/", group=2),
    _canvas("mend", "Mend, or unfold", "Edit", "Return", "Enter", group=2),
    _canvas("unfold", "Unfold or fold a composite", "Edit", "E", group=2),
    Action(
        "levels.go_in", "Go into the composite", "Edit", ("O",), "canvas", 2, needs="has_inside"
    ),
    Action("levels.go_out", "Go out of it", "Edit", ("U",), "canvas", 2, needs="is_inside"),
    Action("view.rename", "Rename", "Edit", ("F2",), group=2, needs="has_name"),
    _canvas("bypass", "Bypass", "Edit", "B", group=2, needs="has_nodes"),
    _canvas("freeze", "Freeze", "Edit", "Ctrl+B", group=2, needs="has_nodes"),
    _canvas("replace", "Replace the layer", "Edit", "R", group=2, needs="has_one"),
    _canvas("wire", "Connect to …", "Edit", "C", group=2, needs="has_one"),
    _canvas("note", "Write a note", "Edit", "N", group=2, needs="has_one"),
    Action("layout.everything", "Lay out everything", "Arrange", ("Ctrl+Shift+L",), "canvas"),
    Action(
        "layout.everything_down",
        "Lay out everything, top down",
        "Arrange",
        ("Alt+Shift+L",),
        "canvas",
    ),
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
    Action("maps.toggle", "Feature maps below the nodes", "View", ("M",), "canvas", 1, "is_below"),
    Action("maps.pyramid", "The net as a pyramid", "View", ("Shift+M",), "canvas", 1, "is_alone"),
    Action(
        "maps.selection",
        "Feature maps of the selection",
        "View",
        ("Ctrl+M",),
        "canvas",
        1,
        needs="has_nodes",
    ),
    Action(
        "pyramid.toggle", "Blocks of feature maps", "View", ("Ctrl+4",), group=1, state="is_shown"
    ),
    Action("camera.zoom_in", "Zoom in", "View", ("+", "="), "view", group=2),
    Action("camera.zoom_out", "Zoom out", "View", ("-",), "view", group=2),
    Action("camera.zoom_fit", "Show all", "View", ("0", "Home"), "view", group=2),
    _canvas("zoom_actual", "Own size", "View", "1", group=2),
    _canvas("zoom_selection", "Show the selection", "View", "F", group=2),
    Action("view.follow_system", "Follow the system", "View", group=3, state="is_system"),
    Action("view.dark", "Dark", "View", group=3, state="is_dark"),
    Action("view.light", "Light", "View", group=3, state="is_light"),
    Action(
        "scale.larger",
        "Larger interface",
        "View",
        ("Ctrl+Alt+=", "Ctrl+Alt++"),
        group=4,
        needs="can_grow",
    ),
    Action(
        "scale.smaller", "Smaller interface", "View", ("Ctrl+Alt+-",), group=4, needs="can_shrink"
    ),
    Action("scale.actual", "Interface at 100 %", "View", ("Ctrl+Alt+0",), group=4),
    Action("view.toggle_palette", "Palette", "Panels", ("Ctrl+1",), state="has_palette"),
    Action("view.toggle_inspector", "Inspector", "Panels", ("Ctrl+2",), state="has_inspector"),
    Action("view.toggle_dock", "Dock", "Panels", ("Ctrl+3",), state="has_dock"),
    Action("view.show_training", "Training", "Panels", ("Alt+1",), group=1),
    Action("view.show_runs", "Runs", "Panels", ("Alt+2",), group=1),
    Action("view.show_problems", "Problems", "Panels", ("Alt+3",), group=1),
    Action("view.show_summary", "Summary", "Panels", ("Alt+4",), group=1),
    Action("view.show_code", "Code", "Panels", ("Alt+5",), group=1),
    Action("view.show_data", "Data", "Panels", ("Alt+6",), group=1),
    Action("view.show_outline", "Outline", "Panels", ("Alt+7",), group=1),
    Action("view.next_problem", "Next problem", "Panels", ("F8",), group=2),
    Action("view.previous_problem", "Previous problem", "Panels", ("Shift+F8",), group=2),
    Action("view.next_panel", "Next panel", "Panels", ("F6",), group=3),
    Action("view.canvas_alone", "Canvas alone", "Panels", ("F11",), group=3, state="is_alone"),
    Action("panels.reset", "Reset the panels", "Panels", group=3),
    Action("view.toggle_menu_bar", "Menu bar", "Panels", group=3, state="has_menu_bar"),
    Action("window.train", "Train or stop", "Training", ("Ctrl+Return",)),
    Action("help.explain_this", "Explain this", "Help", ("F1",)),
    Action("help.contents", "Contents", "Help"),
    Action("help.keys", "Keys", "Help", ("Shift+F1",)),
    Action("keyboard.change", "Change keys …", "Help"),
    Action("keyboard.save_list", "Save the list of keys …", "Help"),
    Action("help.shapes", "Shapes", "Help", group=1),
    Action("help.padding", "Same and valid padding", "Help", group=1),
    Action("help.fields", "Receptive field", "Help", group=1),
    Action("help.costs", "What a net costs", "Help", group=1),
    Action("help.training", "Training settings", "Help", group=1),
    Action("view.show_about", "About", "Help", group=2),
    _canvas("cancel", "Leave off, go out, or select nothing", "Walk", "Esc"),
    _walk("left", "Go left", "Left"),
    _walk("right", "Go right", "Right"),
    _walk("up", "Go up", "Up"),
    _walk("down", "Go down", "Down"),
    _walk("add_left", "Select on the left, too", "Shift+Left"),
    _walk("add_right", "Select on the right, too", "Shift+Right"),
    _walk("add_up", "Select above, too", "Shift+Up"),
    _walk("add_down", "Select below, too", "Shift+Down"),
    _walk("nudge_left", "Move left by a step", "Ctrl+Left"),
    _walk("nudge_right", "Move right by a step", "Ctrl+Right"),
    _walk("nudge_up", "Move up by a step", "Ctrl+Up"),
    _walk("nudge_down", "Move down by a step", "Ctrl+Down"),
    Action("pyramid.next", "Next block", "Blocks", ("Right", "Down"), "blocks", needs="is_shown"),
    Action(
        "pyramid.previous", "Block before", "Blocks", ("Left", "Up"), "blocks", needs="is_shown"
    ),
    Action(
        "pyramid.open",
        "See the node on the canvas",
        "Blocks",
        ("Return", "Enter"),
        "blocks",
        needs="is_shown",
    ),
    Action(
        "view.copy_summary",
        "Copy the summary as Markdown",
        "Summary",
        ("Ctrl+C",),
        "summary",
        needs="has_panels",
    ),
    Action("help.back", "Page before", "Pages of help", ("Alt+Left",), "help", needs="is_open"),
    Action("help.forward", "Page after", "Pages of help", ("Alt+Right",), "help", needs="is_open"),
    Action("help.search", "Search the help", "Pages of help", ("Ctrl+F",), "help", needs="is_open"),
    Action("help.first", "First page", "Pages of help", ("F1",), "help", needs="is_open"),
)

BY_ID = {action.id: action for action in ACTIONS}
