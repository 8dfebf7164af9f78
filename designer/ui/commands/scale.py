"""What sets the scale of the interface: larger, smaller, and each scale by its number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from designer.ui import arrangement
from designer.ui.theme.scale import SCALES

if TYPE_CHECKING:
    from designer.ui.commands.menus import Entry
    from designer.ui.commands.palette import Command
    from designer.ui.main_window import MainWindow


class ScaleCommands(QObject):
    """The receiver of the actions; the scale is kept in the settings."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    @property
    def can_grow(self) -> bool:
        """Whether there is a larger scale."""
        return self._window.theme.percent < SCALES[-1]

    @property
    def can_shrink(self) -> bool:
        """Whether there is a smaller scale."""
        return self._window.theme.percent > SCALES[0]

    def larger(self) -> None:
        """Take the next larger scale."""
        self._step(1)

    def smaller(self) -> None:
        """Take the next smaller scale."""
        self._step(-1)

    def actual(self) -> None:
        """Show everything at 100 %."""
        self.set_percent(100)

    def set_percent(self, percent: int) -> None:
        """Show everything at a scale, and remember it."""
        self._window.theme.set_percent(percent)
        arrangement.keep_least(self._window)
        self._window.settings.change(scale=self._window.theme.percent)

    def entries(self) -> list[Entry]:
        """The scales for a menu."""
        now = self._window.theme.percent
        return [
            (f"{one} %{' · now' if one == now else ''}", partial(self.set_percent, one))
            for one in SCALES
        ]

    def commands(self) -> list[Command]:
        """The scales for the command palette."""
        from designer.ui.commands.palette import Command

        now = self._window.theme.percent
        return [
            Command(
                f"Scale: {one} %",
                partial(self.set_percent, one),
                "now" if one == now else "scale",
                "interface",
            )
            for one in SCALES
        ]

    def _step(self, by: int) -> None:
        place = SCALES.index(self._window.theme.percent) + by
        if 0 <= place < len(SCALES):
            self.set_percent(SCALES[place])
