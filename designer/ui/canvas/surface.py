"""The surface: a pane whose user goes elsewhere with it: zooms, glides, fits and reveals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QEasingCurve, QPointF, QVariantAnimation
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.drawing.sprite import LEAST_BUDGET
from designer.ui.canvas.gestures.wheel import revealing
from designer.ui.canvas.pane import Pane
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Rect, Viewport
from designer.ui.theme.scale import fine
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import Tokens


class Surface(Pane):
    """Shows a picture; only its user moves the camera, never a change of what is shown."""

    def __init__(self, picture: Picture, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(picture, theme.tokens, parent)
        self._scale = fine(1)
        self._needs_fit = True
        self.motion = 0
        """How long the camera takes to get somewhere, in milliseconds; 0: it is there at once."""
        self._way = (self.viewport, self.viewport)
        self._glide = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._glide.valueChanged.connect(self._on_glided)
        theme.changed.connect(self.set_tokens)

    def set_viewport(self, viewport: Viewport) -> None:
        self._glide.stop()
        super().set_viewport(viewport)

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
        self._set_sharp(part >= 1.0)
        super().set_viewport(first.towards(last, part))

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
        self._set_sharp(False)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        ratio = self.devicePixelRatioF()
        self._along.forget()
        self._glide.stop()
        self._set_sharp(True)
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
