"""The keyboard of the canvas beside its actions: Space that pans, and the letters of hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence

from designer.ui.canvas.gestures.hints import Hints
from designer.ui.canvas.scene.picture import RETURN

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
SPACE = QKeySequence(Qt.Key.Key_Space)
ENTERS = (QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter))


class Keyboard:
    """What keys mean while the canvas has the focus, and what of it lasts longer than a key."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.hints: Hints | None = None
        """The letters on the nodes, while the next keys choose among them."""
        self.has_come = False
        """Whether the focus came by a key, so that it is to be seen."""
        self.mend_key = RETURN
        """What the cards of faults call the key that mends."""
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

    @property
    def is_ready_to_pan(self) -> bool:
        """Whether Space is held."""
        return self._has_panned is not None

    def take_space(self) -> bool:
        """Whether Space is held; it then pans, and means nothing more when it comes up."""
        if self._has_panned is None:
            return False
        self._has_panned = True
        return True

    def note_mend(self, action: QAction) -> None:
        """Let cards name the key that this action, which mends, has now."""
        keys = action.shortcuts()
        key = keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        key = RETURN if any(each in keys for each in ENTERS) else key
        if key != self.mend_key:
            self.mend_key = self._view.picture.mend_key = key
            self._view.update()

    def claims(self, event: QEvent) -> bool:
        """Keep a key that another meaning here goes before its action's; says whether it was."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        # the next letters choose a wire; Space pans while it is held
        is_kept = self.hints is not None or _is_space(event)
        if is_kept:
            event.accept()
        return is_kept

    def press(self, event: QKeyEvent) -> bool:
        """A key that is no action's; say whether it means anything here."""
        if self.hints is not None:
            self.hints = self.hints.typed(event.text())
            self._view.update()
        elif _is_space(event):
            if not event.isAutoRepeat():
                self._has_panned = False
                self._view.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            return False
        return True

    def release(self, event: QKeyEvent) -> bool:
        """A key came up: Space does its action only now; say whether it meant anything here."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        panned, self._has_panned = self._has_panned, None
        self._view.unsetCursor()
        if panned is False and not self._view.is_busy:
            for action in self._view.actions():
                if SPACE in action.shortcuts():
                    action.trigger()
                    break
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


def _is_space(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier
