"""Connect: draw a wire from a port; legal targets glow, others say why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from designer.core.edits import Connect, Disconnect, Several
from designer.core.graph import Edge, Point
from designer.ui.canvas.drawing.cards import within
from designer.ui.canvas.drawing.ink import pen
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.overlay import Tone, draw_glow, draw_pill, draw_sentence
from designer.ui.canvas.scene.hit import PortHit, item_at, panel_at, port_at
from designer.ui.canvas.scene.legal import Targets, Verdict
from designer.ui.canvas.scene.look import shape_words
from designer.ui.canvas.scene.viewport import Rect

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


PIECES = 4
"""Rectangles that a wire is painted in: one around all of it would be half of the window."""
SAMPLES = 4
WORDS = QSizeF(720.0, 150.0)
"""Room for what is said beside the pointer."""


class DrawWire(Gesture):
    """A wire from a port to where the pointer is. `taken` is a wire that was pulled off its
    input: it is replaced by the new one, or removed when it is dropped on empty canvas."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, view: CanvasView, port: PortHit, taken: Edge | None = None) -> None:
        super().__init__(view)
        self._port = port
        self._taken = taken

    def start(self, at: Pointer) -> None:
        picture = self.view.picture
        item, port, output = self._port
        self._item = item
        self._node = picture.items[item].owner
        self._targets = Targets(
            picture.design, picture.analysis, self._node, port, output=output, taken=self._taken
        )
        self._from = picture.port_place(item, 0 if self._is_long() else port, output=output)
        self._at = at
        self._began = at.screen
        self._hit: tuple[str, Verdict] | None = None
        self._end: Point | None = None
        self._shown: list[QRectF] | None = None
        """Where the wire and the words beside it are; None before they were."""

    def move(self, at: Pointer) -> None:
        before, hit = self._shown, self._hit
        self._at = at
        self._hit, self._end = self._target(at)
        self._shown = self._places()
        if before is None:
            self.view.update()  # all that glows
            return
        items = (self.view.picture.index.get(each[0]) for each in (hit, self._hit) if each)
        rims = [] if hit == self._hit else [self._rim(i) for i in items if i is not None]
        places = zip(before, self._shown, strict=True)
        self.view.refresh(*(old.united(new) for old, new in places), *rims)

    def finish(self, at: Pointer) -> None:
        view = self.view
        self.move(at)
        if (at.screen - self._began).manhattanLength() < 5:
            view.choose({self._node})
        elif self._hit is not None:
            self._connect(self._hit[1])
        elif self._taken is not None:
            view.execute(Disconnect((self._taken,)))
        elif panel_at(view.picture, at.canvas) is None:
            view.offer_layers(at, source=self._node, output=self._port)
        view.update()

    def cancel(self) -> None:
        self.view.update()

    def _connect(self, verdict: Verdict) -> None:
        if verdict.edge is None:
            self.view.refused.emit(verdict.sentence)
            return
        edit: Connect | Several = Connect(verdict.edge)
        if self._taken is not None and self._taken != verdict.edge:
            edit = Several(edit.label, (Disconnect((self._taken,)), edit))
        self.view.execute(edit)

    def _is_long(self) -> bool:
        return not self._port.output and self.view.picture.inputs(self._port.item).any_number

    def _target(self, at: Pointer) -> tuple[tuple[str, Verdict] | None, Point | None]:
        """The node under the pointer with the verdict on it, and where the wire would end."""
        picture = self.view.picture
        reach = max(12.0, 14.0 / self.view.viewport.scale)
        port = port_at(picture, at.canvas, reach)
        if port is not None and port.output != self._port.output:
            node = picture.items[port.item].owner
            if node != self._node:
                verdict = self._targets.verdict(node, port.port)
                number = (
                    0 if picture.inputs(port.item).any_number and not port.output else port.port
                )
                return (node, verdict), picture.port_place(port.item, number, output=port.output)
        item = item_at(picture, at.canvas)
        if item is not None:
            node = picture.items[item].owner
            if node == self._node:
                return None, None
            verdict = self._targets.verdict(node)
            return (node, verdict), self._landing(item, verdict)
        panel = panel_at(picture, at.canvas)
        if panel is not None and picture.panels[panel].owner != self._node:
            node = picture.panels[panel].owner
            return (node, self._targets.verdict(node)), None
        return None, None

    def _landing(self, item: int, verdict: Verdict) -> Point | None:
        """The port that a wire goes to when it is dropped on the body of a node."""
        picture, edge = self.view.picture, verdict.edge
        if edge is None or picture.items[item].id != picture.items[item].owner:
            return None
        is_output = not self._port.output
        if not is_output and picture.inputs(item).any_number:
            return picture.port_place(item, 0, output=False)
        port = edge.output if is_output else edge.port
        return picture.port_place(item, port, output=is_output)

    # --- what it shows --------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        self._paint_targets(painter)
        self._paint_wire(painter)
        self._paint_words(painter)

    def _paint_targets(self, painter: QPainter) -> None:
        """A glow around the nodes that would take the wire, as far as they are seen."""
        view, picture = self.view, self.view.picture
        if view.viewport.scale < 0.2:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i in within(picture, self._exposed()).tolist():
            item = picture.items[i]
            if item.owner != item.id or item.id == self._node:
                continue
            hovered = self._hit is not None and self._hit[0] == item.id
            if not hovered and not self._targets.can_be_wired(item.id):
                continue
            verdict = self._targets.verdict(item.id)
            kind = verdict.kind
            if not hovered and verdict.replaces:
                continue
            tokens = view.tokens
            if kind == "legal":
                draw_glow(painter, view.screen_rect(i), view)
            elif hovered:
                painter.setPen(pen(tokens.warning if kind == "doubtful" else tokens.error, 1.5))
                radius = 9 * view.viewport.scale
                rect = view.screen_rect(i).adjusted(-2, -2, 2, 2)
                painter.drawRoundedRect(rect, radius, radius)

    def _exposed(self) -> Rect:
        """What of the canvas is being painted, with what reaches into it."""
        to_canvas, rect = self.view.viewport.to_canvas, QRectF(self.view.exposed)
        rect.adjust(-12, -12, 12, 12)
        corners = to_canvas(rect.left(), rect.top()), to_canvas(rect.right(), rect.bottom())
        return (*corners[0], *corners[1])

    def _rim(self, item: int) -> QRectF:
        return self.view.screen_rect(item).adjusted(-8, -8, 8, 8)

    def _places(self) -> list[QRectF]:
        """The pixels of the wire, in pieces, and those that the words beside it may take."""
        path, edge = self._path(), 8.0
        count = PIECES * SAMPLES
        at = [path.pointAtPercent(k / count) for k in range(count + 1)]
        grouped = (at[k : k + SAMPLES + 1] for k in range(0, count, SAMPLES))
        pieces = [
            QPolygonF(points).boundingRect().adjusted(-edge, -edge, edge, edge)
            for points in grouped
        ]
        corner, whole = self._beside(), self.view.rect()
        words = QRectF(corner - QPointF(12, 20), WORDS)
        words.moveRight(min(words.right(), max(float(whole.right()), WORDS.width())))
        words.moveBottom(min(words.bottom(), max(float(whole.bottom()), WORDS.height())))
        return [*pieces, words]

    def _path(self) -> QPainterPath:
        """The wire from the port to the pointer, or to the port that it would go to."""
        view = self.view
        first, last = self._from, self._end or self._at.canvas
        if not self._port.output:
            first, last = last, first
        begin, end = (QPointF(*view.viewport.to_screen(*point)) for point in (first, last))
        # the one wire that is looked at is as smooth as can be
        way = end - begin
        if view.picture.is_down:
            reach = QPointF(0.0, min(max(abs(way.y()) / 2, 20.0), 110.0))
        else:
            reach = QPointF(min(max(abs(way.x()) / 2, 20.0), 110.0), 0.0)
        path = QPainterPath(begin)
        path.cubicTo(begin + reach, end - reach, end)
        return path

    def _paint_wire(self, painter: QPainter) -> None:
        view = self.view
        refused = self._hit is not None and self._hit[1].kind == "refused"
        stroke = pen(view.tokens.error if refused else view.tokens.accent, 2.0)
        if self._hit is None or refused:
            stroke.setDashPattern([3, 3])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(stroke)
        painter.drawPath(self._path())

    def _paint_words(self, painter: QPainter) -> None:
        view = self.view
        at = self._beside()
        if self._hit is None:
            shape = self._carried()
            if shape:
                draw_pill(painter, at, shape, view.tokens)
            return
        verdict = self._hit[1]
        if verdict.sentence:
            refused = verdict.kind == "refused"
            tone: Tone = "error" if refused else "warning"
            draw_sentence(painter, at, verdict.sentence, tone, view)
        elif verdict.outputs is not None and verdict.edge is not None:
            target = verdict.edge.target
            words = f"{target} gives {shape_words(verdict.outputs)}"
            if verdict.replaces and verdict.edge != self._taken:
                words += f", in place of the wire from {verdict.replaces}"
            draw_pill(painter, at, words, view.tokens, strong=True)

    def _beside(self) -> QPointF:
        """Where words are read: beside the pointer, or below the node that it is on."""
        view = self.view
        item = view.picture.index.get(self._hit[0]) if self._hit is not None else None
        if item is None:
            return self._at.screen + QPointF(16, 18)
        return view.screen_rect(item).bottomLeft() + QPointF(0, 20)

    def _carried(self) -> str:
        facts = self.view.picture.items[self._item].facts
        if not self._port.output or facts is None or facts.outputs is None:
            return ""
        return str(facts.outputs[min(self._port.port, len(facts.outputs) - 1)])
