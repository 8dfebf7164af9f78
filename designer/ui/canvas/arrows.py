"""The arrow keys: walking along wires from node to node, and nudging what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from designer.core.edits import Move
from designer.ui.canvas.commands import settled
from designer.ui.canvas.measure import GRID
from designer.ui.canvas.picture import Picture

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def press_arrow(view: CanvasView, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """Go to the neighbour that an arrow points to; with Ctrl, move the selected nodes."""
    dx, dy = ARROWS[key]
    if held & Qt.KeyboardModifier.ControlModifier:
        nudge(view, dx * GRID, dy * GRID)
        return
    found = neighbour(view.picture, view.selection.nodes, dx, dy)
    if found is not None:
        extend = held & Qt.KeyboardModifier.ShiftModifier
        view.choose({found} | (view.selection.nodes if extend else frozenset()))
        view.reveal({found})


def nudge(view: CanvasView, dx: float, dy: float) -> None:
    """Move the selected nodes by a step of the grid; steps in a row are one step of the history."""
    places = view.picture.places
    nodes = view.selection.nodes & places.keys()
    if nodes:
        moved = {i: (places[i][0] + dx, places[i][1] + dy) for i in nodes}
        view.execute(settled(Move(moved), view.picture), ("nudge", nodes))


def neighbour(picture: Picture, chosen: frozenset[str], dx: int, dy: int) -> str | None:
    """The node to go to from the one that is chosen: along wires sideways, else the nearest."""
    graph, places = picture.design.graph, picture.places
    if not graph.nodes:
        return None
    if len(chosen) != 1:
        candidates = chosen & places.keys() or places.keys()
        return min(candidates, key=lambda i: (places[i][0] * (1 if dx >= 0 else -1), places[i][1]))
    here = next(iter(chosen))
    x, y = places[here]
    if dx:
        edges = graph.outgoing.get(here, ()) if dx > 0 else graph.incoming.get(here, ())
        wired = [edge.target if dx > 0 else edge.source for edge in edges]
        if wired:
            return min(wired, key=lambda i: (abs(places[i][1] - y), abs(places[i][0] - x)))
    best, nearest = None, float("inf")
    for other, (ox, oy) in places.items():
        along = (ox - x) * dx + (oy - y) * dy
        aside = abs((ox - x) * dy) + abs((oy - y) * dx)
        if other != here and along > 4 and along + 2 * aside < nearest:
            best, nearest = other, along + 2 * aside
    return best
