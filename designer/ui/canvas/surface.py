"""The surface: a widget that paints a picture through a camera, and moves the camera."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QEasingCurve,
    QMarginsF,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.differing import differing
from designer.ui.canvas.drawing.ahead import Ahead
from designer.ui.canvas.drawing.backdrop import Backdrop
from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.drawing.sprite import LEAST_BUDGET, Sprites
from designer.ui.canvas.gestures.wheel import revealing
from designer.ui.canvas.minimap import Minimap
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Rect, Viewport
from designer.ui.theme.scale import fine
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import Tokens

SHARPEN_AFTER = 140
"""Milliseconds after the last step of a zoom or a pan until all is painted as it is at rest: nodes
are drawn sharp, and lines that were put together of pieces are drawn in one."""
PATIENCE = 0.008
"""Seconds of a frame in which nodes are drawn that were not yet; the others follow."""
FEW = 8
"""Rectangles of the screen that are painted for themselves, and not with all between them."""
LABEL = (220.0, 56.0)
"""Pixels around the middle of a wire that its label may take."""


class Surface(QWidget):
    """Shows a picture; only its user moves the camera, never a change of what is shown."""

    zoom_changed = Signal(float)
    """Pixels at 100 % of the interface for a canvas unit: 1 is 100 %."""

    def __init__(self, picture: Picture, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = picture
        self.tokens: Tokens = theme.tokens
        self._scale = fine(1)
        self.viewport = Viewport(scale=self._scale, interface=self._scale)
        self.sprites = Sprites(patience=PATIENCE)
        self._was_pinned = self._was_covered = False
        self._strips: list[QRect] = []
        self._ahead = Ahead(self._paint_ahead)
        self._backdrop = Backdrop()
        self._is_sharp = True
        self._needs_fit = True
        self._sharpen = QTimer(self)
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(SHARPEN_AFTER)
        self._sharpen.timeout.connect(self._on_rested)
        self._caught_up: tuple[Picture, Viewport, bool] | None = None
        self._catch_up = QTimer(self)
        self._catch_up.setInterval(0)
        self._catch_up.timeout.connect(self._on_time_left)
        self.motion = 0
        """How long the camera takes to get somewhere, in milliseconds; 0: it is there at once."""
        self._way = (self.viewport, self.viewport)
        self._glide = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._glide.valueChanged.connect(self._on_glided)
        self.minimap = Minimap(self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(160, 80)
        theme.changed.connect(self.set_tokens)

    # --- the camera -----------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """Pixels a canvas unit."""
        return self.viewport.scale / fine(1)

    def set_viewport(self, viewport: Viewport) -> None:
        """Show another part of the canvas, at once."""
        self._glide.stop()
        self._show(viewport)

    def glide(self, viewport: Viewport) -> None:
        """Go to another part of the canvas in `motion` milliseconds, so that the eye can follow."""
        if not self.motion or not self.isVisible():
            self.set_viewport(viewport)
            return
        self._glide.stop()
        self._way = (self.viewport, viewport)
        self._glide.setDuration(self.motion)
        self._glide.start()

    def _on_glided(self, part: float) -> None:
        first, last = self._way
        self._is_sharp = part >= 1.0
        self._show(first.towards(last, part))

    def _show(self, viewport: Viewport) -> None:
        before, self.viewport = self.viewport, viewport
        self._show_minimap()
        if not self._take_along(before):
            self.update()
            self.minimap.update()
        if viewport.scale != before.scale:
            self.zoom_changed.emit(self.zoom)

    def _take_along(self, before: Viewport) -> bool:
        """Move the pixels that stay seen, so that only what comes into view is painted."""
        step = before.pixels_to(self.viewport)
        if step is None or self._was_pinned or not self._is_sharp or self.is_pinned():
            return False
        if self.picture.faults and fault_cards(self.picture, self.viewport):
            return False
        whole = self.rect()
        # with a rectangle, as without one the minimap would be moved
        self.scroll(*step, whole)
        self._ahead.go(step)
        self._sharpen.start()
        stays = whole.translated(*step) & whole
        beside = QRect(0 if step[0] > 0 else stays.right() + 1, 0, abs(step[0]), whole.height())
        above = QRect(0, 0 if step[1] > 0 else stays.bottom() + 1, whole.width(), abs(step[1]))
        strips = [rect for rect in (beside, above) if not rect.isEmpty()]
        for child in (c for c in self.children() if isinstance(c, QWidget) and c.isVisible()):
            place = child.geometry()
            moved = QRegion(place.translated(*step)) & whole
            # asked of itself what lies above would be painted twice
            super().update(moved | place)
            is_solid = child.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
            strips += [*(moved - place if is_solid else moved | place)]  # type: ignore[misc]
        earlier = (rect.translated(*step) & whole for rect in self._strips)
        self._strips = [*(rect for rect in earlier if not rect.isEmpty()), *strips]
        return True

    def zoom_fit(self) -> None:
        """Show the whole net."""
        self.glide(self._fitted())

    @property
    def is_whole(self) -> bool:
        """Whether the camera stands where `zoom_fit` takes it."""
        return self.viewport == self._fitted()

    def _fitted(self) -> Viewport:
        if self.picture.items:
            return self.viewport.fitted(self.picture.bounds(), largest=fine(1))
        return self.viewport.centred((0.0, 0.0), fine(1))

    def zoom_actual(self) -> None:
        """One pixel a canvas unit at 100 % of the interface, about the middle of what is seen."""
        self.zoom_by(1.0 / self.zoom)

    def zoom_in(self) -> None:
        """A quarter larger."""
        self.zoom_by(1.25)

    def zoom_out(self) -> None:
        """A fifth smaller, which takes `zoom_in` back."""
        self.zoom_by(0.8)

    def zoom_by(self, factor: float) -> None:
        """Zoom about the middle."""
        middle = (self.viewport.width / 2, self.viewport.height / 2)
        # steps in a row add up, however fast they come
        is_on_its_way = self._glide.state() == QVariantAnimation.State.Running
        begin = self._way[1] if is_on_its_way else self.viewport
        self.glide(begin.zoomed(factor, middle))

    def zoom_at(self, factor: float, at: QPointF) -> None:
        """Zoom about a pixel; nodes are drawn sharp when it rests."""
        self._is_sharp = False
        self._sharpen.start()
        self.set_viewport(self.viewport.zoomed(factor, (at.x(), at.y())))

    def reveal(self, nodes: Iterable[str]) -> None:
        """Move what is seen as little as needed to show these nodes."""
        items = self.picture.owned(nodes)
        if items:
            self.glide(revealing(self.viewport, self.picture.bounds(items)))

    def reveal_all(self, rect: Rect) -> None:
        """Show a rectangle of the canvas: move as little as needed, zoom out where it is larger."""
        left, top, right, bottom = self.viewport.seen
        edge = 64.0 / self.viewport.scale
        if rect[2] - rect[0] + edge > right - left or rect[3] - rect[1] + edge > bottom - top:
            self.glide(self.viewport.fitted(rect, margin=32.0, largest=self.viewport.scale))
        else:
            self.glide(revealing(self.viewport, rect))

    def fit_when_possible(self) -> None:
        """Show the whole net now, or as soon as the widget is seen."""
        self._needs_fit = not self.isVisible()
        if self.isVisible():
            self.set_viewport(self._fitted())

    # --- pixels ---------------------------------------------------------------------------------

    def set_tokens(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.tokens = tokens
        self._take_scale()
        self.sprites.clear()
        self.minimap.forget()
        self.update()

    def _take_scale(self) -> None:
        """What is seen grows and shrinks with the interface, about its middle."""
        before, self._scale = self._scale, fine(1)
        if self._scale != before:
            now = self.viewport
            was_whole = now == now.fitted(self.picture.bounds(), largest=before)
            now = replace(now, interface=self._scale)
            grown = now.zoomed(self._scale / before, (now.width / 2, now.height / 2))
            self.set_viewport(grown)
            if was_whole:
                self.set_viewport(self._fitted())
            self.zoom_changed.emit(self.zoom)
            self.minimap.move(16, self.height() - self.minimap.height() - 16)

    def set_picture(self, picture: Picture) -> None:
        """Show another picture, through the camera as it stands."""
        before, self.picture = self.picture, picture
        self._caught_up = None
        self._ahead.forget()
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

    @property
    def is_settled(self) -> bool:
        """Whether all that is seen is drawn in full: no zoom goes on, and no sprite is wanted."""
        return self._is_sharp and not self._catch_up.isActive()

    def wire_rects(self, wire: int) -> list[QRectF]:
        """The pixels of a wire and of its label, as a few rectangles."""
        routes = self.picture.routes
        x, y = self.viewport.to_screen(*routes.middle(wire))
        label = QRectF(x - LABEL[0] / 2, y - LABEL[1] / 2, *LABEL)
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
        self._ahead.forget()
        super().update(*given)

    def paintEvent(self, event: QPaintEvent) -> None:
        strips, self._strips = self._strips, []
        if strips and (event.region() - _region(strips)).isEmpty():
            self._show_strips(strips)
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

    def _show_strips(self, strips: Sequence[QRect]) -> None:
        """What came into view when all the rest was moved."""
        ratio = self.devicePixelRatioF()
        with QPainter(self) as painter:
            shown = [self._ahead.show(painter, rect, ratio) for rect in strips]
        if not all(shown):
            self.update()

    def _paint_ahead(self, painter: QPainter, rect: QRect) -> bool:
        """Paint a rectangle that may lie beyond the window; say whether it will stay so."""
        with self.sprites.aside():
            self._paint(painter, [rect])
            return not self.sprites.is_behind

    def resizeEvent(self, event: QResizeEvent) -> None:
        ratio = self.devicePixelRatioF()
        self._ahead.forget()
        self._glide.stop()
        self._is_sharp = True
        was_whole = self.is_whole
        self.viewport = self.viewport.resized(self.width(), self.height(), ratio)
        # what is seen at once is kept, however large the screen is
        self.sprites.budget = max(LEAST_BUDGET, round(16 * self.width() * self.height() * ratio**2))
        if self._needs_fit or was_whole:
            self.fit_when_possible()
        self.minimap.move(16, self.height() - self.minimap.height() - 16)
        self._update_minimap()

    def showEvent(self, event: QShowEvent) -> None:
        if self._needs_fit:
            self._needs_fit = False
            self.set_viewport(self._fitted())

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
        self._is_sharp = True
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


def _region(rects: Iterable[QRect]) -> QRegion:
    region = QRegion()
    for rect in rects:
        region |= rect
    return region


def _areas(region: QRegion) -> list[QRect]:
    """A few rectangles that hold a region: its own where much between them stays as it is."""
    whole = region.boundingRect()
    rects: list[QRect] = [*region]  # type: ignore[misc]
    covered = sum(rect.width() * rect.height() for rect in rects)
    is_scattered = len(rects) <= FEW and covered < whole.width() * whole.height() / 2
    return rects if is_scattered else [whole]
