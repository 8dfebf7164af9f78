"""The handle of a panel: what it is dragged by, and where it is named when no tab names it."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from designer.ui.parts import ground, row, set_tip
from designer.ui.theme.fonts import BODY, words
from designer.ui.theme.icons import icon
from designer.ui.theme.scale import px
from designer.ui.theme.sizes import fix_size, inset
from designer.ui.theme.theme import Theme

Look = Literal["none", "grip", "title"]
"""A tab is its panel's handle; a panel that explains itself has a grip; others bear a title."""

HEIGHTS: dict[Look, int] = {"none": 0, "grip": 12, "title": 38}
GRIP = (28, 3)


class Handle(QWidget):
    """Stands above a panel. It takes no presses: the panel's frame is dragged by them."""

    asked = Signal(object)
    """A menu is wanted, at this point of the screen."""
    float_clicked = Signal()
    hide_clicked = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        ground(self)
        self._name, self._theme = name, theme
        self.look: Look = "none"
        self._is_pointed = self._is_floating = False
        set_tip(self, f"Drag to move {name}")
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        theme.changed.connect(self._on_theme_changed)

    @cached_property
    def own_window(self) -> QToolButton:
        """Puts the panel into a window of its own, or back."""
        return _button(self.float_clicked)

    @cached_property
    def close_button(self) -> QToolButton:
        """Hides the panel."""
        made = _button(self.hide_clicked)
        made.setAccessibleName(f"Hide {self._name}")
        set_tip(made, f"Hide {self._name}")
        return made

    def show_as(self, look: Look, *, is_floating: bool) -> None:
        """Take this look; a window of its own offers the way back."""
        if (look, is_floating) == (self.look, self._is_floating):
            return
        self.look, self._is_floating = look, is_floating
        if look == "title":
            self._lay_out()
            name = f"{self._name} back into the window" if is_floating else "A window of its own"
            set_tip(self.own_window, name)
            self.own_window.setAccessibleName(f"{self._name}: {name}")
        self._on_theme_changed()
        self._show_buttons()
        self.updateGeometry()

    def _lay_out(self) -> None:
        """Make the buttons, which most panels never need."""
        if self.layout() is None:
            layout = row(self, spacing=4)
            inset(layout, 0, 0, 8, 0)
            layout.addStretch(1)
            for button in (self.own_window, self.close_button):
                layout.addWidget(button)

    def sizeHint(self) -> QSize:
        return QSize(0, px(HEIGHTS[self.look]))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = self._theme.tokens
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.look == "grip" and self._is_pointed:
                wide, high = px(GRIP[0]), px(GRIP[1])
                pill = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.wire))
                painter.drawRoundedRect(pill, high / 2, high / 2)
            elif self.look == "title":
                painter.setPen(QColor(tokens.text))
                painter.setFont(words(BODY, strong=True))
                room = self.rect().adjusted(px(16), 0, -px(72), 0)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._name)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point(False)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit(event.globalPos())

    def _point(self, is_pointed: bool) -> None:
        self._is_pointed = is_pointed
        self._show_buttons()
        self.update()

    def _show_buttons(self) -> None:
        if self.layout() is not None:
            is_shown = self.look == "title" and (self._is_pointed or self._is_floating)
            for button in (self.own_window, self.close_button):
                button.setVisible(is_shown)

    def _on_theme_changed(self) -> None:
        if self.layout() is not None:
            ink = self._theme.tokens.text_muted
            self.own_window.setIcon(icon("dock" if self._is_floating else "float", ink))
            self.close_button.setIcon(icon("close", ink))
        self.update()


def _button(clicked: SignalInstance) -> QToolButton:
    made = QToolButton()
    fix_size(made, width=24, height=24)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setCursor(Qt.CursorShape.ArrowCursor)
    made.clicked.connect(clicked)
    return made
