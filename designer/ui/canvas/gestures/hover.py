"""What the pointer is over, and the card that a node shows when the pointer rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer

from designer.ui.canvas.drawing.cards import Card, facts_card, fault_cards
from designer.ui.canvas.gestures.gesture import Pointer
from designer.ui.canvas.gestures.resize import cursor_of
from designer.ui.canvas.preview import Preview
from designer.ui.canvas.scene.hit import BORDER, border_at, frame_at
from designer.ui.canvas.scene.near import Near

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

REST = 450
"""Milliseconds that the pointer rests on a node before its card is shown."""


class Hover:
    """Follows the pointer while no button is held."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._near: Near | None = None
        self._cards: tuple[object, list[Card]] = (None, [])
        self.item: int | None = None
        self.wire: int | None = None
        self.card: Card | None = None
        self.preview = Preview(view)
        """What the fix that is pointed at, here or in a list, would do."""
        self._timer = QTimer(view)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._on_rested)

    @property
    def is_shown(self) -> bool:
        """Whether something of it is drawn above the picture."""
        return self.card is not None or self.preview.fix is not None

    def move(self, at: Pointer) -> None:
        """The pointer went here."""
        view, picture = self._view, self._view.picture
        scale = view.viewport.scale
        reach = 8.0 / scale
        near = self._near
        if near is None or not near.holds(picture, at.canvas, reach):
            near = self._near = Near(picture, at.canvas, reach, scale)
        port = near.port(at.canvas, min(reach, 14.0))
        item = port.item if port else near.item(at.canvas)
        wire = near.wire(at.canvas) if item is None else None
        card = self.fault_card(at.screen)
        self.preview.point_at(card.fix if card and card.is_on_fix(at.screen) else None)
        if card is not None:
            self._point(Qt.CursorShape.PointingHandCursor)
            return
        shape = Qt.CursorShape.CrossCursor if port else None
        if item is None and wire is None and picture.panels:
            shape = _over_frames(view, at)
        self._point(shape)
        self.show(item, wire)

    def _point(self, shape: Qt.CursorShape | None) -> None:
        """Give the pointer a shape, or the usual one; to give it the same again is not free."""
        view = self._view
        usual = Qt.CursorShape.ArrowCursor
        if view.cursor().shape() != (usual if shape is None else shape):
            if shape is None:
                view.unsetCursor()
            else:
                view.setCursor(shape)

    def show(self, item: int | None, wire: int | None) -> None:
        """Mark this item or wire as the one under the pointer."""
        if (item, wire) == (self.item, self.wire):
            return
        view = self._view
        had_card = self.card is not None
        old = [i for i in (self.item, item) if i is not None]
        wires = [w for w in (self.wire, wire) if w is not None]
        self.item, self.wire, self.card = item, wire, None
        view.picture.hover(item, wire)
        if had_card or any(i in view.picture.faults for i in old):
            view.update()
        else:
            view.refresh(*(view.screen_rect(i).adjusted(-12, -12, 12, 12) for i in old))
            view.refresh(*(rect for w in wires for rect in view.wire_rects(w)))
        if item is None:
            self._timer.stop()
        else:
            self._timer.start()

    def fault_card(self, at: QPointF) -> Card | None:
        """The card of a fault that lies under a pixel."""
        picture = self._view.picture
        if not picture.faults:
            return None
        # what they are read off, their marks included
        now = (picture, picture.revision, picture.chosen, self.item, self._view.viewport)
        if self._cards[0] != now:
            self._cards = (now, fault_cards(picture, self._view.viewport))
        return next((card for card in self._cards[1] if card.rect.contains(at)), None)

    def leave(self) -> None:
        """The pointer is gone, or busy."""
        self._timer.stop()
        self.preview.point_at(None)
        self.show(None, None)

    def forget(self) -> None:
        """The picture is another one: its numbers mean nothing any more."""
        self._timer.stop()
        self.item = self.wire = self.card = self._near = None
        self._cards = (None, [])
        self.preview.clear()

    def _on_rested(self) -> None:
        view = self._view
        if self.item is None or self.item >= len(view.picture.items) or view.is_busy:
            return
        beside = None
        for card in fault_cards(view.picture, view.viewport):
            if card.item == self.item:
                beside = card.rect
        self.card = facts_card(view.picture, self.item, view.viewport, beside)
        view.update()


def _over_frames(view: CanvasView, at: Pointer) -> Qt.CursorShape | None:
    """The shape of the pointer over a frame that a press would resize, or move."""
    border = border_at(view.picture, at.canvas, BORDER / view.viewport.scale)
    if border is not None:
        return cursor_of(border)
    is_grasped = frame_at(view.picture, at.canvas) is not None
    return Qt.CursorShape.SizeAllCursor if is_grasped else None
