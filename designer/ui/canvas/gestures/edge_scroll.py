"""Scrolling at the edge: a gesture that comes near it takes the canvas along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QTimer

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

MARGIN = 28.0
FASTEST = 18.0
"""Pixels a tick, at the very edge and beyond it."""
TICK = 16


class EdgeScroll:
    """Runs while a gesture holds the pointer near the edge of the canvas."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._step = QPointF()
        self._timer = QTimer(view)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._on_tick)

    def follow(self, at: QPointF) -> None:
        """The pointer went here."""
        view = self._view
        self._step = QPointF(_speed(at.x(), view.width()), _speed(at.y(), view.height()))
        if self._step.isNull():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The gesture is over."""
        self._timer.stop()

    def _on_tick(self) -> None:
        view = self._view
        view.set_viewport(view.viewport.panned(-self._step.x(), -self._step.y()))
        view.hands.move_gesture()


def _speed(at: float, length: int) -> float:
    """How far to go in a tick: nothing in the middle, faster towards the edge."""
    if at < MARGIN:
        return -FASTEST * min(1.0, (MARGIN - at) / MARGIN)
    if at > length - MARGIN:
        return FASTEST * min(1.0, (at - length + MARGIN) / MARGIN)
    return 0.0
