"""What can be done with the panels by name: put to a side, floated, hidden, put back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from designer.ui.desk.desk import Desk
from designer.ui.desk.places import PLACES, Side

if TYPE_CHECKING:
    from designer.ui.commands.palette import Command


class PanelCommands(QObject):
    """The receiver of the actions about panels."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk

    def reset(self) -> None:
        """Put every panel back to where it begins."""
        self._desk.reset()

    def put(self, name: str, side: Side) -> None:
        """Put a panel to a side."""
        self._desk.move_to(name, side)

    def commands(self) -> Iterator[Command]:
        """Everything that a mouse can do with the panels, for the search of commands."""
        from designer.ui.commands.palette import Command  # not for the first paint

        desk = self._desk
        for name, dock in desk.docks.items():
            for side, words in PLACES.items():
                words = words[0].lower() + words[1:]
                yield Command(f"Put {name} {words}", partial(self.put, name, side), "panel")
            if not dock.isFloating():
                run = partial(desk.float, name)
                yield Command(f"Put {name} into a window of its own", run, "panel")
            if dock.isHidden():
                yield Command(f"Show {name}", dock.bring, "panel")
            else:
                yield Command(f"Hide {name}", dock.hide, "panel")
