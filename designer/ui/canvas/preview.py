"""The preview of a fix: what it would do, drawn over the picture before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from designer.core.diagnostic import Fix
from designer.core.graph import Edge
from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.canvas.drawing.draw import draw_node, elided, font, text_width
from designer.ui.canvas.drawing.ink import colour, faded, pen
from designer.ui.canvas.drawing.lines import draw_lines
from designer.ui.canvas.overlay import on_screen
from designer.ui.canvas.scene.look import Mark, Ports, look_of
from designer.ui.canvas.scene.measure import NODE_HEIGHT, NODE_WIDTH
from designer.ui.canvas.scene.outcome import Ghost, Outcome, outcome_of, ways_of
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Rect
from designer.ui.theme.scale import fine

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

DASHES = (4.0, 3.0)
PILL = 22.0
WIDEST_PILL = 340.0
MOST_PILLS = 24
"""More words than this at once nobody reads."""


class Preview:
    """Shows one fix at a time; `fix` is None while there is none to show."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.fix: Fix | None = None
        self.outcome: Outcome | None = None
        self._pointed: Fix | None = None
        self._ways: tuple[Floats, ...] = ()
        view.selection.changed.connect(self._on_selection_changed)

    def _on_selection_changed(self) -> None:
        self.show(None)

    def show(self, fix: Fix | None) -> None:
        """Draw what this fix would do, or nothing any more."""
        if fix is self.fix:
            return
        self.fix = fix
        view = self._view
        self.outcome = None
        if fix is not None:
            cards = fault_cards(view.picture, view.viewport)
            taken = [self._on_canvas(card.rect) for card in cards]
            self.outcome = outcome_of(view.picture, fix.edit, taken)
            self._ways = ways_of(view.picture, self.outcome) if self.outcome else ()
        view.update()

    def _on_canvas(self, rect: QRectF) -> Rect:
        to_canvas = self._view.viewport.to_canvas
        return (*to_canvas(rect.left(), rect.top()), *to_canvas(rect.right(), rect.bottom()))

    def bounds(self) -> Rect | None:
        """The rectangle of the canvas that the new nodes take; None where there are none."""
        if self.outcome is None or not self.outcome.added:
            return None
        xs, ys = zip(*(ghost.place for ghost in self.outcome.added), strict=True)
        return (min(xs), min(ys), max(xs) + NODE_WIDTH, max(ys) + NODE_HEIGHT)

    def point_at(self, fix: Fix | None) -> None:
        """Show the fix under the pointer; where the pointer leaves one, that and no other goes."""
        if fix is not None or self._pointed is not None:
            self._pointed = fix
            self.show(fix)

    def clear(self) -> None:
        """Forget it, as the picture that it was drawn for is gone."""
        self.fix = self.outcome = self._pointed = None

    def paint(self, painter: QPainter) -> None:
        """Draw it in pixels, above the picture."""
        outcome = self.outcome
        if outcome is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for edge in outcome.cut:
            self._strike_wire(painter, edge)
        for way in self._ways:
            self._draw_wire(painter, way)
        for node_id in sorted(outcome.removed):
            self._strike_node(painter, node_id)
        for ghost in outcome.added:
            self._draw_ghost(painter, ghost)
        self._draw_words(painter, outcome)
        painter.restore()

    # --- nodes ----------------------------------------------------------------------------------

    def _draw_ghost(self, painter: QPainter, ghost: Ghost) -> None:
        view, layer = self._view, ghost.node.layer
        inputs = Ports(1, 1, layer.inputs is None) if layer.inputs != 0 else Ports(0, 0)
        outputs = Ports(layer.output_count if layer.role != "output" else 0, 1)
        look = look_of(
            ghost.node, ghost.facts, None, inputs, outputs, NODE_HEIGHT, Mark.GHOST | Mark.SELECTED
        )._replace(is_down=view.picture.is_down)
        painter.save()
        painter.translate(*view.viewport.to_screen(*ghost.place))
        scale = view.viewport.scale
        painter.scale(scale, scale)
        draw_node(painter, look, view.tokens, scale)
        painter.restore()

    def _strike_node(self, painter: QPainter, node_id: str) -> None:
        """A veil over what would go, and a line through it."""
        tokens = self._view.tokens
        for i in self._view.picture.owned({node_id}):
            rect = self._view.screen_rect(i)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(faded(tokens.canvas, 0.55))
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 7, 7)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_dashed(tokens.error, 1.5))
            painter.drawRoundedRect(rect, 7, 7)
            painter.setPen(pen(tokens.error, 2.0))
            middle = rect.center().y()
            painter.drawLine(QPointF(rect.left() + 8, middle), QPointF(rect.right() - 8, middle))

    # --- wires ----------------------------------------------------------------------------------

    def _strike_wire(self, painter: QPainter, edge: Edge) -> None:
        view, picture = self._view, self._view.picture
        for w in (w for w, drawn in enumerate(picture.wires.edge) if drawn == edge):
            lines = on_screen(picture.routes.of(w), view.viewport)
            painter.setPen(pen(view.tokens.canvas, 3.0))
            draw_lines(painter, lines)
            painter.setPen(_dashed(view.tokens.error, 1.75))
            draw_lines(painter, lines)

    def _draw_wire(self, painter: QPainter, way: Floats) -> None:
        painter.setPen(_dashed(self._view.tokens.accent, 1.75))
        draw_lines(painter, on_screen(way, self._view.viewport))

    # --- words ----------------------------------------------------------------------------------

    def _draw_words(self, painter: QPainter, outcome: Outcome) -> None:
        view = self._view
        taken: list[QRectF] = []
        window = QRectF(view.rect())
        if outcome.settings:
            width = fine(text_width(outcome.settings, 12, True) + 20)
            at = QRectF(window.center().x() - width / 2, fine(44), width, fine(PILL))
            self._draw_pill(painter, at, outcome.settings)
        for node_id, words in outcome.words.items():
            for i in view.picture.owned({node_id})[:1]:
                rect = view.screen_rect(i)
                if not window.intersects(rect) or len(taken) >= MOST_PILLS:
                    continue
                spot = self._spot(rect, words, window, taken)
                if spot is not None:
                    taken.append(spot)
                    self._draw_pill(painter, spot, words)

    @staticmethod
    def _spot(rect: QRectF, words: str, window: QRectF, taken: list[QRectF]) -> QRectF | None:
        """Above the node, higher where another pill is in the way; None: there is no room."""
        width, pill = fine(min(text_width(words, 12, True) + 20, WIDEST_PILL)), fine(PILL)
        left = max(4.0, min(rect.center().x() - width / 2, window.right() - width - 4.0))
        for row in range(3):
            top = rect.top() - pill - 6 - row * (pill + 2)
            at = QRectF(round(left), round(top), round(width), pill)
            if not any(at.intersects(other) for other in taken):
                return at
        return None

    def _draw_pill(self, painter: QPainter, at: QRectF, words: str) -> None:
        tokens = self._view.tokens
        painter.save()
        painter.translate(at.topLeft())
        painter.scale(fine(1), fine(1))
        at = QRectF(0, 0, at.width() / fine(1), at.height() / fine(1))
        painter.setBrush(colour(tokens.accent_soft))
        painter.setPen(pen(tokens.accent))
        painter.drawRoundedRect(at.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setFont(font(12, True))
        painter.setPen(colour(tokens.text))
        shown = elided(words, 12, True, at.width() - 16)
        painter.drawText(at, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()


def _dashed(ink: str, width: float) -> QPen:
    made = QPen(colour(ink), width)
    made.setDashPattern(list(DASHES))
    return made
