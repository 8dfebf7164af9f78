"""Walking along wires from node to node, and moving what is selected by steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.core.edits import Move
from designer.core.graph import Point
from designer.ui.canvas.edit.commands import settled
from designer.ui.canvas.scene.measure import GRID
from designer.ui.canvas.scene.picture import Picture

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


class Walk:
    """The receiver of the actions that go from node to node, and move nodes by a step."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view

    def left(self) -> None:
        """Select what the node reads."""
        self._go(-1, 0)

    def right(self) -> None:
        """Select what reads the node."""
        self._go(1, 0)

    def up(self) -> None:
        """Select the node above."""
        self._go(0, -1)

    def down(self) -> None:
        """Select the node below."""
        self._go(0, 1)

    def add_left(self) -> None:
        """Select what the node reads, too."""
        self._go(-1, 0, extend=True)

    def add_right(self) -> None:
        """Select what reads the node, too."""
        self._go(1, 0, extend=True)

    def add_up(self) -> None:
        """Select the node above, too."""
        self._go(0, -1, extend=True)

    def add_down(self) -> None:
        """Select the node below, too."""
        self._go(0, 1, extend=True)

    def nudge_left(self) -> None:
        """Move what is selected a step to the left."""
        nudge(self._view, -GRID, 0)

    def nudge_right(self) -> None:
        """Move what is selected a step to the right."""
        nudge(self._view, GRID, 0)

    def nudge_up(self) -> None:
        """Move what is selected a step up."""
        nudge(self._view, 0, -GRID)

    def nudge_down(self) -> None:
        """Move what is selected a step down."""
        nudge(self._view, 0, GRID)

    def _go(self, dx: int, dy: int, *, extend: bool = False) -> None:
        view = self._view
        found = neighbour(view.picture, view.selection.nodes, dx, dy)
        if found is not None:
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
    """The node to go to from the one that is chosen: along wires the way that the net runs, else
    the nearest."""
    graph, places = picture.design.graph, picture.places
    if not graph.nodes:
        return None
    if len(chosen) != 1:
        candidates = chosen & places.keys() or places.keys()
        return min(candidates, key=lambda i: (places[i][0] * (1 if dx >= 0 else -1), places[i][1]))
    here = next(iter(chosen))
    x, y = places[here]
    forward, axis = (dy, 1) if picture.is_down else (dx, 0)
    if forward:
        edges = graph.outgoing.get(here, ()) if forward > 0 else graph.incoming.get(here, ())
        wired = [edge.target if forward > 0 else edge.source for edge in edges]
        if wired:
            return min(wired, key=lambda i: _apart(places[here], places[i], axis))
    best, nearest = None, float("inf")
    for other, (ox, oy) in places.items():
        along = (ox - x) * dx + (oy - y) * dy
        aside = abs((ox - x) * dy) + abs((oy - y) * dx)
        if other != here and along > 4 and along + 2 * aside < nearest:
            best, nearest = other, along + 2 * aside
    return best


def _apart(here: Point, there: Point, axis: int) -> Point:
    """How far two places are apart, first across the way that the net runs, then along it."""
    return (abs(there[1 - axis] - here[1 - axis]), abs(there[axis] - here[axis]))
