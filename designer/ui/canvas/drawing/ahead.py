"""Pixels painted ahead: what comes into view next when the canvas is panned on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPixmap

FIRST, MOST_STEPS = 4, 32
"""Steps that are painted ahead, of as many pixels as the latest one: as many as there have been."""
FARTHEST = 160
"""Pixels that are painted ahead, where so many steps would go farther."""
MOST = 8
"""Pieces that are kept: at each edge of the window, and around what stands still in it."""

Step = tuple[int, int]


class Piece(NamedTuple):
    """A rectangle of the canvas, in pixels from where the panning began, and what it shows."""

    rect: QRect
    pixels: QPixmap


class Ahead:
    """What lies beyond the edges, as long as nothing but the place of the camera changes.

    `paint` paints a rectangle of the window, which may lie outside of it, and says whether it is
    as it will stay.
    """

    def __init__(self, paint: Callable[[QPainter, QRect], bool]) -> None:
        self._paint = paint
        self._pieces: list[Piece] = []
        self._step: Step = (0, 0)
        self._steps = 0
        self._way = QPoint()

    def forget(self) -> None:
        """The canvas shows something else now."""
        self._pieces, self._steps = [], 0

    def go(self, step: Step) -> None:
        """What is seen has moved by so many pixels."""
        self._step = step
        self._steps += 1
        self._way -= QPoint(*step)

    def show(self, painter: QPainter, rect: QRect, ratio: float) -> bool:
        """Draw a rectangle of the window; False where that is not how it will stay."""
        wanted = rect.translated(self._way)
        found = (piece for piece in self._pieces if piece.rect.contains(wanted))
        piece = next(found, None) or self._made(wanted, ratio)
        if piece is None:
            # there is no time for so much: only what is needed
            return self._paint(painter, rect)
        corner = wanted.topLeft() - piece.rect.topLeft()
        source = QRect(corner * ratio, wanted.size() * ratio)
        painter.drawPixmap(rect, piece.pixels, source)
        return True

    def _made(self, wanted: QRect, ratio: float) -> Piece | None:
        """A rectangle, and as much of the canvas as the next steps will show beside it."""
        dx, dy = self._step
        steps = min(max(self._steps, FIRST), MOST_STEPS, FARTHEST // max(abs(dx), abs(dy), 1))
        rect = wanted | wanted.translated(-dx * steps, -dy * steps)
        pixels = QPixmap(rect.size() * ratio)
        pixels.setDevicePixelRatio(ratio)
        with QPainter(pixels) as painter:
            on_screen = rect.translated(-self._way)
            painter.translate(-on_screen.topLeft())
            if not self._paint(painter, on_screen):
                return None
        piece = Piece(rect, pixels)
        self._pieces = [piece, *self._pieces[: MOST - 1]]
        return piece
