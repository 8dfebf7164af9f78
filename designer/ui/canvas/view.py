"""The canvas as a widget: it shows a session's design and turns the user's hands into edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.edit import Edit
from designer.core.graph import Edge
from designer.core.layer import Layer
from designer.layers import CATALOGUE
from designer.ui.canvas import clipboard, editing, keyboard, wheel
from designer.ui.canvas.cards import draw_card
from designer.ui.canvas.compose import compose
from designer.ui.canvas.edge_scroll import EdgeScroll
from designer.ui.canvas.gestures.choice import gesture_for
from designer.ui.canvas.gestures.drop import MIME, DropLayer
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.gestures.pan import Pan
from designer.ui.canvas.hints import Hints
from designer.ui.canvas.hit import PortHit
from designer.ui.canvas.hover import Hover
from designer.ui.canvas.overlay import draw_focus, draw_labels
from designer.ui.canvas.placement import Placement
from designer.ui.canvas.quick_add import QuickAdd
from designer.ui.canvas.surface import Surface
from designer.ui.canvas.viewport import Viewport
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import Tokens


class CanvasView(Surface):
    """Paints the design and edits it. The camera belongs to the view: undo never moves it."""

    refused = Signal(str)
    """Why something could not be done, in a sentence."""
    menu_requested = Signal(QPoint)
    """A context menu is wanted at this point of the screen; what it is for is selected."""
    focused = Signal(str)
    """The node or the node inside a composite (a path) that was clicked."""

    def __init__(
        self,
        session: Session,
        selection: Selection,
        theme: Theme,
        catalogue: Mapping[str, type[Layer]] = CATALOGUE,
        parent: QWidget | None = None,
    ) -> None:
        self.placement = Placement()
        self.unfolded: frozenset[str] = frozenset()
        super().__init__(compose(session.design, session.analysis, self.placement), theme, parent)
        self.session = session
        self.selection = selection
        self.catalogue = catalogue
        self.hover = Hover(self)
        self.quick_add = QuickAdd(self)
        self.quick_add.set_tokens(self.tokens)
        self.quick_add.chosen.connect(self._on_layer_chosen)
        self._offer: editing.Offer | None = None
        self._document = session.document
        self._gesture: Gesture | None = None
        self._hints: Hints | None = None
        self._is_choosing = False
        self._space: bool | None = None
        self._came_by_key = False
        self._pointer = QPointF()
        self._keys = Qt.KeyboardModifier.NoModifier
        self._edge = EdgeScroll(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName("Canvas")
        session.changed.connect(self._on_session_changed)
        session.opened.connect(self._on_session_opened)
        selection.changed.connect(self._on_selection_changed)

    # --- what the window asks for ---------------------------------------------------------------

    def set_tokens(self, tokens: Tokens) -> None:
        super().set_tokens(tokens)
        self.quick_add.set_tokens(tokens)

    def set_viewport(self, viewport: Viewport) -> None:
        self.hover.card = None
        super().set_viewport(viewport)

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is going on."""
        return self._gesture is not None

    def zoom_selection(self) -> None:
        """Show what is selected, or the whole net where nothing is."""
        items = self.picture.owned(self.selection.nodes)
        if items:
            self.glide(self.viewport.fitted(self.picture.bounds(items)))
        else:
            self.zoom_fit()

    def export_picture(self, design: Design, path: Path, cancel: Callable[[], bool]) -> None:
        """Write a picture of a design, in the colours of the theme; any thread may."""
        # QtSvg is needed for nothing else here, and the first paint need not wait for it
        from designer.ui.canvas.export import export_picture

        analysis = self.session.analysis
        if analysis.graph is not design.graph or not self.session.is_analysed:
            analysis = analyze(design)
        export_picture(design, analysis, self.tokens, path, self.unfolded, cancel)

    def select_all(self) -> None:
        """Select every node."""
        self.choose(self.session.design.nodes)

    def delete_selection(self) -> None:
        """Remove what is selected; chains are joined again."""
        editing.delete(self)

    def duplicate(self) -> None:
        """Copy the selected nodes with the wires between them, below the originals."""
        clipboard.duplicate(self)

    def copy_text(self) -> str:
        """The selected nodes and the wires between them as JSON text; empty for nothing."""
        return clipboard.copy_text(self)

    def paste_text(self, text: str, at: QPointF | None = None) -> bool:
        """Put copied nodes into the design, their middle at a pixel or at the pointer."""
        return clipboard.paste_text(self, text, at)

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        clipboard.copy(self)

    def cut(self) -> None:
        """Put what is selected on the clipboard, and remove it."""
        clipboard.copy(self)
        self.delete_selection()

    def paste(self) -> None:
        """Put what the clipboard holds into the design, at the pointer."""
        clipboard.paste(self)

    def activate_selection(self) -> None:
        """Apply the first remedy of the selected node, or unfold and fold a composite."""
        editing.activate(self)

    def toggle_selection(self) -> None:
        """Unfold the selected composites, or fold them."""
        for node in self.selection.nodes:
            self.toggle(node)

    def toggle(self, path: str) -> None:
        """Unfold a composite in its place, or fold it."""
        editing.toggle(self, path)

    def offer_layers(
        self, at: Pointer | None = None, source: str | None = None, output: PortHit | None = None
    ) -> None:
        """Open the quick add: for the output that a wire was drawn from, or the selected node."""
        self._offer = editing.offer(self, at, source, output)

    def offer_others(self) -> None:
        """Open the quick add on what could stand in the place of the selected node's layer."""
        self._offer = editing.offer_others(self)

    def offer_targets(self) -> None:
        """Put a letter on every node that the selected one could feed; the next keys choose."""
        self._hints = Hints.of(self)
        self.update()

    def cancel(self) -> None:
        """Leave off what is going on, else select nothing."""
        if self._gesture is not None:
            gesture, self._gesture = self._gesture, None
            self._edge.stop()
            self.unsetCursor()
            gesture.cancel()
        else:
            self.choose()

    # --- what gestures ask for ------------------------------------------------------------------

    def execute(self, edit: Edit, gesture: object | None = None) -> bool:
        """Send an edit to the session; False, and nothing changed, where it was refused."""
        return self.session.execute(edit, gesture)

    def choose(self, nodes: Iterable[str] = (), edges: Iterable[Edge] = ()) -> None:
        """Select exactly these."""
        self._is_choosing = True
        self.selection.set(nodes, edges)
        self._is_choosing = False

    def set_unfolded(self, paths: frozenset[str]) -> None:
        """Show the inside of exactly these composites; the others stay where they are."""
        self.unfolded = paths
        self._compose()

    def pointer(self, at: QPointF, keys: Qt.KeyboardModifier | None = None) -> Pointer:
        """A pixel as gestures see it."""
        held = Qt.KeyboardModifier.NoModifier if keys is None else keys
        return Pointer(at, self.viewport.to_canvas(at.x(), at.y()), held)

    def move_gesture(self) -> None:
        """Tell the gesture where the pointer is: it moved, or the canvas under it did."""
        if self._gesture is not None:
            self._gesture.move(self.pointer(self._pointer, self._keys))

    @property
    def last_pointer(self) -> QPointF:
        """Where the pointer was last seen; the middle where that was elsewhere."""
        inside = QRectF(self.rect()).contains(self._pointer) and not self._pointer.isNull()
        return self._pointer if inside else QRectF(self.rect()).center()

    # --- what comes from session and selection --------------------------------------------------

    def _on_session_changed(self, change: object, analysis: object) -> None:
        if self._gesture is not None:
            self.cancel()
        self._hints = None
        self.selection.forget(self.session.design)
        if self._document is not self.session.document:
            self._document = self.session.document
            self.placement, self.unfolded = Placement(), frozenset()
        self._compose()

    def _on_session_opened(self) -> None:
        self.fit_when_possible()

    def _on_selection_changed(self) -> None:
        self.picture.select(self.selection.nodes, self.selection.edges)
        if not self._is_choosing and self.selection.nodes:
            self.reveal(self.selection.nodes)
        self.update()

    def _compose(self) -> None:
        design, analysis = self.session.design, self.session.analysis
        picture = compose(design, analysis, self.placement, self.unfolded, self.picture)
        picture.select(self.selection.nodes, self.selection.edges)
        self.hover.forget()
        self.set_picture(picture)

    def _on_layer_chosen(self, kind: type[Layer]) -> None:
        if self._offer is not None:
            editing.accept(self, self._offer, kind())

    def paint_above(self, painter: QPainter) -> None:
        if self._gesture is not None:
            self._gesture.paint(painter)
        elif self._hints is not None:
            self._hints.paint(painter)
        else:
            draw_labels(painter, self.picture, self.viewport, self.tokens)
            self.hover.preview.paint(painter)
            if self.hover.card is not None:
                draw_card(painter, self.hover.card, self.tokens)
        if self._came_by_key and self.hasFocus() and not self.is_busy:
            draw_focus(painter, QRectF(self.rect()), self.tokens)

    def is_pinned(self) -> bool:
        shown = self._gesture is not None and not isinstance(self._gesture, Pan)
        return shown or self._came_by_key or bool(self._hints) or self.hover.is_shown

    # --- Qt's events ----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.quick_add.close_quietly()
        self._hints = None
        self._came_by_key = False
        if self._gesture is not None:
            return
        if self._space is not None:
            self._space = True
        at = self.pointer(event.position(), event.modifiers())
        gesture = gesture_for(self, at, event.button(), pan=self._space is not None)
        self.hover.leave()
        if gesture is not None:
            self._gesture = gesture
            if gesture.cursor is not None:
                self.setCursor(gesture.cursor)
            gesture.start(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self._keys = event.modifiers()
        if self._gesture is None:
            self.hover.move(self.pointer(event.position(), event.modifiers()))
            return
        if self._gesture.scrolls:
            self._edge.follow(event.position())
        self.move_gesture()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None and not event.buttons():
            gesture, self._gesture = self._gesture, None
            self._edge.stop()
            self.unsetCursor()
            gesture.finish(self.pointer(event.position(), event.modifiers()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            editing.double_click(self, self.pointer(event.position(), event.modifiers()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        wheel.turn(self, event)

    def event(self, event: QEvent) -> bool:
        if wheel.pinch(self, event):
            return True
        if event.type() == QEvent.Type.ShortcutOverride and self._hints is not None:
            event.accept()  # the next letters choose a wire, whatever else they mean
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            # Tab would go to the next widget; Shift+Tab and F6 leave the canvas
            is_tab = event.key() == Qt.Key.Key_Tab
            if is_tab and keyboard.press(self, event):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._hints is not None:
            self._hints = self._hints.typed(event.text())
            self.update()
        elif event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._space = False
                self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif not keyboard.press(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            panned, self._space = self._space, None
            self.unsetCursor()
            if panned is False and self._gesture is None:
                self.offer_layers()
        else:
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._came_by_key = event.reason() in (*keys, Qt.FocusReason.ShortcutFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = None
        self._hints = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if self._gesture is None:
            self.hover.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.is_busy or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return  # that button draws the knife
        editing.select_for_menu(self, self.pointer(QPointF(event.pos())))
        self.menu_requested.emit(event.globalPos())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        kind = bytes(event.mimeData().data(MIME).data()).decode("utf-8", "replace")
        if kind in self.catalogue and self._gesture is None:
            self._gesture = DropLayer(self, self.catalogue[kind]())
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._gesture is not None:
            self._gesture.move(self.pointer(event.position(), event.modifiers()))
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if isinstance(self._gesture, DropLayer):
            self.cancel()

    def dropEvent(self, event: QDropEvent) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.finish(self.pointer(event.position(), event.modifiers()))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            event.acceptProposedAction()
