"""The dock: tabs below the canvas, one panel at a time, some of them made when first needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QTabBar, QWidget

from designer.help.addresses import TOPIC
from designer.ui.parts import column, ground, hairline, label, row
from designer.ui.theme.fonts import CAPTION, words

LOW = 800
"""A window of at most so many pixels is low."""
Tone = Literal["error", "warning"]

PAGES = {
    "Training": f"{TOPIC}training",
    "Runs": f"{TOPIC}training",
    "Summary": f"{TOPIC}costs",
    "Data": f"{TOPIC}data",
}
"""The pages of help about tabs, by the tab's name."""


class Dock(QWidget):
    """A row of tabs over a stack of panels."""

    turned = Signal(int)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self)
        self.setMinimumHeight(120)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setFont(words())
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._stack = QStackedWidget()
        self._slots: dict[str, QWidget] = {}
        top = row()
        top.setContentsMargins(4, 0, 4, 0)
        top.addWidget(self.tabs)
        top.addStretch(1)
        layout = column(self)
        layout.addLayout(top)
        layout.addWidget(hairline())
        layout.addWidget(self._stack, 1)
        for name in names:
            self._add(name)
        self.tabs.currentChanged.connect(self._on_turned)

    def _add(self, name: str) -> None:
        slot = QWidget()
        ground(slot)
        column(slot)
        self._slots[name] = slot
        self._stack.addWidget(slot)
        self.tabs.addTab(name)

    def fill(self, name: str, panel: QWidget) -> None:
        """Put a panel into the page of a tab, which is blank until then."""
        layout = self._slots[name].layout()
        assert layout is not None
        layout.addWidget(panel)

    def show_tab(self, name: str) -> None:
        """Turn to a tab."""
        self.tabs.setCurrentIndex(list(self._slots).index(name))

    @property
    def current(self) -> str:
        """The name of the tab that is open."""
        return list(self._slots)[self.tabs.currentIndex()]

    def help_address(self) -> str:
        """The page about the tab that is open, where there is one."""
        return PAGES.get(self.current, "")

    def set_badge(self, name: str, number: int, tone: Tone = "error") -> None:
        """Show a number beside a tab's name; 0: none."""
        index = list(self._slots).index(name)
        side = QTabBar.ButtonPosition.RightSide
        holder = self.tabs.tabButton(index, side)
        if isinstance(holder, _Badge) and holder.says == (number, tone):
            return
        if holder is not None:
            # never set again: a tab bar hides the button that it had, be it the same one
            self.tabs.setTabButton(index, side, None)
            holder.deleteLater()
        if number:
            self.tabs.setTabButton(index, side, _Badge(number, tone))

    def _on_turned(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self.turned.emit(index)


class DockSplitter(QSplitter):
    """The panels above, the dock below.

    In a low window the dock takes a third at most, until there is a run to watch.
    """

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.has_run = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = self.window().height()
        sizes, most = self.sizes(), height // 3
        if height <= LOW and not self.has_run and len(sizes) == 2 and sizes[1] > most:
            self.setSizes([sum(sizes) - most, most])


class _Badge(QWidget):
    """A number in a pill, a little to the left of where a tab puts its button."""

    def __init__(self, number: int, tone: Tone) -> None:
        super().__init__()
        self.says = (number, tone)
        self._pill = label("", "caption")
        self._pill.setFont(words(CAPTION, strong=True))
        self._pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pill.setFixedHeight(16)
        self._pill.setProperty("ink", "badge")
        self._pill.setProperty("tone", tone)
        layout = row(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.addWidget(self._pill)
        self._pill.setText(str(number) if number < 1000 else "999+")
        text = self._pill.fontMetrics().horizontalAdvance(self._pill.text())
        self._pill.setFixedWidth(max(18, text + 10))
        self.adjustSize()
