"""The keyboard of the canvas: commands, Space that pans, and the letters of hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence

from designer.ui.canvas.arrows import ARROWS, press_arrow
from designer.ui.canvas.hints import Hints

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Keyboard:
    """What keys mean while the canvas has the focus, and what of it lasts longer than a key."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.hints: Hints | None = None
        """The letters on the nodes, while the next keys choose among them."""
        self.has_come = False
        """Whether the focus came by a key, so that it is to be seen."""
        self._has_panned: bool | None = None
        """What Space did since it went down; None while it is up."""

    @property
    def is_pinned(self) -> bool:
        """Whether something of it is drawn above the picture."""
        return self.has_come or self.hints is not None

    def offer_targets(self) -> None:
        """Put a letter on every node that the selected one could feed."""
        self.hints = Hints.of(self._view)
        self._view.update()

    def give_way(self) -> None:
        """The mouse is used instead."""
        self.hints = None
        self.has_come = False

    def take_space(self) -> bool:
        """Whether Space is held; it then pans, and means nothing more when it comes up."""
        if self._has_panned is None:
            return False
        self._has_panned = True
        return True

    def claims(self, event: QEvent) -> bool:
        """Take a key before Qt gives it another meaning; says whether it was one of ours."""
        if event.type() == QEvent.Type.ShortcutOverride and self.hints is not None:
            event.accept()  # the next letters choose a wire, whatever else they mean
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            # Tab would go to the next widget; Shift+Tab and F6 leave the canvas
            return event.key() == Qt.Key.Key_Tab and _command(self._view, event)
        return False

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; say whether it means anything here."""
        if self.hints is not None:
            self.hints = self.hints.typed(event.text())
            self._view.update()
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._has_panned = False
                self._view.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            return _command(self._view, event)
        return True

    def release(self, event: QKeyEvent) -> bool:
        """A key came up: Space alone offers layers; say whether it meant anything here."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        panned, self._has_panned = self._has_panned, None
        self._view.unsetCursor()
        if panned is False and not self._view.is_busy:
            self._view.offer_layers()
        return True

    def focus_in(self, event: QFocusEvent) -> None:
        """The focus came."""
        self.has_come = event.reason() in BY_KEY
        self._view.update()

    def focus_out(self) -> None:
        """The focus went, and with it whatever keys were held or awaited."""
        self._has_panned = None
        self.hints = None
        self._view.update()


def _command(view: CanvasView, event: QKeyEvent) -> bool:
    """Do what a key means; say whether it means anything here."""
    key = Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.matches(QKeySequence.StandardKey.SelectAll):
        view.select_all()
    elif key in ARROWS:
        press_arrow(view, key, held)
    elif held and held != Qt.KeyboardModifier.ShiftModifier:
        return False
    elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        view.delete_selection()
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        view.activate_selection()
    elif key == Qt.Key.Key_Slash or (key == Qt.Key.Key_Tab and not held):
        view.offer_layers()
    elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        view.zoom_by(1.25)
    elif key == Qt.Key.Key_Minus:
        view.zoom_by(0.8)
    else:
        return _plain(view, key)
    return True


def _plain(view: CanvasView, key: Qt.Key) -> bool:
    """Letters and figures, without a modifier."""
    keys = {
        Qt.Key.Key_F: view.zoom_selection,
        Qt.Key.Key_0: view.zoom_fit,
        Qt.Key.Key_Home: view.zoom_fit,
        Qt.Key.Key_1: view.zoom_actual,
        Qt.Key.Key_E: view.toggle_selection,
        Qt.Key.Key_Escape: view.cancel,
    }
    if key not in keys:
        return False
    keys[key]()
    return True
