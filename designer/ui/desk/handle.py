"""The handle of a panel: what it is dragged by, and where it is named when no tab names it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
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
        self._is_pointed = False
        self.own_window = _button(f"{name} in a window of its own")
        self.own_window.clicked.connect(self.float_clicked)
        self.close_button = _button(f"Hide {name}")
        self.close_button.clicked.connect(self.hide_clicked)
        self._buttons = (self.own_window, self.close_button)
        layout = row(self, spacing=4)
        inset(layout, 0, 0, 8, 0)
        layout.addStretch(1)
        for button in self._buttons:
            layout.addWidget(button)
            button.hide()
        set_tip(self, f"Drag to move {name}")
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_as(self, look: Look, *, is_floating: bool) -> None:
        """Take this look; a window of its own offers the way back."""
        self.look = look
        name = f"{self._name} back into the window" if is_floating else "A window of its own"
        set_tip(self.own_window, name)
        self.own_window.setAccessibleName(f"{self._name}: {name}")
        self._is_floating = is_floating
        self._on_theme_changed()
        self._show_buttons()
        self.updateGeometry()
        self.update()

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
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._show_buttons()
        self.update()

    def _show_buttons(self) -> None:
        for button in self._buttons:
            button.setVisible(self.look == "title" and (self._is_pointed or self._is_floating))

    _is_floating = False

    def _on_theme_changed(self) -> None:
        ink = self._theme.tokens.text_muted
        self.own_window.setIcon(icon("dock" if self._is_floating else "float", ink))
        self.close_button.setIcon(icon("close", ink))
        self.update()


def _button(tip: str) -> QToolButton:
    made = QToolButton()
    fix_size(made, width=24, height=24)
    made.setAccessibleName(tip)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setCursor(Qt.CursorShape.ArrowCursor)
    set_tip(made, tip)
    return made
