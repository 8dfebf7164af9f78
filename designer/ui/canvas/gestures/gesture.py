"""What every gesture is: it starts, moves, and is finished or cancelled; it may paint meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from designer.core.graph import Point

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


class Pointer(NamedTuple):
    """Where the pointer is, in pixels and on the canvas, and which keys are held."""

    screen: QPointF
    canvas: Point
    keys: Qt.KeyboardModifier

    @property
    def extends(self) -> bool:
        """Whether what is selected already is to stay so."""
        held = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
        return bool(self.keys & held)


class Gesture:
    """A press, its moves and its end. Exactly one of `finish` and `cancel` is called."""

    cursor: Qt.CursorShape | None = None
    scrolls = True
    """Whether it takes the canvas along where it comes near the edge."""

    def __init__(self, view: CanvasView) -> None:
        self.view = view

    def start(self, at: Pointer) -> None:
        """The button went down here."""

    def move(self, at: Pointer) -> None:
        """The pointer went here with the button down."""

    def finish(self, at: Pointer) -> None:
        """The button went up here: do it."""

    def cancel(self) -> None:
        """Undo what was shown and do nothing."""

    def paint(self, painter: QPainter) -> None:
        """Draw what the gesture shows, above everything, in pixels."""
