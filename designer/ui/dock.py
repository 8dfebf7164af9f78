"""The dock: the panels that begin as tabs below the canvas, some of them made when first needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QTabBar, QWidget

from designer.ui.desk.desk import Desk
from designer.ui.desk.tabs import Count, Tone


class Dock:
    """The panels of these names, wherever on the desk they are now."""

    def __init__(self, desk: Desk, names: Sequence[str]) -> None:
        self._desk, self.names = desk, tuple(names)
        self._hidden: frozenset[str] = frozenset()

    def fill(self, name: str, panel: QWidget) -> None:
        """Put a panel into its frame, which is blank until then."""
        self._desk.docks[name].fill(panel)

    def show_tab(self, name: str) -> None:
        """Show a panel, in front of those beside it."""
        self._desk.bring(name)

    @property
    def tabs(self) -> QTabBar | None:
        """The tab bar that has most of them; None where each stands alone."""
        bars = self._desk.bars()
        return max(bars, key=self._own, default=None)

    @property
    def current(self) -> str:
        """The name of the tab that is open."""
        bar = self.tabs
        if bar is not None and bar.tabText(bar.currentIndex()) in self.names:
            return bar.tabText(bar.currentIndex())
        seen = (name for name in self.names if self._desk.docks[name].is_seen)
        return next(seen, self.names[0])

    def set_badge(self, name: str, number: int, tone: Tone = "error") -> None:
        """Show a number beside a tab's name; 0: none."""
        self._desk.set_count(name, Count(number, tone) if number else None)

    def isVisible(self) -> bool:
        """Whether any of them is on the screen."""
        return any(self._desk.docks[name].is_seen for name in self.names)

    def isHidden(self) -> bool:
        """Whether all of them are hidden."""
        return all(self._desk.docks[name].isHidden() for name in self.names)

    def setVisible(self, is_visible: bool) -> None:
        """Hide them all, or show those that were not hidden one by one."""
        if is_visible == (not self.isHidden()):
            return
        docks = self._desk.docks
        if is_visible:
            shown = [name for name in self.names if name not in self._hidden] or self.names
            for name in shown:
                docks[name].show()
            docks[self._front if self._front in shown else shown[0]].raise_()
        else:
            self._hidden = frozenset(name for name in self.names if docks[name].isHidden())
            self._front = self.current
            for name in self.names:
                docks[name].hide()

    _front = ""

    def height(self) -> int:
        """How high they stand below the canvas, in pixels."""
        return self._desk.below

    def _own(self, bar: QTabBar) -> int:
        return sum(bar.tabText(index) in self.names for index in range(bar.count()))
