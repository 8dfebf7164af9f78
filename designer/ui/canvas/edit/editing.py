"""What the user does to what is there: delete, mend, visit a fault, unfold, select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from designer.core.change import diff
from designer.core.diagnostic import Diagnostic, Fix
from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.canvas.edit.commands import (
    removal,
    settled,
)
from designer.ui.canvas.edit.dots import REACH, dot_at
from designer.ui.canvas.edit.notes import write_name
from designer.ui.canvas.scene.hit import frame_at, item_at, panel_at, wire_at
from designer.ui.canvas.scene.outcome import renamed

if TYPE_CHECKING:
    from designer.ui.canvas.gestures.gesture import Pointer
    from designer.ui.canvas.view import CanvasView


def delete(view: CanvasView) -> None:
    """Remove what is selected; what was chained is joined again, and the next node is selected."""
    if view.frames.remove() or view.dots.remove():
        return
    nodes, edges = view.selection.nodes, view.selection.edges
    edit = removal(nodes & view.session.design.nodes.keys(), edges)
    if edit is None:
        return
    graph = view.session.design.graph
    alone = nodes if len(nodes) == 1 else ()
    before = [e.source for n in alone for e in graph.incoming.get(n, ()) if e.source != n]
    stays = graph.nodes if len(nodes) < len(graph.nodes) else {}
    positioned = any(node.position for node in stays.values())
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
        view.picture.show_fault(index, fault)
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
    """Unfold or fold a composite, write a title, lead a wire through a point; else quick add."""
    picture = view.picture
    item = item_at(picture, at.canvas)
    panel = panel_at(picture, at.canvas)
    if view.levels.path:
        if item is not None and picture.items[item].node.layer.is_composite:
            view.levels.enter(picture.items[item].id)
    elif item is not None and picture.items[item].node.layer.is_composite:
        view.toggle(picture.items[item].id)
    elif item is not None:
        view.focused.emit(picture.items[item].id)
        write_name(view, picture.items[item].id)
    elif _press_wire(view, at):
        return
    elif panel is not None:
        view.toggle(picture.panels[panel].id)
    elif (frame := frame_at(picture, at.canvas)) is not None:
        view.frames.write(frame)
    else:
        view.offer_layers(at)


def _press_wire(view: CanvasView, at: Pointer) -> bool:
    """On a point of a wire: away with it; on a wire: lead it through a point there."""
    picture, scale = view.picture, view.viewport.scale
    dot = dot_at(picture, at.canvas, REACH / scale)
    wire = wire_at(picture, at.canvas, 6.0 / scale)
    if dot is not None and (edge := picture.wires.edge[dot[0]]) is not None:
        view.dots.remove_at(edge, dot[1])
    elif wire is not None and picture.wires.edge[wire] is not None:
        view.dots.add_at(wire, at.canvas)
    else:
        return False
    return True


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
    elif (frame := frame_at(picture, at.canvas)) is not None:
        number = picture.panels[frame].frame
        if number is not None:
            view.frames.choose(number)
    else:
        view.choose()
