"""What the Help menu does: pages, and what F1 is about."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from designer.help.addresses import CONTENTS, KEYBOARD, KEYS, LAYER, TOPIC
from designer.layers import CATALOGUE
from designer.ui.help.asked import asked

IDLE = 2000
"""Milliseconds after the first paint, when all else has been made."""

PARTS = (
    "designer.help.page", "designer.codegen.pieces", "designer.codegen.classes",
    "designer.codegen.script", "designer.codegen", "designer.help.layers",
    "designer.help.notions.geometry", "designer.help.notions.costs", "designer.help.topics",
    "designer.help.book", "designer.ui.code.highlighter", "designer.ui.help.slide",
    "designer.ui.help.sample", "designer.ui.help.blocks", "designer.ui.help.contents",
    "designer.ui.help.window",
)  # fmt: skip
"""No part takes longer than a frame or so, with those before it there."""

if TYPE_CHECKING:
    from designer.ui.commands.palette import Command
    from designer.ui.help.window import HelpWindow
    from designer.ui.main_window import MainWindow


class HelpCommands(QObject):
    """The receiver of the help's actions; the one window is made when it is first needed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._help: HelpWindow | None = None
        window.painted.connect(lambda: QTimer.singleShot(IDLE, self, self._read_on))

    def _read_on(self, step: int = 0) -> None:
        """Import, a part at a time, what the first F1 would have to wait for."""
        import_module(PARTS[step])
        if step + 1 < len(PARTS):
            QTimer.singleShot(IDLE // 20, self, lambda: self._read_on(step + 1))

    def explain_this(self) -> None:
        """Explain what has the focus, what a tooltip is shown for, or a node of the canvas."""
        if address := asked():
            self.explain(address)
            return
        canvas = self._window.canvas
        node = self._window.selection.node
        if node is None and canvas.hover.item is not None:
            node = canvas.picture.items[canvas.hover.item].id
        self.explain_node(node or "")

    def explain_node(self, node: str) -> None:
        """Open the page of a node's layer, with that node worked out; the contents without one."""
        held = self._window.session.design.nodes.get(node)
        self.explain(f"{LAYER}{held.layer.kind()}" if held else CONTENTS, node)

    def explain(self, address: str, node: str = "") -> None:
        """Open a page; that of a layer works out this node, or the selected one, if it fits."""
        shown = self._help_window()
        shown.go(address, node or self._window.selection.node or "")
        shown.show()
        shown.raise_()
        shown.activateWindow()
        self._window.bindings.refresh()

    def commands(self) -> list[Command]:
        """A command for the page of every layer, for those who search."""
        from designer.ui.commands.palette import Command

        return [
            Command(f"Explain {name}", partial(self.explain, f"{LAYER}{name}"), "help", kind.search)
            for name, kind in CATALOGUE.items()
        ]

    def _help_window(self) -> HelpWindow:
        """The one window, made when it is first needed."""
        if self._help is None:
            from designer.help.book import Book
            from designer.ui.help.keys import keys_page
            from designer.ui.help.window import HelpWindow

            window = self._window
            keys = window.keys
            book = Book({KEYS: lambda: keys_page(keys)}, keys.filled)
            doors = {KEYBOARD: window.keyboard.change}
            self._help = HelpWindow(book, window.session, window.theme, keys, window, doors)
            window.bindings.bind(self._help, "help")
        return self._help

    @property
    def is_open(self) -> bool:
        """Whether a page of help is shown."""
        return self._help is not None and self._help.isVisible()

    def back(self) -> None:
        """Open the page before."""
        self._help_window().go_back()

    def forward(self) -> None:
        """Open the page that one came back from."""
        self._help_window().go_forward()

    def search(self) -> None:
        """Go to the search line of the help."""
        self._help_window().search()

    def first(self) -> None:
        """Open the first page."""
        self._help_window().go(CONTENTS)

    def contents(self) -> None:
        """Show what there is to read."""
        self.explain(CONTENTS)

    def keys(self) -> None:
        """Show every key."""
        self.explain(KEYS)

    def shapes(self) -> None:
        """Say what the numbers on a node mean."""
        self.explain(f"{TOPIC}shape")

    def padding(self) -> None:
        """Say what same and valid mean."""
        self.explain(f"{TOPIC}padding")

    def fields(self) -> None:
        """Say what a receptive field is."""
        self.explain(f"{TOPIC}receptive-field")

    def costs(self) -> None:
        """Say how parameters, MACs and memory are counted."""
        self.explain(f"{TOPIC}costs")

    def training(self) -> None:
        """Say what the settings of a run do."""
        self.explain(f"{TOPIC}training")
