"""Drag a point that a wire is led through; with Alt a press on a wire makes the point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.core.graph import Point
from designer.ui.canvas.edit.dots import added, whole
from designer.ui.canvas.gestures.gesture import Gesture, Pointer

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

THRESHOLD = 4.0


class MoveDot(Gesture):
    """Leads the wire anew at every move, and in the design when the button goes up."""

    def __init__(self, view: CanvasView, wire: int, number: int | None) -> None:
        super().__init__(view)
        self._wire, self._number = wire, number

    def start(self, at: Pointer) -> None:
        picture = self.view.picture
        edge = picture.wires.edge[self._wire]
        assert edge is not None
        self._edge, self._began = edge, at
        self._before = picture.via.get(self._wire, ())
        self._changed = self._number is None
        self._via: tuple[Point, ...] = self._before
        if self._number is None:
            self._number, self._via = added(picture, self._wire, at.canvas)
        self.view.dots.choose(edge, self._number)
        self._lead(self._via)

    def move(self, at: Pointer) -> None:
        travelled = at.screen - self._began.screen
        if not self._changed and travelled.manhattanLength() < THRESHOLD:
            return
        self._changed = True
        place = whole(at.canvas)
        number = self._number or 0
        self._via = (*self._via[:number], place, *self._via[number + 1 :])
        self._lead(self._via)

    def finish(self, at: Pointer) -> None:
        if self._changed and not self.view.dots.lead(self._edge, self._via, self._number):
            self.cancel()

    def cancel(self) -> None:
        self._lead(self._before)
        self.view.picture.reroute()
        self.view.dots.leave()

    def _lead(self, via: tuple[Point, ...]) -> None:
        if via != self.view.picture.via.get(self._wire, ()):
            self.view.picture.lead(self._wire, via)
        self.view.update()
