"""What the user does to the selection: delete, copy, paste, mend, unfold, add."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QPointF

from designer.core.change import diff
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edits import AddNode
from designer.core.graph import Edge, Point
from designer.core.layer import Layer
from designer.ui.canvas.cards import fault_cards
from designer.ui.canvas.commands import (
    dropped,
    fitting,
    folded,
    follower,
    inserted,
    new_node,
    removal,
    replaced,
    settled,
)
from designer.ui.canvas.hit import PortHit, frame_at, item_at, panel_at, wire_at
from designer.ui.canvas.legal import can_follow, takes
from designer.ui.canvas.likely import likely_after
from designer.ui.canvas.measure import NODE_WIDTH, node_height
from designer.ui.canvas.outcome import renamed

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


def delete(view: CanvasView) -> None:
    """Remove what is selected; what was chained is joined again, and the next node is selected."""
    if view.frames.remove():
        return
    nodes, edges = view.selection.nodes, view.selection.edges
    edit = removal(nodes & view.session.design.nodes.keys(), edges)
    if edit is None:
        return
    graph = view.session.design.graph
    alone = nodes if len(nodes) == 1 else ()
    before = [e.source for n in alone for e in graph.incoming.get(n, ()) if e.source != n]
    positioned = any(node.position for node in view.session.design.nodes.values())
    if view.execute(settled(edit, view.picture) if positioned else edit):
        view.choose(before[:1])


def activate(view: CanvasView) -> None:
    """Apply the remedy whose card names the key, or unfold the selected node."""
    node = view.selection.node
    fix = first_fix(view, node) if node is not None else None
    if fix is not None:
        apply(view, fix)
    elif node is not None and view.session.design.nodes[node].layer.is_composite:
        view.toggle(node)
    else:
        for card in fault_cards(view.picture, view.viewport):
            if card.has_key and card.fix is not None:
                apply(view, card.fix)
                break


def first_fix(view: CanvasView, node: str) -> Fix | None:
    """The remedy that the card of a node offers."""
    index = view.picture.index.get(node)
    fault = view.picture.faults.get(index) if index is not None else None
    return fault.fixes[0] if fault and fault.fixes else None


def apply(view: CanvasView, fix: Fix) -> bool:
    """Do what a remedy says; the camera goes to what changed where that is out of sight."""
    before, chosen = view.session.design, view.selection.nodes
    if not view.execute(fix.edit):
        return False
    change = diff(before, view.session.design)
    names = renamed(change, before, view.session.design)
    if not chosen.isdisjoint(names):
        view.choose(names.get(node_id, node_id) for node_id in chosen)
    touched = change.added | change.changed | {edge.target for edge in change.edges_added}
    items = view.picture.owned(touched & view.session.design.nodes.keys())
    if items:
        bounds = view.picture.bounds(items)
        left, top, right, bottom = view.viewport.seen
        if bounds[0] < left or bounds[1] < top or bounds[2] > right or bounds[3] > bottom:
            view.reveal_all(bounds)
    return True


def visit(view: CanvasView, fault: Diagnostic) -> None:
    """Go to a fault: its node is selected, its card shown, and what its first fix would do."""
    if fault.node is None or fault.node not in view.session.design.nodes:
        return
    view.choose({fault.node})
    view.reveal({fault.node})
    index = view.picture.index.get(fault.node)
    if index is not None:
        view.picture.faults[index] = fault
    view.hover.preview.show(fault.fixes[0] if fault.fixes else None)
    new = view.hover.preview.bounds()
    if index is not None and new is not None:
        left, top, right, bottom = view.picture.bounds([index])
        corner = (min(left, new[0]), min(top, new[1]))
        view.reveal_all((*corner, max(right, new[2]), max(bottom, new[3])))
    view.update()


def press_card(view: CanvasView, at: QPointF) -> bool:
    """A press on the card of a fault: on its remedy it mends, elsewhere it selects the node."""
    card = view.hover.fault_card(at)
    if card is None:
        return False
    if card.fix is not None and card.is_on_fix(at):
        apply(view, card.fix)
    else:
        view.choose({view.picture.items[card.item].owner})
    return True


def toggle(view: CanvasView, path: str) -> None:
    """Unfold a composite, or fold it with all that is unfolded in it."""
    if path in view.unfolded:
        gone = {p for p in view.unfolded if p == path or p.startswith(f"{path}/")}
        view.set_unfolded(view.unfolded - gone)
        return
    i = view.picture.index.get(path)
    if i is None or not view.picture.items[i].node.layer.is_composite:
        return
    facts = view.picture.items[i].facts
    if facts is None or None in facts.inputs or not facts.inputs:
        view.refused.emit(f"{path} shows its inside when the shape that it gets is known")
        return
    view.set_unfolded(view.unfolded | {path})
    for panel in view.picture.panels:
        if panel.id == path:
            x, y, width, height = panel.rect
            view.reveal_all((x, y, x + width, y + height))


def double_click(view: CanvasView, at: Pointer) -> None:
    """On a composite: unfold or fold it; on a title: write it; elsewhere: quick add."""
    picture = view.picture
    item = item_at(picture, at.canvas)
    panel = panel_at(picture, at.canvas)
    if item is not None and picture.items[item].node.layer.is_composite:
        view.toggle(picture.items[item].id)
    elif item is not None:
        view.focused.emit(picture.items[item].id)
    elif panel is not None:
        view.toggle(picture.panels[panel].id)
    elif (frame := frame_at(picture, at.canvas)) is not None:
        view.frames.write(frame)
    else:
        view.offer_layers(at)


def select_for_menu(view: CanvasView, at: Pointer) -> None:
    """Select what lies under the pointer, unless it is selected already."""
    picture = view.picture
    item = item_at(picture, at.canvas)
    wire = wire_at(picture, at.canvas, 6.0 / view.viewport.scale) if item is None else None
    if item is not None:
        if picture.items[item].owner not in view.selection.nodes:
            view.choose({picture.items[item].owner})
    elif wire is not None and (edge := picture.wires[wire].edge):
        view.choose((), {edge})
    else:
        view.choose()


# --- quick add ------------------------------------------------------------------------------------


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
    elif at is not None:
        made = Offer(at.canvas)
        wire = wire_at(picture, at.canvas, 6.0 / view.viewport.scale)
        edge = picture.wires[wire].edge if wire is not None else None
        if edge is not None:
            made = Offer(at.canvas, edge=edge)
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
