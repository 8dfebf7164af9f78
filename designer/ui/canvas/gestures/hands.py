"""The hands: the one gesture that goes on, begun by the mouse or by a drag from the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QPainter

from designer.ui.canvas.gestures.choice import gesture_for
from designer.ui.canvas.gestures.drop import MIME, DropLayer
from designer.ui.canvas.gestures.edge_scroll import EdgeScroll
from designer.ui.canvas.gestures.gesture import Gesture
from designer.ui.canvas.gestures.pan import Pan

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


class Hands:
    """Begins, moves and ends gestures, and knows where the pointer was last seen."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.gesture: Gesture | None = None
        self._is_under_way = False
        self._pointer = QPointF()
        self._keys = Qt.KeyboardModifier.NoModifier
        self._edge = EdgeScroll(view)

    @property
    def is_pinned(self) -> bool:
        """Whether what goes on is drawn above the picture, where a pan draws nothing."""
        return self.gesture is not None and not isinstance(self.gesture, Pan)

    @property
    def shows_cards(self) -> bool:
        """Whether cards are shown: not while something is dragged, which they would lie on."""
        return not self._is_under_way or isinstance(self.gesture, Pan)

    @property
    def last_pointer(self) -> QPointF:
        """Where the pointer was last seen; the middle of the canvas where that was elsewhere."""
        whole = QRectF(self._view.rect())
        inside = whole.contains(self._pointer) and not self._pointer.isNull()
        return self._pointer if inside else whole.center()

    def move_gesture(self) -> None:
        """Tell the gesture where the pointer is: it moved, or the canvas under it did."""
        if self.gesture is not None:
            self._set_under_way(True)
            self.gesture.move(self._view.pointer(self._pointer, self._keys))

    def cancel(self) -> None:
        """Leave off what is going on."""
        gesture = self._let_go()
        if gesture is not None:
            gesture.cancel()

    def paint(self, painter: QPainter) -> None:
        """What the gesture shows, in pixels."""
        if self.gesture is not None:
            self.gesture.paint(painter)

    # --- the mouse ------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """A button went down: begin what it means there."""
        view = self._view
        if self.gesture is not None:
            return
        at = view.pointer(event.position(), event.modifiers())
        gesture = gesture_for(view, at, event.button(), pan=view.keyboard.take_space())
        view.hover.leave()
        if gesture is not None:
            self.gesture = gesture
            if gesture.cursor is not None:
                view.setCursor(gesture.cursor)
            gesture.start(at)

    def move(self, event: QMouseEvent) -> None:
        """The pointer went here, with a button or without."""
        self._pointer = event.position()
        self._keys = event.modifiers()
        if self.gesture is None:
            self._view.hover.move(self._view.pointer(self._pointer, self._keys))
            return
        if self.gesture.scrolls:
            self._edge.follow(self._pointer)
        self.move_gesture()

    def release(self, event: QMouseEvent) -> None:
        """A button went up; with the last one the gesture is done."""
        if event.buttons():
            return
        gesture = self._let_go()
        if gesture is not None:
            gesture.finish(self._view.pointer(event.position(), event.modifiers()))

    # --- a drag from the palette ----------------------------------------------------------------

    def drag_enter(self, event: QDragEnterEvent) -> None:
        """Take a layer that comes in, and nothing else."""
        view = self._view
        kind = bytes(event.mimeData().data(MIME).data()).decode("utf-8", "replace")
        if kind in view.catalogue and self.gesture is None:
            self.gesture = DropLayer(view, view.catalogue[kind]())
            event.acceptProposedAction()

    def drag_move(self, event: QDragMoveEvent) -> None:
        """The layer went here."""
        if self.gesture is not None:
            self._set_under_way(True)
            self.gesture.move(self._view.pointer(event.position(), event.modifiers()))
            event.acceptProposedAction()

    def drag_leave(self) -> None:
        """The layer was taken away again."""
        if isinstance(self.gesture, DropLayer):
            self.cancel()

    def drop(self, event: QDropEvent) -> None:
        """The layer was let go of here."""
        gesture = self._let_go()
        if gesture is not None:
            gesture.finish(self._view.pointer(event.position(), event.modifiers()))
            self._view.setFocus(Qt.FocusReason.MouseFocusReason)
            event.acceptProposedAction()

    def _let_go(self) -> Gesture | None:
        """No gesture goes on from here, whatever its end will do."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            self._edge.stop()
            self._set_under_way(False)
            if self._view.keyboard.is_ready_to_pan:
                self._view.setCursor(Qt.CursorShape.OpenHandCursor)
            else:
                self._view.unsetCursor()
        return gesture

    def _set_under_way(self, on: bool) -> None:
        if on != self._is_under_way:
            self._is_under_way = on
            if self._view.picture.faults:
                self._view.update()
