"""Select: a rubber band on empty canvas; with Shift or Ctrl it extends the selection."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.ui.canvas.drawing.ink import colour, faded, pen
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.scene.hit import owners_in


class RubberBand(Gesture):
    """Selects the nodes that the rectangle touches, while it is drawn."""

    def start(self, at: Pointer) -> None:
        selection = self.view.selection
        self._before = (selection.nodes, selection.edges)
        self._kept = selection.nodes if at.extends else frozenset()
        self._corner = at.canvas
        self._rect: QRectF | None = None
        if not at.extends:
            self.view.choose()

    def move(self, at: Pointer) -> None:
        view = self.view
        x, y = self._corner
        left, right = sorted((x, at.canvas[0]))
        top, bottom = sorted((y, at.canvas[1]))
        first = view.viewport.to_screen(left, top)
        last = view.viewport.to_screen(right, bottom)
        self._rect = QRectF(first[0], first[1], last[0] - first[0], last[1] - first[1])
        found = owners_in(view.picture, (left, top, right, bottom))
        view.choose(found | self._kept)
        view.update()

    def finish(self, at: Pointer) -> None:
        self.view.update()

    def cancel(self) -> None:
        self.view.choose(*self._before)
        self.view.update()

    def paint(self, painter: QPainter) -> None:
        if self._rect is not None:
            tokens = self.view.tokens
            painter.setPen(pen(tokens.accent))
            painter.setBrush(faded(colour(tokens.accent).name(), 0.10))
            painter.drawRoundedRect(self._rect, 2, 2)
