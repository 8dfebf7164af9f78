"""Breadcrumbs: the way from the whole net to the composite that is opened, each step a button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from designer.ui.parts import Ink, clear, label, row, set_property, set_tip
from designer.ui.theme.fonts import SECONDARY
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import set_words

WIDEST = 320
"""Pixels of a name; a longer one is shortened in its middle."""


class Breadcrumbs(QWidget):
    """`chosen` carries the path of the level to go to; "" is the whole net."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Where you are in the net")
        self._row = row(self, 0, 4)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.crumbs: list[QPushButton] = []
        """The levels above the one that is shown."""

    def show_way(self, steps: Sequence[tuple[str, str]], remark: str) -> None:
        """Show the way to a level as path and name of its steps; `remark` says more of the last."""
        shown = (*steps, (remark, ""))
        if shown == self._shown:
            return
        self._shown, self.crumbs = shown, []
        clear(self._row)
        for path, name in steps[:-1]:
            self._add(self._crumb(path, name))
            self._add(label("/", "secondary", "faint"))
        is_inside = len(steps) > 1
        here: Ink = "text" if is_inside else "muted"
        self._add(label(self._short(steps[-1][1]), "secondary", here))
        self._add(label("·" if is_inside else "/", "secondary", "faint"))
        self._add(label(remark, "secondary", "muted" if is_inside else "text"))
        # where there is nowhere to go a press is the canvas's
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not is_inside)
        self.adjustSize()

    def event(self, event: QEvent) -> bool:
        """Be as large as what is in it, at another scale of the interface, too."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.adjustSize()
        return super().event(event)

    def _add(self, part: QWidget) -> None:
        self._row.addWidget(part)
        part.show()  # a layout shows it later, and has no room for it until then

    def _crumb(self, path: str, name: str) -> QPushButton:
        crumb = QPushButton(self._short(name).replace("&", "&&"))
        set_property(crumb, "link", True)
        set_words(crumb, SECONDARY)
        set_tip(crumb, f"Go out to {name}")
        crumb.setAccessibleName(f"Go out to {name}")
        crumb.setCursor(Qt.CursorShape.PointingHandCursor)
        crumb.clicked.connect(lambda: self.chosen.emit(path))
        self.crumbs.append(crumb)
        return crumb

    def _short(self, name: str) -> str:
        elide = Qt.TextElideMode.ElideMiddle
        return self.fontMetrics().elidedText(" ".join(name.split()), elide, px(WIDEST))
