"""Move a frame: what stands in it goes with it, in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from designer.core.edits import Move, SetFrames, Several
from designer.ui.canvas.edit.commands import settled
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.scene.measure import snapped
from designer.ui.canvas.scene.viewport import Rect

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

THRESHOLD = 4.0


class MoveFrame(Gesture):
    """Drags a frame by its title bar, or a comment; a click selects it."""

    def __init__(self, view: CanvasView, panel: int) -> None:
        super().__init__(view)
        self._panel = panel

    def start(self, at: Pointer) -> None:
        view, picture = self.view, self.view.picture
        panel = picture.panels[self._panel]
        assert panel.frame is not None
        view.frames.choose(panel.frame)
        self._began, self._moving = at, False
        self._nodes = view.frames.held(panel.frame)
        self._items = np.array(sorted(picture.owned(self._nodes)), dtype=np.intp)
        self._home = picture.boxes[self._items, :2].copy()
        self._panels = list(picture.panels)
        self._carried = {
            i
            for i, other in enumerate(self._panels)
            if i == self._panel
            or other.owner in self._nodes
            or (other.frame is not None and _holds(panel.rect, other.rect))
        }

    def move(self, at: Pointer) -> None:
        if not self._moving:
            travelled = at.screen - self._began.screen
            self._moving = travelled.manhattanLength() >= THRESHOLD
            if not self._moving:
                return
        dx, dy = self._shift(at)
        picture = self.view.picture
        for i in self._carried:
            x, y, width, height = self._panels[i].rect
            rect = (x + dx, y + dy, width, height)
            picture.panels[i] = replace(self._panels[i], rect=rect)
        if len(self._items):
            picture.move(self._items, self._home + np.array([dx, dy]))
        self.view.update()

    def finish(self, at: Pointer) -> None:
        if not self._moving:
            return
        view, picture = self.view, self.view.picture
        dx, dy = self._shift(at)
        dy /= picture.stretch
        places = picture.places
        moved = {n: (places[n][0] + dx, places[n][1] + dy) for n in self._nodes}
        carried = {self._panels[i].frame for i in self._carried}
        frames = tuple(
            replace(f, position=(f.position[0] + dx, f.position[1] + dy)) if i in carried else f
            for i, f in enumerate(view.session.design.frames)
        )
        title = self._panels[self._panel].title
        edit = Several(f"move {title or 'a comment'}", (Move(moved), SetFrames(frames)))
        if not (dx or dy) or not view.execute(settled(edit, picture)):
            self.cancel()

    def cancel(self) -> None:
        if self._moving:
            picture = self.view.picture
            picture.panels[:] = self._panels
            if len(self._items):
                picture.move(self._items, self._home)
                picture.reroute()
            self.view.update()

    def _shift(self, at: Pointer) -> tuple[float, float]:
        k = self.view.picture.stretch
        return (
            snapped(at.canvas[0] - self._began.canvas[0]),
            k * snapped((at.canvas[1] - self._began.canvas[1]) / k),
        )


def _holds(outer: Rect, inner: Rect) -> bool:
    x, y, width, height = outer
    left, top, wide, high = inner
    return x <= left and y <= top and left + wide <= x + width and top + high <= y + height
