"""The canvas as a widget: it shows a session's design and turns the user's hands into edits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QActionEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.edit import Edit
from designer.core.graph import Edge
from designer.core.lately import Lately
from designer.core.layer import Layer
from designer.layers import CATALOGUE
from designer.ui.canvas.differing import Marks
from designer.ui.canvas.drawing.cards import draw_card
from designer.ui.canvas.edit import adding, clipboard, editing, notes
from designer.ui.canvas.edit.dots import Dots
from designer.ui.canvas.edit.frames import Frames
from designer.ui.canvas.edit.quick_add import QuickAdd
from designer.ui.canvas.gestures import wheel
from designer.ui.canvas.gestures.gesture import Pointer
from designer.ui.canvas.gestures.hands import Hands
from designer.ui.canvas.gestures.hover import Hover
from designer.ui.canvas.gestures.keyboard import Keyboard
from designer.ui.canvas.labels import draw_labels
from designer.ui.canvas.levels import Levels
from designer.ui.canvas.overlay import draw_focus
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.hit import PortHit
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.placement import Placement
from designer.ui.canvas.scene.shown import NOTHING, Shown
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.canvas.staying import staying
from designer.ui.canvas.surface import Surface
from designer.ui.theme.scale import fine
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import Tokens

KEPT = 32 << 20
"""Bytes of pictures of earlier states of the design, for undo and redo."""
AN_ITEM = 1900
"""Bytes that a picture takes for each item, with its wires and all that is found out of it."""


class CanvasView(Surface):
    """Paints the design and edits it. The camera belongs to the view: undo never moves it."""

    refused = Signal(str)
    """Why something could not be done, in a sentence."""
    menu_requested = Signal(QPoint)
    """A context menu is wanted at this point of the screen; what it is for is selected."""
    level_changed = Signal()
    """Another level of the net is shown: all of it, or the inside of a composite."""
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
        self.placement, self.exposed = Placement(), QRect()
        self.unfolded: frozenset[str] = frozenset()
        self.levels = Levels(self)
        self.shown = NOTHING
        """Which nodes show their feature maps as blocks."""
        self.keyboard = Keyboard(self)  # it is asked about the first event already
        super().__init__(compose(session.design, session.analysis, self.placement), theme, parent)
        self.session = session
        self.selection = selection
        self.catalogue = catalogue
        self.hands = Hands(self)
        self.hover = Hover(self)
        self.frames, self.dots = Frames(self), Dots(self)
        self.quick_add = QuickAdd(self)
        self.quick_add.set_tokens(self.tokens)
        self.quick_add.chosen.connect(self._on_layer_chosen)
        self._offer: adding.Offer | None = None
        self._document = session.document
        self._pictures = Lately[Picture](KEPT)
        self._is_choosing = False
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
        self.frames.writing.set_tokens(tokens)
        self.quick_add.set_tokens(tokens)

    def set_viewport(self, viewport: Viewport) -> None:
        self.hover.card = None
        self.frames.writing.finish()
        super().set_viewport(viewport)

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is going on."""
        return self.hands.gesture is not None

    def zoom_selection(self) -> None:
        """Show what is selected, or the whole net where nothing is."""
        items = self.picture.owned(self.selection.nodes)
        rect = self.picture.bounds(items) if items else self.frames.bounds()
        if rect is not None:
            self.glide(self.viewport.fitted(rect, largest=fine(1)))
        else:
            self.zoom_fit()

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
        clipboard.cut(self)

    def paste(self) -> None:
        """Put what the clipboard holds into the design, at the pointer."""
        clipboard.paste(self)

    def paste_wired(self) -> None:
        """Paste, and keep the wires into what is pasted."""
        clipboard.paste(self, wired=True)

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
        if self.levels.refuses():
            return
        self._offer = adding.offer(self, at, source, output)

    def offer_others(self) -> None:
        """Open the quick add on what could stand in the place of the selected node's layer."""
        if self.levels.refuses():
            return
        self._offer = adding.offer_others(self)

    def offer_targets(self) -> None:
        """Put a letter on every node that the selected one could feed; the next keys choose."""
        if self.levels.refuses():
            return
        self.keyboard.offer_targets()

    def write_note(self) -> None:
        """Write the note on the selected node."""
        notes.write_note(self)

    def cancel(self) -> None:
        """Leave off what is going on, else go out of a composite, else select nothing."""
        if self.is_busy:
            self.hands.cancel()
        elif self.levels.path:
            self.levels.go_out()
        else:
            self.choose()

    # --- what gestures ask for ------------------------------------------------------------------

    def execute(self, edit: Edit, gesture: object | None = None) -> bool:
        """Send an edit to the session; False, and nothing changed, where it was refused."""
        if self.levels.refuses():
            return False
        return self.session.execute(edit, gesture)

    def choose(self, nodes: Iterable[str] = (), edges: Iterable[Edge] = ()) -> None:
        """Select exactly these."""
        self.frames.leave()
        self.dots.leave()
        self._is_choosing = True
        self.selection.set(nodes, edges)
        self._is_choosing = False

    def set_unfolded(self, paths: frozenset[str]) -> None:
        """Show the inside of exactly these composites; the others stay where they are."""
        self.unfolded = paths
        self._compose()

    def show_maps(self, shown: Shown) -> None:
        """Show the feature maps of exactly these nodes as blocks; what is looked at stays there."""
        if shown != self.shown:
            self.hands.cancel()
            look = staying(self)
            self.shown = shown
            self._compose()
            look()

    def pointer(self, at: QPointF, keys: Qt.KeyboardModifier | None = None) -> Pointer:
        """A pixel as gestures see it."""
        held = Qt.KeyboardModifier.NoModifier if keys is None else keys
        return Pointer(at, self.viewport.to_canvas(at.x(), at.y()), held)

    @property
    def last_pointer(self) -> QPointF:
        """Where the pointer was last seen; the middle where that was elsewhere."""
        return self.hands.last_pointer

    # --- what comes from session and selection --------------------------------------------------

    def _on_session_changed(self, change: object, analysis: object) -> None:
        self.hands.cancel()
        self.keyboard.hints = None
        self.selection.forget(self.session.design)
        self.frames.forget()
        self.dots.leave()
        if self._document is not self.session.document:
            self._document = self.session.document
            self.placement, self.unfolded = Placement(), frozenset()
            self.levels.leave()
            self.shown = self.shown._replace(nodes=frozenset())
            self._pictures.clear()
        self._compose()

    def _on_session_opened(self) -> None:
        self.fit_when_possible()

    def _on_selection_changed(self) -> None:
        self.levels.follow(self.selection.nodes)
        if self.picture.design is not self.session.design:
            return  # what is selected in another design is shown with it
        before = Marks(self, self.picture)
        self.picture.select(self.selection.nodes, self.selection.edges)
        if not self._is_choosing and self.selection.nodes:
            self.frames.leave()
            self.reveal(self.selection.nodes)
        self.refresh_or_all(before.differing())

    def _compose(self) -> None:
        picture = self._composed()
        picture.select(self.selection.nodes, self.selection.edges)
        picture.framed = self.frames.chosen
        picture.mend_key = self.keyboard.mend_key
        self.hover.forget()
        self.set_picture(picture)

    def _composed(self) -> Picture:
        """The picture of the design; of one that comes back, by undo say, the one it had then."""
        design, analysis, level = self.session.design, self.session.analysis, self.levels.shown()
        shown = design, analysis, self.unfolded, self.shown, self.levels.path
        picture = self._pictures.of(*shown)
        if picture is not None:
            picture.rest()
            return picture
        look = self.unfolded, self.picture, self.shown, level
        picture = compose(design, analysis, self.placement, *look)
        return self._pictures.keep(picture, AN_ITEM * len(picture.items), *shown)

    def _on_layer_chosen(self, kind: type[Layer]) -> None:
        if self._offer is not None:
            adding.accept(self, self._offer, kind())

    def paint_above(self, painter: QPainter) -> None:
        if self.is_busy:
            self.hands.paint(painter)
        elif self.keyboard.hints is not None:
            self.keyboard.hints.paint(painter)
        else:
            draw_labels(painter, self.picture, self.viewport, self.tokens)
            self.hover.preview.paint(painter)
            if self.hover.card is not None:
                draw_card(painter, self.hover.card, self.tokens)
        if self.keyboard.has_come and self.hasFocus() and not self.is_busy:
            draw_focus(painter, QRectF(self.rect()), self.tokens)

    @property
    def shows_cards(self) -> bool:
        return self.hands.shows_cards

    def is_pinned(self) -> bool:
        return any((self.hands.is_pinned, self.keyboard.is_pinned, self.hover.is_shown))

    # --- Qt's events ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        self.exposed = event.region().boundingRect()
        super().paintEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.quick_add.close_quietly()
        self.keyboard.give_way()
        self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            editing.double_click(self, self.pointer(event.position(), event.modifiers()))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.is_busy:
            self.hover.leave()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.is_busy or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return  # that button draws the knife
        editing.select_for_menu(self, self.pointer(QPointF(event.pos())))
        self.menu_requested.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        wheel.turn(self, event)

    def event(self, event: QEvent) -> bool:
        return wheel.pinch(self, event) or self.keyboard.claims(event) or super().event(event)

    def actionEvent(self, event: QActionEvent) -> None:
        super().actionEvent(event)
        if event.action().objectName() == "canvas.mend":
            self.keyboard.note_mend(event.action())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keyboard.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.keyboard.release(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.keyboard.focus_in(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.keyboard.focus_out()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.hands.drag_enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.hands.drag_move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hands.drag_leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hands.drop(event)
