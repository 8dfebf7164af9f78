"""Which gesture a press begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from designer.ui.canvas.edit.dots import REACH, dot_at
from designer.ui.canvas.edit.editing import press_card
from designer.ui.canvas.gestures.connect import DrawWire
from designer.ui.canvas.gestures.dot import MoveDot
from designer.ui.canvas.gestures.frame import MoveFrame
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.gestures.knife import Knife
from designer.ui.canvas.gestures.move import MoveNodes
from designer.ui.canvas.gestures.pan import Pan
from designer.ui.canvas.gestures.resize import ResizeFrame
from designer.ui.canvas.gestures.select import RubberBand
from designer.ui.canvas.scene.hit import (
    BORDER,
    PortHit,
    border_at,
    frame_at,
    item_at,
    panel_at,
    port_at,
    wire_at,
)

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

PORTS_FROM = 0.34
"""Below this zoom ports are not drawn, and cannot be grasped."""


def gesture_for(
    view: CanvasView, at: Pointer, button: Qt.MouseButton, *, pan: bool
) -> Gesture | None:
    """The gesture that a press at a place begins; None where a click already did it all."""
    if button == Qt.MouseButton.MiddleButton or (pan and button == Qt.MouseButton.LeftButton):
        return Pan(view)
    if button == Qt.MouseButton.RightButton and at.keys & Qt.KeyboardModifier.ControlModifier:
        return Knife(view)
    if button != Qt.MouseButton.LeftButton or press_card(view, at.screen):
        return None
    picture = view.picture
    reach = min(14.0, max(7.0, 8.0 / view.viewport.scale))
    port = port_at(picture, at.canvas, reach) if view.viewport.scale >= PORTS_FROM else None
    if port is not None and not at.extends:
        return _wire(view, port)
    item = item_at(picture, at.canvas)
    if item is not None:
        view.focused.emit(picture.items[item].id)
        if view.levels.path:  # what is in there stands where it stands
            view.choose({picture.items[item].owner})
            return None
        return MoveNodes(view, picture.items[item].owner)
    wire = wire_at(picture, at.canvas, 6.0 / view.viewport.scale)
    dot = dot_at(picture, at.canvas, REACH / view.viewport.scale)
    if dot is not None:
        return MoveDot(view, *dot)
    if wire is not None and at.keys & Qt.KeyboardModifier.AltModifier and picture.wires.edge[wire]:
        return MoveDot(view, wire, None)
    if wire is not None:
        _choose_wire(view, wire, at)
        return None
    return _behind(view, at)


def _behind(view: CanvasView, at: Pointer) -> Gesture:
    """What begins where no node and no wire is: on a frame, or on empty canvas."""
    picture = view.picture
    border = border_at(picture, at.canvas, BORDER / view.viewport.scale)
    if border is not None:
        return ResizeFrame(view, border)
    panel = panel_at(picture, at.canvas)
    if panel is not None:
        return MoveNodes(view, picture.panels[panel].owner)
    frame = frame_at(picture, at.canvas)
    return RubberBand(view) if frame is None else MoveFrame(view, frame)


def _wire(view: CanvasView, port: PortHit) -> Gesture:
    """A new wire from the port; from a single input that is fed, the wire is pulled off."""
    picture = view.picture
    if not port.output:
        node = picture.items[port.item].id
        fed = [e for e in picture.design.graph.incoming.get(node, ()) if e.port == port.port]
        if fed and fed[0].source in picture.index:
            source = PortHit(picture.index[fed[0].source], fed[0].output, True)
            return DrawWire(view, source, taken=fed[0])
    return DrawWire(view, port)


def _choose_wire(view: CanvasView, wire: int, at: Pointer) -> None:
    edge = view.picture.wires[wire].edge
    if edge is None:
        view.choose({view.picture.items[view.picture.wires[wire].target].owner})
    elif at.extends:
        view.choose(view.selection.nodes, view.selection.edges ^ {edge})
    else:
        view.choose((), {edge})
