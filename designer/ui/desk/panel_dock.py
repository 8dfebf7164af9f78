"""The frame of one panel on the desk, which can be dragged, tabbed, floated and hidden."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QDockWidget, QWidget

from designer.ui.desk.handle import Handle, Look
from designer.ui.parts import column, ground, hairline, set_property
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import at_least
from designer.ui.theme.theme import Theme

GRIP_ROOM = 12
"""Pixels that a panel without a heading keeps free above it, by its grip or without."""


class PanelDock(QDockWidget):
    """Holds one panel, which is hidden, and so costs nothing, while nobody sees it.

    Qt moves a panel whose tab is behind another out of sight, and leaves it visible.
    """

    def __init__(
        self, name: str, theme: Theme, size: tuple[int, int], *, has_grip: bool, page: str = ""
    ) -> None:
        super().__init__(name)
        self._page = page
        self.setObjectName(name)
        self._wanted, self._has_grip = size, has_grip
        self.panel: QWidget | None = None
        self._instead: QWidget | None = None
        self.is_seen = False
        """Whether it is on the screen, and not behind another tab."""
        self.handle = Handle(name, theme)
        self.handle.hide_clicked.connect(self.hide)
        self.setTitleBarWidget(self.handle)
        self._line = hairline()
        self._body = QWidget()
        ground(self._body)
        at_least(self._body, width=180, height=84)
        self._inside = column(self._body)
        self._inside.addWidget(self._line, 0, Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._body)
        self.visibilityChanged.connect(self._on_seen)

    def fill(self, panel: QWidget) -> None:
        """Put the panel into its frame, which is blank until then."""
        self.panel = panel
        self._inside.addWidget(panel, 1)
        self._show_panel()

    def show_instead(self, page: QWidget | None) -> None:
        """Show this page in the place of the panel; None: the panel again."""
        if page is self._instead:
            return
        if self._instead is not None:
            self._inside.removeWidget(self._instead)
            self._instead.hide()
        self._instead = page
        if page is not None:
            self._inside.addWidget(page, 1)
        self._show_panel()

    def show_as(self, look: Look) -> None:
        """Bear a title, a grip, or neither."""
        set_property(self, "afloat", self.isFloating())
        self.handle.show_as(look, is_floating=self.isFloating())
        # Qt tells nobody when what was behind a tab gets a window
        is_seen = self.isVisible() and (self.isWindow() or self.geometry().bottom() > 0)
        if is_seen != self.is_seen:
            self._on_seen(is_seen)
        self._line.setVisible(look != "grip")
        room = px(GRIP_ROOM) if self._has_grip and look != "grip" else 0
        self._inside.setSpacing(room)

    @property
    def has_grip(self) -> bool:
        """Whether the panel explains itself, and bears no title beside the canvas."""
        return self._has_grip

    def bring(self) -> None:
        """Show it, in front of the tabs beside it."""
        self.show()
        self.raise_()
        if self.panel is not None and self._instead is None:
            self.panel.show()

    def help_address(self) -> str:
        """The page about the panel; "" where there is none."""
        return self._page

    def sizeHint(self) -> QSize:
        return QSize(*map(px, self._wanted))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge of a window, for which the style sheet leaves room and no more."""
        super().paintEvent(event)
        if self.isFloating():
            with QPainter(self) as painter:
                painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _on_seen(self, is_seen: bool) -> None:
        self.is_seen = is_seen
        self._show_panel()

    def _show_panel(self) -> None:
        if self.panel is not None:
            self.panel.setVisible(self.is_seen and self._instead is None)
        if self._instead is not None:
            self._instead.setVisible(self.is_seen)
