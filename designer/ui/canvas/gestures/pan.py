"""Pan: drag the canvas itself."""

from __future__ import annotations

from PySide6.QtCore import Qt

from designer.ui.canvas.gestures.gesture import Gesture, Pointer


class Pan(Gesture):
    """Moves what is seen; cancelled, it goes back to where it began."""

    cursor = Qt.CursorShape.ClosedHandCursor
    scrolls = False

    def start(self, at: Pointer) -> None:
        self._began = self.view.viewport
        self._last = at.screen

    def move(self, at: Pointer) -> None:
        step = at.screen - self._last
        self._last = at.screen
        self.view.set_viewport(self.view.viewport.panned(step.x(), step.y()))

    def cancel(self) -> None:
        self.view.set_viewport(self._began)
