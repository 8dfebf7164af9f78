"""The tab bars of the desk, which Qt makes and unmakes: how they look, and what they count."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabBar, QWidget

from designer.ui.parts import label, row
from designer.ui.theme.fonts import CAPTION
from designer.ui.theme.scale import fine
from designer.ui.theme.sizes import fix_size, inset, set_words

Tone = Literal["error", "warning"]
_SIDE = QTabBar.ButtonPosition.RightSide


class Count(NamedTuple):
    """A number that stands beside a tab's name."""

    number: int
    tone: Tone


def dress(bar: QTabBar) -> None:
    """Let a tab bar look as the tokens say: words with a line below the one that is open."""
    bar.setExpanding(False)
    bar.setDrawBase(False)
    bar.setElideMode(Qt.TextElideMode.ElideNone)
    bar.setUsesScrollButtons(True)
    set_words(bar)


def names(bar: QTabBar) -> list[str]:
    """What its tabs are called, in order."""
    return [bar.tabText(index) for index in range(bar.count())]


def show_count(bar: QTabBar, index: int, count: Count | None) -> None:
    """Show a number beside a tab's name, or none; what is shown already stays."""
    holder = bar.tabButton(index, _SIDE)
    if isinstance(holder, Badge) and holder.says == count:
        return
    if holder is not None:
        # never set again: a tab bar hides the button that it had, be it the same one
        bar.setTabButton(index, _SIDE, None)
        holder.deleteLater()
    if count is not None:
        bar.setTabButton(index, _SIDE, Badge(count))


class Badge(QWidget):
    """A number in a pill, a little to the left of where a tab puts its button."""

    def __init__(self, count: Count) -> None:
        super().__init__()
        self.says = count
        self._pill = label("", "caption")
        set_words(self._pill, CAPTION, strong=True)
        self._pill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fix_size(self._pill, height=16)
        self._pill.setProperty("ink", "badge")
        self._pill.setProperty("tone", count.tone)
        layout = row(self)
        inset(layout, 0, 0, 12, 0)
        layout.addWidget(self._pill)
        self._pill.setText(str(count.number) if count.number < 1000 else "999+")
        text = self._pill.fontMetrics().horizontalAdvance(self._pill.text()) / fine(1)
        fix_size(self._pill, width=max(18, text + 10))
        self.adjustSize()

    def event(self, event: QEvent) -> bool:
        """Be as large as what is in it, at another scale of the interface, too."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.adjustSize()
        return super().event(event)
