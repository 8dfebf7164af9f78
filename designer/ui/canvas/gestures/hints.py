"""Hints: letters on the nodes that a wire could go to, so that keys alone can draw it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from designer.core.edits import Connect
from designer.core.graph import Edge
from designer.ui.canvas.drawing.cards import within
from designer.ui.canvas.drawing.draw import font, text_width
from designer.ui.canvas.drawing.ink import colour, faded, pen
from designer.ui.canvas.scene.legal import Targets, Verdict
from designer.ui.canvas.scene.look import shape_words
from designer.ui.theme.fonts import CAPTION, words
from designer.ui.theme.scale import fine, px

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class Hint(NamedTuple):
    """The letters of one node, and the wire that they stand for."""

    letters: str
    item: int
    verdict: Verdict
    edge: Edge


class Hints:
    """The nodes in sight that the selected one could feed; it is left by any other key."""

    def __init__(self, view: CanvasView, node: str, hints: tuple[Hint, ...], begun: str) -> None:
        self._view = view
        self._node = node
        self._hints = hints
        self._begun = begun

    @staticmethod
    def of(view: CanvasView) -> Hints | None:
        """Hints for the selected node; None, with a sentence, where there is nothing to choose."""
        node, picture = view.selection.node, view.picture
        if node is None or node not in picture.design.nodes:
            return None
        graph = picture.design.graph
        read = {edge.output for edge in graph.outgoing.get(node, ())}
        count = graph.nodes[node].layer.output_count
        output = next((i for i in range(count) if i not in read), 0)
        targets = Targets(picture.design, picture.analysis, node, output, output=True)
        found: list[tuple[int, Verdict, Edge]] = []
        for i in within(picture, view.viewport.seen).tolist():
            item = picture.items[i]
            if item.id != item.owner or not targets.can_be_wired(item.id):
                continue
            verdict = targets.verdict(item.id)
            if verdict.edge is not None and verdict.replaces != node:
                found.append((i, verdict, verdict.edge))
        if not found:
            view.refused.emit(f"nothing in sight could read {node}: add a layer, or zoom out")
            return None
        found.sort(key=lambda each: (bool(each[1].replaces), each[1].kind != "legal"))
        return Hints(view, node, _lettered(found), "")

    def typed(self, text: str) -> Hints | None:
        """What is left to choose from after a key; a choice is wired at once."""
        begun = self._begun + text.lower()
        left = tuple(hint for hint in self._hints if hint.letters.startswith(begun))
        if not text or not left:
            return None
        chosen = next((hint for hint in left if hint.letters == begun), None)
        if chosen is None:
            return Hints(self._view, self._node, left, begun)
        self._view.execute(Connect(chosen.edge))
        return None

    def paint(self, painter: QPainter) -> None:
        """A letter at the input of every node that could be wired, and what it would give."""
        view, tokens = self._view, self._view.tokens
        for hint in self._hints:
            rect = view.screen_rect(hint.item)
            sound = hint.verdict.kind == "legal"
            ink = tokens.accent if sound else tokens.warning
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen(faded(ink, 0.6), 1.5))
            radius = 9 * view.viewport.scale
            painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), radius, radius)
            is_down = view.picture.is_down
            at = (rect.center().x(), rect.top()) if is_down else (rect.left(), rect.center().y())
            letters = hint.letters if sound else f"{hint.letters} !"  # colour alone is no sign
            self._badge(painter, QPointF(*at), letters, ink)
            outputs = hint.verdict.outputs
            if outputs is not None and view.viewport.scale > 0.6:
                painter.setFont(words(CAPTION))
                painter.setPen(colour(tokens.text_muted))
                below = QRectF(rect.left(), rect.bottom() + 3, rect.width(), px(16))
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, shape_words(outputs))

    def _badge(self, painter: QPainter, at: QPointF, letters: str, ink: str) -> None:
        tokens = self._view.tokens
        said = letters.upper()
        width = max(22.0, text_width(said, 12, strong=True) + 12)
        painter.save()
        painter.translate(at)
        painter.scale(fine(1), fine(1))
        rect = QRectF(-width / 2, -11, width, 22)
        painter.setPen(pen(ink))
        painter.setBrush(colour(ink))
        painter.drawRoundedRect(rect, 6, 6)
        painter.setFont(font(12, strong=True))
        painter.setPen(colour(tokens.on_accent))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, said)
        painter.restore()


def _lettered(found: list[tuple[int, Verdict, Edge]]) -> tuple[Hint, ...]:
    """One letter each, or two where there are more nodes than letters."""
    length = 1 if len(found) <= len(LETTERS) else 2
    every = map("".join, product(LETTERS, repeat=length))
    return tuple(Hint(letters, *each) for letters, each in zip(every, found, strict=False))
