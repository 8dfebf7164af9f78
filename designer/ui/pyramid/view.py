"""The pyramid as a view of its own: it follows the design, and shares the selection."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from designer.app.selection import Selection
from designer.app.session import Session
from designer.ui.canvas.gestures.wheel import A_NOTCH, revealing
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.pyramid.draw import draw_figure
from designer.ui.pyramid.figure import Figure, figure
from designer.ui.theme.theme import Theme


class PyramidView(QWidget):
    """Paints blocks of feature maps; a click selects their nodes, the wheel zooms, a drag pans."""

    node_wanted = Signal(str)
    """A block was double-clicked: its first node is to be seen on the canvas."""

    def __init__(
        self, session: Session, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._selection, self._theme = session, selection, theme
        self._figure: Figure | None = None
        self.viewport = Viewport()
        self._needs_fit = True
        self._drag: QPointF | None = None
        self._has_moved = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 80)
        self.setAccessibleName("Feature maps")
        session.changed.connect(self._on_changed)
        session.opened.connect(self._on_opened)
        selection.changed.connect(self._on_selection_changed)
        theme.changed.connect(self.update)

    @property
    def figure(self) -> Figure:
        """The figure of the design as it is; made when it is asked for."""
        if self._figure is None:
            self._figure = figure(self._session.design, self._session.analysis)
        return self._figure

    def zoom_fit(self) -> None:
        """Show all of it."""
        self.viewport = self.viewport.fitted(self.figure.bounds, largest=1.5)
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a pixel, or about the middle."""
        middle = self.rect().center().toPointF() if at is None else at
        self.viewport = self.viewport.zoomed(factor, (middle.x(), middle.y()))
        self.update()

    @property
    def is_shown(self) -> bool:
        """Whether it stands where the canvas was."""
        return not self.isHidden()

    def next(self) -> None:
        """Select the next block in the order of the net."""
        self._walk(1)

    def previous(self) -> None:
        """Select the block before."""
        self._walk(-1)

    def open(self) -> None:
        """Ask for the first of the selected nodes to be seen on the canvas."""
        chosen = self._selection.nodes & self.figure.home.keys()
        if chosen:
            self.node_wanted.emit(min(chosen, key=list(self.figure.home).index))

    def _on_changed(self, change: object, analysis: object) -> None:
        self._figure = None
        self.update()

    def _on_opened(self) -> None:
        self._figure = None
        self._needs_fit = True
        if self.isVisible():
            self._fit_once()

    def _on_selection_changed(self) -> None:
        if self.isVisible():
            home = [self.figure.home[n] for n in self._selection.nodes if n in self.figure.home]
            if len(home) == 1:
                block = self.figure.blocks[home[0]]
                place = (block.x, block.y, block.x + block.width, block.y + block.height)
                self.viewport = revealing(self.viewport, place)
            self.update()

    def _fit_once(self) -> None:
        if self._needs_fit:
            self._needs_fit = False
            self.zoom_fit()

    # --- Qt's events ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            chosen = self._selection.nodes
            draw_figure(painter, self.figure, self.viewport, self._theme.tokens, chosen)

    def showEvent(self, event: QShowEvent) -> None:
        self._fit_once()

    def resizeEvent(self, event: QResizeEvent) -> None:
        ratio = self.devicePixelRatioF()
        self.viewport = self.viewport.resized(self.width(), self.height(), ratio)
        if self.isVisible() and not self._has_moved:
            self.zoom_fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._has_moved = True
        angle = event.angleDelta()
        self.zoom_by(A_NOTCH ** (angle.y() or angle.x()), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.viewport.to_canvas(event.position().x(), event.position().y())
        block = self.figure.block_at(at)
        if block is not None and event.button() == Qt.MouseButton.LeftButton:
            self._selection.set(self.figure.blocks[block].nodes)
        else:
            self._drag = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            step = event.position() - self._drag
            self._drag = event.position()
            self._has_moved = True
            self.viewport = self.viewport.panned(step.x(), step.y())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.viewport.to_canvas(event.position().x(), event.position().y())
        block = self.figure.block_at(at)
        if block is not None:
            self.node_wanted.emit(self.figure.blocks[block].nodes[0])

    def _walk(self, step: int) -> None:
        """Select the next block in the order of the net, or with −1 the one before."""
        blocks = self.figure.blocks
        if not blocks:
            return
        here = [self.figure.home[n] for n in self._selection.nodes if n in self.figure.home]
        at = (max(here) if step > 0 else min(here)) + step if here else 0
        self._selection.set(blocks[min(max(at, 0), len(blocks) - 1)].nodes)
