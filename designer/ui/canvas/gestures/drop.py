"""Drop: a layer dragged from the palette, shown as a ghost until it is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter

from designer.core.layer import Layer
from designer.ui.canvas.drawing.draw import draw_node
from designer.ui.canvas.edit.commands import dropped, inserted, new_node
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.overlay import draw_sentence, draw_wire_target
from designer.ui.canvas.scene.hit import item_at, panel_at, wire_at
from designer.ui.canvas.scene.legal import output_shape as shape_of
from designer.ui.canvas.scene.legal import takes
from designer.ui.canvas.scene.level import READ_ONLY
from designer.ui.canvas.scene.look import Look, Mark, Ports, shape_words
from designer.ui.canvas.scene.measure import NODE_WIDTH, node_height

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

MIME = "application/x-convnet-layer"
"""What the palette's drags carry: the layer's name as UTF-8."""

_INSIDE = "the inside of {} is given by its parameters: drop the layer beside its frame"


class DropLayer(Gesture):
    """On a wire the new node is put between its ends, elsewhere it stands by itself, and beside
    a node that it was dropped on; with Alt exactly where it was let go."""

    def __init__(self, view: CanvasView, layer: Layer) -> None:
        super().__init__(view)
        self._layer = layer
        self._at: Pointer | None = None
        self._wire: int | None = None
        self._refusal = ""

    def move(self, at: Pointer) -> None:
        picture = self.view.picture
        self._at = at
        wire = wire_at(picture, at.canvas, 16.0) if self._layer.inputs != 0 else None
        self._wire = wire if wire is not None and picture.wires[wire].edge else None
        panel = panel_at(picture, at.canvas) if self._wire is None else None
        self._refusal = _INSIDE.format(picture.panels[panel].owner) if panel is not None else ""
        if self.view.levels.path:
            self._refusal = READ_ONLY.format(self.view.levels.path)
        self.view.update()

    def finish(self, at: Pointer) -> None:
        self.move(at)
        view, picture = self.view, self.view.picture
        edge = picture.wires[self._wire].edge if self._wire is not None else None
        if self._refusal:
            view.refused.emit(self._refusal)
            view.update()
            return
        room = not at.keys & Qt.KeyboardModifier.AltModifier
        if edge is not None:
            node = new_node(picture.design, self._layer)
            edit, new = inserted(picture, edge, node, at.canvas, room=room)
        else:
            covers = room and item_at(picture, at.canvas) is not None
            edit, new = dropped(picture, self._layer, at.canvas, aside=covers)
        if view.execute(edit):
            view.choose({new})
        view.update()

    def cancel(self) -> None:
        self.view.update()

    def paint(self, painter: QPainter) -> None:
        if self._at is None:
            return
        view = self.view
        scale = view.viewport.scale
        height = node_height(self._layer)
        size = QSizeF(NODE_WIDTH, height) * scale
        corner = self._at.screen - QPointF(size.width(), size.height()) / 2
        painter.save()
        painter.setOpacity(0.9)
        painter.translate(corner)
        painter.scale(scale, scale)
        draw_node(painter, self._look(height), view.tokens, scale)
        painter.restore()
        if self._wire is not None:
            draw_wire_target(painter, view.picture, self._wire, view, QRectF(corner, size))
        if self._refusal:
            draw_sentence(painter, self._at.screen + QPointF(16, 18), self._refusal, "error", view)

    def _look(self, height: float) -> Look:
        """The ghost, with the shape that it would give on the wire below it."""
        layer = self._layer
        second = layer.family
        if layer.inputs == 0:
            second = shape_words(layer.infer())
        elif self._wire is not None:
            edge = self.view.picture.wires[self._wire].edge
            assert edge is not None
            shape = shape_of(self.view.picture.analysis, edge.source, edge.output)
            if shape is not None and takes(layer, shape):
                second = shape_words(layer.infer(*[shape] * (layer.inputs or 1)))
        ins = Ports(layer.inputs or 0, 0, layer.inputs is None)
        return Look(
            layer.kind(), second, layer.telling, layer.family, Mark.GHOST, ins,
            Ports(layer.output_count, 0), height, is_down=self.view.picture.is_down,
        )  # fmt: skip
