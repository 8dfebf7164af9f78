"""The pane: a widget that paints a picture through a viewport, and no more of it than differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QMarginsF, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.along import Along
from designer.ui.canvas.differing import differing
from designer.ui.canvas.drawing.backdrop import Backdrop
from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.drawing.sprite import Sprites
from designer.ui.canvas.minimap import Minimap
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.scale import fine
from designer.ui.theme.tokens import Tokens

SHARPEN_AFTER = 140
"""Milliseconds after the last step of a zoom or a pan until all is painted as it is at rest: nodes
are drawn sharp, and lines that were put together of pieces are drawn in one."""
PATIENCE = 0.008
"""Seconds of a frame in which nodes are drawn that were not yet; the others follow."""
FEW = 8
"""Rectangles of the screen that are painted for themselves, and not with all between them."""
LABEL = (220.0, 56.0)
"""Pixels around the middle of a wire that its label may take, at 100 % of the interface."""


class Pane(QWidget):
    """Shows a picture through a viewport, with a minimap while not all of it is seen."""

    zoom_changed = Signal(float)
    """Pixels at 100 % of the interface for a canvas unit: 1 is 100 %."""

    def __init__(self, picture: Picture, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.tokens = tokens
        self.viewport = Viewport(scale=fine(1), interface=fine(1))
        self.sprites = Sprites(patience=PATIENCE)
        self._was_pinned = self._was_covered = False
        self._along = Along(self, self._paint_ahead)
        self._backdrop = Backdrop()
        self._is_sharp = True
        self._sharpen = QTimer(self)
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(SHARPEN_AFTER)
        self._sharpen.timeout.connect(self._on_rested)
        self._caught_up: tuple[Picture, Viewport, bool] | None = None
        self._catch_up = QTimer(self)
        self._catch_up.setInterval(0)
        self._catch_up.timeout.connect(self._on_time_left)
        self.minimap = Minimap(self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 80)

    @property
    def zoom(self) -> float:
        """Pixels a canvas unit."""
        return self.viewport.scale / fine(1)

    @property
    def is_settled(self) -> bool:
        """Whether all that is seen is drawn in full: no zoom goes on, and no sprite is wanted."""
        return self._is_sharp and not self._catch_up.isActive()

    def set_viewport(self, viewport: Viewport) -> None:
        """Show another part of the canvas, at once."""
        before, self.viewport = self.viewport, viewport
        self._show_minimap()
        if not self._move_along(before):
            self.update()
            if self._is_sharp:
                self.minimap.update()
        if viewport.scale != before.scale:
            self.zoom_changed.emit(self.zoom)

    def _set_sharp(self, sharp: bool) -> None:
        """Whether all is drawn as it is at rest, or as well as there is time for in a zoom."""
        self._is_sharp = sharp
        if sharp:
            self._sharpen.stop()
        else:
            self._sharpen.start()  # whoever stops what moves, it comes to rest
        # without a hole for what lies above Qt clips all that is painted faster; at rest little is
        self.minimap.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, sharp)

    def _move_along(self, before: Viewport) -> bool:
        """Move the pixels that stay seen, so that only what comes into view is painted."""
        step = before.pixels_to(self.viewport)
        if step is None or self._was_pinned or not self._is_sharp or self.is_pinned():
            return False
        if self.picture.faults and fault_cards(self.picture, self.viewport):
            return False
        self._along.go(step)
        self._sharpen.start()
        return True

    def set_picture(self, picture: Picture) -> None:
        """Show another picture, through the camera as it stands."""
        before, self.picture = self.picture, picture
        self._caught_up = None
        self._along.forget()
        self.minimap.forget()
        self._update_minimap()
        is_covered = self._was_covered or self.is_pinned()
        self.refresh_or_all(None if is_covered else differing(self, before, picture))

    def refresh_or_all(self, rects: Iterable[QRectF] | None) -> None:
        """Paint these pixels anew; None: all."""
        if rects is None:
            self.update()
        else:
            self.refresh(*rects)

    def refresh(self, *rects: QRectF) -> None:
        """Paint these pixels anew."""
        for rect in rects:
            self.update(rect.toAlignedRect())

    def screen_rect(self, item: int) -> QRectF:
        """The pixels of an item's rectangle."""
        x, y, w, h = self.picture.boxes[item].tolist()
        left, top = self.viewport.to_screen(x, y)
        return QRectF(left, top, w * self.viewport.scale, h * self.viewport.scale)

    def wire_rects(self, wire: int) -> list[QRectF]:
        """The pixels of a wire and of its label, as a few rectangles."""
        routes = self.picture.routes
        x, y = self.viewport.to_screen(*routes.middle(wire))
        wide, high = (size * self.viewport.interface for size in LABEL)
        label = QRectF(x - wide / 2, y - high / 2, wide, high)
        pieces = routes.pieces(np.array([wire]), "coarse")
        if len(pieces) > FEW // 2:
            pieces = routes.bounds[[wire]]
        corners = [self.viewport.to_screen(*at) for at in pieces.reshape(-1, 2).tolist()]
        edge = QMarginsF(4.0, 4.0, 4.0, 4.0)
        pairs = zip(corners[::2], corners[1::2], strict=True)
        return [label, *(QRectF(QPointF(*a), QPointF(*b)).normalized() + edge for a, b in pairs)]

    def paint_above(self, painter: QPainter) -> None:
        """Draw what lies above the picture, in pixels; what `is_pinned` goes by."""

    @property
    def shows_cards(self) -> bool:
        """Whether nodes at fault say what is wrong."""
        return True

    def is_pinned(self) -> bool:
        """Whether something above the picture keeps its place when the canvas moves."""
        return False

    def update(self, *given: Any) -> None:
        """Paint all or some pixels anew, as they show something else now."""
        self._along.forget()
        super().update(*given)

    def paintEvent(self, event: QPaintEvent) -> None:
        if strips := self._along.take(event.region()):
            if not self._along.show(strips, self.devicePixelRatioF()):
                self.update()
            return
        with QPainter(self) as painter:
            has_cards = self._paint(painter, _areas(event.region()))
        self._was_covered = self.is_pinned()
        self._was_pinned = has_cards or self._was_covered
        # what does not fit into the budget at once is not made again and again
        if self.sprites.is_behind and self._caught_up != self._frame:
            self._catch_up.start()

    def _paint(self, painter: QPainter, areas: Sequence[QRect]) -> bool:
        """Paint these pixels; say whether there are cards among all."""
        shown = self.picture, self.viewport, self.tokens
        under = self._backdrop.of(*shown)
        has_cards = paint(
            painter,
            *shown,
            self.sprites,
            areas,
            sharp=self._is_sharp,
            cards=self.shows_cards,
            under=under,
        )
        self.paint_above(painter)
        return has_cards

    def _paint_ahead(self, painter: QPainter, rect: QRect) -> bool:
        """Paint a rectangle that may lie beyond the window; say whether it will stay so."""
        with self.sprites.aside():
            self._paint(painter, [rect])
            return not self.sprites.is_behind

    @property
    def _frame(self) -> tuple[Picture, Viewport, bool]:
        """What decides which sprites a frame wants: at rest those of a zoom are not enough."""
        return self.picture, self.viewport, self._is_sharp

    def _on_time_left(self) -> None:
        if self.sprites.catch_up():
            self._catch_up.stop()
            self._caught_up = self._frame
            self.update()

    def _on_rested(self) -> None:
        self._set_sharp(True)
        self.repaint()  # what was painted ahead stays as it is

    def _update_minimap(self) -> None:
        self._show_minimap()
        self.minimap.update()

    def _show_minimap(self) -> None:
        whole = self.picture.bounds()
        left, top, right, bottom = self.viewport.seen
        is_seen = left <= whole[0] and top <= whole[1] and right >= whole[2] and bottom >= whole[3]
        room = self.width() >= fine(480) and self.height() >= fine(260)
        self.minimap.setVisible(bool(self.picture.items) and not is_seen and room)


def _areas(region: QRegion) -> list[QRect]:
    """A few rectangles that hold a region: its own where much between them stays as it is."""
    whole = region.boundingRect()
    rects: list[QRect] = [*region]  # type: ignore[misc]
    covered = sum(rect.width() * rect.height() for rect in rects)
    is_scattered = len(rects) <= FEW and covered < whole.width() * whole.height() / 2
    return rects if is_scattered else [whole]
