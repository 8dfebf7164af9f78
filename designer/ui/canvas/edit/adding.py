"""Adding by name: what the quick add offers, and where the layer that is picked goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF

from designer.core.edits import AddNode
from designer.core.graph import Edge, Point
from designer.core.layer import Layer
from designer.ui.canvas.edit.commands import (
    dropped,
    fitting,
    folded,
    follower,
    inserted,
    new_node,
    replaced,
    settled,
)
from designer.ui.canvas.edit.likely import likely_after
from designer.ui.canvas.scene.hit import PortHit, wire_at
from designer.ui.canvas.scene.legal import can_follow, takes
from designer.ui.canvas.scene.measure import NODE_WIDTH, node_height

if TYPE_CHECKING:
    from designer.ui.canvas.gestures.gesture import Pointer
    from designer.ui.canvas.view import CanvasView


class Offer(NamedTuple):
    """What a layer that is picked in the quick add will be wired to, and where it will stand.

    `instead` names the node whose layer it replaces.
    """

    place: Point | None = None
    after: str | None = None
    port: PortHit | None = None
    edge: Edge | None = None
    instead: str | None = None


def offer(
    view: CanvasView, at: Pointer | None, source: str | None, port: PortHit | None
) -> Offer | None:
    """Open the quick add and say what it is for."""
    picture, design = view.picture, view.session.design
    layers, hint, family = list(view.catalogue.values()), "", ""
    if port is not None and source is not None and at is not None:
        made = Offer(at.canvas, source if port.output else None, port)
        if port.output:
            layers = fitting(picture, view.catalogue, source, port.port)
            hint, family = f"What reads {source}?", design.nodes[source].layer.family
        else:
            layers = [kind for kind in layers if kind.role != "output"]
            hint = f"What feeds {source}?"
    elif at is not None or view.dots.has_wire:
        edge = _asked_wire(view, at)
        made = Offer(at.canvas if at is not None else None, edge=edge)
        if edge is not None:
            layers = fitting(picture, view.catalogue, edge.source, edge.output)
            hint, family = (
                f"What comes before {edge.target}?",
                design.nodes[edge.source].layer.family,
            )
    else:
        node = view.selection.node
        can_follow = node is not None and design.nodes[node].layer.role != "output"
        made = Offer(after=node) if can_follow else Offer(_free_spot(view))
        if node is not None and can_follow:
            hint, family = f"Add a layer after {node}", design.nodes[node].layer.family
    view.quick_add.offer(layers, likely_after(family), _spot(view, at, made), hint)
    return made


def _asked_wire(view: CanvasView, at: Pointer | None) -> Edge | None:
    """The wire that layers are offered for: under the pointer, or the one that is selected."""
    if at is None:
        return next(iter(view.selection.edges), None)
    wire = wire_at(view.picture, at.canvas, 6.0 / view.viewport.scale)
    return view.picture.wires[wire].edge if wire is not None else None


def offer_others(view: CanvasView) -> Offer | None:
    """Open the quick add on the layers that take what the selected node gets."""
    node = view.selection.node
    if node is None:
        return None
    before = view.session.design.nodes[node].layer
    fed = view.session.design.graph.incoming.get(node, ())
    source = min(fed, key=lambda edge: edge.port) if fed else None
    fit = fitting(
        view.picture, view.catalogue, *((source.source, source.output) if source else (None,))
    )
    layers = [kind for kind in fit if kind.role == before.role and kind is not type(before)]
    alike = {
        kind.kind(): i for i, kind in enumerate(k for k in layers if k.family == before.family)
    }
    made = Offer(instead=node)
    view.quick_add.offer(
        layers, alike, _spot(view, None, Offer(after=node)), f"What replaces {node}?"
    )
    return made


def _spot(view: CanvasView, at: Pointer | None, made: Offer) -> QPoint:
    if at is not None:
        return at.screen.toPoint()
    if made.after is not None and made.after in view.picture.index:
        rect = view.screen_rect(view.picture.index[made.after])
        if rect.right() + view.quick_add.width() + 24 < view.width():
            return QPointF(rect.right() + 16, rect.top()).toPoint()
        return QPointF(rect.left(), rect.bottom() + 12).toPoint()
    middle = view.rect().center()
    return view.last_pointer.toPoint() if made.place else middle


def _free_spot(view: CanvasView) -> Point:
    at = view.last_pointer
    return view.viewport.to_canvas(at.x(), at.y())


def accept(view: CanvasView, made: Offer, layer: Layer) -> None:
    """Add the layer that was picked."""
    picture = view.picture
    centre = made.place or _free_spot(view)
    if made.instead is not None:
        edit, new = replaced(picture, made.instead, type(layer)), made.instead
    elif made.edge is not None:
        node = new_node(picture.design, layer)
        edit, new = inserted(picture, made.edge, node, made.place)
    elif made.port is not None:
        edit, new = _wired(view, made.port, layer, centre)
    elif made.after is not None and _continues(view, made.after, layer):
        edit, new = follower(picture, layer, made.after)
    elif made.after is not None:
        x, y, w, h = picture.boxes[picture.owned({made.after})[0]].tolist()
        edit, new = dropped(picture, layer, (x + 1.5 * w + 44, y + h / 2), aside=True)
    else:
        edit, new = dropped(picture, layer, centre, aside=True)
    if view.execute(edit):
        view.choose({new})
        view.reveal({new})


def _continues(view: CanvasView, after: str, layer: Layer) -> bool:
    """Whether a layer is wired to the node that it is added behind."""
    facts = view.session.analysis.facts.get(after)
    shape = facts.outputs[0] if facts and facts.outputs else None
    graph = view.session.design.graph
    if graph.outgoing.get(after):
        return takes(layer, shape)  # it will stand before what reads the node now
    return can_follow(layer, graph.nodes[after].layer, shape)


def _wired(view: CanvasView, port: PortHit, layer: Layer, centre: Point) -> tuple[AddNode, str]:
    """A node where a wire was let go on empty canvas, with that wire."""
    picture = view.picture
    owner = picture.items[port.item].owner
    height = node_height(layer)
    x = centre[0] if port.output else centre[0] - NODE_WIDTH
    place = folded(picture, (x, centre[1] - height / 2))
    node = new_node(picture.design, layer, place)
    if port.output:
        edges = (Edge(owner, node.id, 0, port.port),) if layer.inputs != 0 else ()
    else:
        edges = (Edge(node.id, owner, port.port),)
    return settled(AddNode(node, edges), picture), node.id  # type: ignore[return-value]
