"""Move: drag nodes; a node without wires that is dropped on a wire is put between its ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from designer.core.edits import Move
from designer.ui.canvas.drawing.cards import within
from designer.ui.canvas.drawing.ink import pen
from designer.ui.canvas.drawing.lines import draw_lines
from designer.ui.canvas.edit.commands import inserted, settled
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.overlay import draw_wire_target
from designer.ui.canvas.scene.guides import CLOSE, NONE, REACH, Guides, Neighbours
from designer.ui.canvas.scene.hit import wire_at
from designer.ui.canvas.scene.measure import MARGIN, snapped
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Rect, Viewport

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

THRESHOLD = 4.0


class MoveNodes(Gesture):
    """Moves the selected nodes on the picture, and in the design when the button goes up."""

    def __init__(self, view: CanvasView, owner: str) -> None:
        super().__init__(view)
        self._owner = owner

    def start(self, at: Pointer) -> None:
        view = self.view
        self._began = at
        self._moving = False
        self._click = False
        selected = view.selection.nodes
        if at.extends:
            view.choose(selected ^ {self._owner}, view.selection.edges)
        elif self._owner not in selected:
            view.choose({self._owner})
        else:
            self._click = True

    def move(self, at: Pointer) -> None:
        view, picture = self.view, self.view.picture
        travelled = at.screen - self._began.screen
        if not self._moving:
            if travelled.manhattanLength() < THRESHOLD or self._owner not in view.selection.nodes:
                return
            self._moving = True
            self._nodes = frozenset(view.selection.nodes)
            self._items = np.array(sorted(picture.owned(self._nodes)), dtype=np.intp)
            self._home = picture.boxes[self._items, :2].copy()
            self._lead = int(np.flatnonzero(self._items == self._lead_item())[0])
            self._wire: int | None = None
            self._guides = NONE
            self._place: tuple[float, ...] = ()
            self._looked_at: Viewport | None = None
            self._others = np.ones(len(picture.items), dtype=bool)
            self._others[self._items] = False
            bounds = picture.routes.bounds.copy()
            self._shown = self._touched_rect(bounds[picture.move(self._items, self._home)])
        self._shift = self._snapped(at)
        lines = self._guides.lines
        self._guides = self._aligned(at)
        self._shift += self._guides.step
        if self._is_where_it_was(lines):
            return
        before = self._shown
        touched = picture.move(self._items, self._home + self._shift)
        after = self._shown = self._touched_rect(picture.routes.bounds[touched])
        old, self._wire = self._wire, self._target(at)
        # as one rectangle, to which Qt clips faster than to two that overlap
        both = before | after
        shown = (both.left(), both.top(), both.right(), both.bottom())
        view.refresh(*map(self._pixels, (shown, *lines, *self._guides.lines)))
        if old != self._wire or self._wire is not None:  # its words go along
            view.update()

    def _is_where_it_was(self, lines: tuple[Rect, ...]) -> bool:
        """Whether a step of the pointer moves nothing, as nodes go from one place to the next."""
        before, self._place = self._place, tuple(self._shift.tolist())
        return before == self._place and lines == self._guides.lines

    def finish(self, at: Pointer) -> None:
        view, picture = self.view, self.view.picture
        if not self._moving:
            if self._click:
                view.choose({self._owner})
            return
        dx, dy = map(float, self._shift / (1.0, picture.stretch))
        places = picture.places
        edge = picture.wires[self._wire].edge if self._wire is not None else None
        if edge is not None:
            node = picture.design.nodes[self._owner]
            centre = picture.axis(picture.index[self._owner])
            room = not at.keys & Qt.KeyboardModifier.AltModifier
            edit, _ = inserted(picture, edge, node, centre, room=room)
            done = view.execute(edit)
        elif dx or dy:
            moved = {i: (places[i][0] + dx, places[i][1] + dy) for i in self._nodes}
            done = view.execute(settled(Move(moved), picture))
        else:
            done = False
        if not done:
            self.cancel()

    def cancel(self) -> None:
        if self._moving:
            self.view.picture.move(self._items, self._home)
            self.view.picture.reroute()
            self.view.update()

    def paint(self, painter: QPainter) -> None:
        if self._moving and self._wire is not None:
            over = self.view.screen_rect(self._lead_item())
            draw_wire_target(painter, self.view.picture, self._wire, self.view, over)
        if self._moving and self._guides.lines:
            stroke = pen(self.view.tokens.accent)
            stroke.setDashPattern([4, 3])
            painter.setPen(stroke)
            lines = self._on_screen(np.array(self._guides.lines))
            draw_lines(painter, np.floor(lines) + 0.5)  # one sharp pixel

    def _lead_item(self) -> int:
        items = self.view.picture.owned({self._owner})
        return min(items)

    def _snapped(self, at: Pointer) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """How far the nodes go, so that the one under the pointer stays on the grid."""
        x, y = map(float, self._home[self._lead])
        dx = at.canvas[0] - self._began.canvas[0]
        dy = at.canvas[1] - self._began.canvas[1]
        if at.keys & Qt.KeyboardModifier.ShiftModifier:
            dx, dy = (dx, 0.0) if abs(dx) > abs(dy) else (0.0, dy)
        # the grid is that of the design
        k = self.view.picture.stretch
        return np.array(
            [snapped(x + dx) - snapped(x), k * (snapped((y + dy) / k) - snapped(y / k))]
        )

    def _aligned(self, at: Pointer) -> Guides:
        """The lines of what is seen beside them that the nodes go to; with Alt to none."""
        view = self.view
        # with Shift one way is held already
        if view.viewport.scale < CLOSE or at.keys & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            return NONE
        if self._looked_at is not view.viewport:
            self._looked_at = view.viewport
            near = within(view.picture, view.viewport.seen)
            self._neighbours = Neighbours(view.picture.boxes[near[self._others[near]]])
        x, y = (self._home[self._lead] + self._shift).tolist()
        _, _, width, height = view.picture.boxes[self._items[self._lead]].tolist()
        return self._neighbours.guides((x, y, width, height), REACH / view.viewport.scale)

    def _on_screen(self, lines: Floats) -> Floats:
        viewport = self.view.viewport
        shown: Floats = (lines - np.array([viewport.x, viewport.y] * 2)) * viewport.scale
        return shown

    def _pixels(self, rect: Rect) -> QRectF:
        """The pixels of a part of the canvas, or of a guide."""
        (x1, y1), (x2, y2) = map(self.view.viewport.to_screen, rect[::2], rect[1::2])
        return QRectF(x1 - 2.0, y1 - 2.0, x2 - x1 + 4.0, y2 - y1 + 4.0)

    def _target(self, at: Pointer) -> int | None:
        """The wire that a node without wires of its own would be put on."""
        picture = self.view.picture
        if len(self._nodes) != 1 or self._owner not in picture.index:
            return None
        graph = picture.design.graph
        if self._owner in graph.incoming or self._owner in graph.outgoing:
            return None
        if graph.nodes[self._owner].layer.inputs == 0:
            return None
        i = picture.index[self._owner]
        wire = wire_at(picture, picture.axis(i), float(picture.heights[i]) / 2)
        return wire if wire is not None and picture.wires[wire].edge else None

    def _touched_rect(self, bounds: Floats) -> QRectF:
        """What the moving nodes and wires with these bounds take of the canvas."""
        boxes = self.view.picture.boxes[self._items]
        low = np.concatenate([boxes[:, :2], bounds[:, :2]]).min(axis=0) - MARGIN
        high = np.concatenate([boxes[:, :2] + boxes[:, 2:], bounds[:, 2:]]).max(axis=0) + MARGIN
        return QRectF(QPointF(*low.tolist()), QPointF(*high.tolist()))
