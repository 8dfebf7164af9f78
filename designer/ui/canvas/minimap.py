"""The minimap: the whole net, small, with a rectangle for what is seen; drag it to go there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from designer.ui.canvas.ink import colour, faded, pen
from designer.ui.canvas.paint import paint
from designer.ui.canvas.viewport import Viewport
from designer.ui.theme.scale import fine
from designer.ui.theme.sizes import fix_size

if TYPE_CHECKING:
    from designer.ui.canvas.surface import Surface

WIDTH = 152
HEIGHT = 78


class Minimap(QWidget):
    """Shown in a corner of the canvas while not all of the net is seen."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self._drawn: QPixmap | None = None
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
        view, viewport = self._view, self.overview()
        if self._drawn is None:
            self._drawn = self._draw(viewport)
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._drawn)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left, top, right, bottom = view.viewport.seen
            x1, y1 = viewport.to_screen(left, top)
            x2, y2 = viewport.to_screen(right, bottom)
            seen = QRectF(QPointF(x1, y1), QPointF(x2, y2))
            seen = seen.intersected(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5))
            painter.setBrush(faded(view.tokens.accent, 0.14))
            painter.setPen(pen(view.tokens.accent))
            painter.drawRoundedRect(seen, 3, 3)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen(view.tokens.line))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

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
        return drawn
