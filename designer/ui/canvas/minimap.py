"""The minimap: the whole net, small, with a rectangle for what is seen; drag it to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.drawing.ink import colour, faded, pen
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.scale import fine
from designer.ui.theme.sizes import fix_size

if TYPE_CHECKING:
    from designer.ui.canvas.pane import Pane

WIDTH = 152
HEIGHT = 78
EDGE = 2.5
"""Pixels from the edge of the minimap to the mark of what is seen, where that is larger."""


class Minimap(QWidget):
    """Shown in a corner of the canvas while not all of the net is seen."""

    def __init__(self, view: Pane) -> None:
        super().__init__(view)
        self._view = view
        self._drawn: QPixmap | None = None
        self._overview = Viewport()
        fix_size(self, width=WIDTH, height=HEIGHT)
        # what lies under it is not painted
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag to move the view")
        self.hide()

    def forget(self) -> None:
        """The picture or the colours are others now."""
        self._drawn = None
        self.update()

    def overview(self) -> Viewport:
        """How the whole net lies in the minimap."""
        whole = self._view.picture.bounds()
        empty = Viewport(width=self.width(), height=self.height(), ratio=self.devicePixelRatioF())
        return empty.fitted(whole, margin=fine(9.0), largest=fine(0.15))

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        if self._drawn is None or self._drawn.devicePixelRatio() != self.devicePixelRatioF():
            self._overview = self.overview()
            self._drawn = self._draw(self._overview)
        left, top, right, bottom = view.viewport.seen
        seen = QRectF(
            QPointF(*self._overview.to_screen(left, top)),
            QPointF(*self._overview.to_screen(right, bottom)),
        )
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(faded(view.tokens.accent, 0.14))
            painter.setPen(pen(view.tokens.accent))
            inside = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
            painter.drawRoundedRect(seen & inside, 3, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawn = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        at = self.overview().to_canvas(event.position().x(), event.position().y())
        self._view.set_viewport(self._view.viewport.centred(at))

    def _draw(self, viewport: Viewport) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(colour(self._view.tokens.canvas))
        with QPainter(drawn) as painter:
            picture, tokens = self._view.picture, self._view.tokens
            paint(painter, picture, viewport, tokens, grid=False, cards=False)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen(tokens.line))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        return drawn
