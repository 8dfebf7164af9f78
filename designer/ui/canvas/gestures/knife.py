"""Cut: a line drawn with Ctrl and the right button removes the wires that it crosses."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from designer.core.edits import Disconnect
from designer.core.graph import Point
from designer.ui.canvas.drawing.ink import faded, pen
from designer.ui.canvas.drawing.lines import draw_lines
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.overlay import draw_pill, on_screen
from designer.ui.canvas.scene.hit import wires_across


class Knife(Gesture):
    """The wires light up as they are crossed, and go when the button goes up, in one step."""

    cursor = Qt.CursorShape.CrossCursor

    def start(self, at: Pointer) -> None:
        self._path: list[Point] = [at.canvas]
        self._at = at
        self._crossed: dict[int, None] = {}

    def move(self, at: Pointer) -> None:
        picture = self.view.picture
        for wire in wires_across(picture, self._path[-1], at.canvas):
            if picture.wires[wire].edge is not None:
                self._crossed[wire] = None
        self._path.append(at.canvas)
        self._at = at
        self.view.update()

    def finish(self, at: Pointer) -> None:
        wires = self.view.picture.wires
        edges = tuple(edge for w in self._crossed if (edge := wires[w].edge) is not None)
        if edges:
            self.view.execute(Disconnect(edges))
        self.view.update()

    def cancel(self) -> None:
        self.view.update()

    def paint(self, painter: QPainter) -> None:
        view, tokens = self.view, self.view.tokens
        for wire in self._crossed:
            lines = on_screen(view.picture.routes.of(wire), view.viewport)
            painter.setPen(pen(faded(tokens.error, 0.25), 7.0))
            draw_lines(painter, lines)
            painter.setPen(pen(tokens.error, 2.0))
            draw_lines(painter, lines)
        stroke = pen(tokens.error, 1.5)
        stroke.setDashPattern([4, 3])
        painter.setPen(stroke)
        if len(self._path) > 1:
            draw_lines(painter, on_screen(np.array(self._path), view.viewport))
        if self._crossed:
            count = len(self._crossed)
            words = "cut 1 wire" if count == 1 else f"cut {count} wires"
            draw_pill(painter, self._at.screen + QPointF(16, 18), words, tokens)
