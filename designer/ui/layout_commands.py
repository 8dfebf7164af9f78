"""Lay out: the selected nodes where they are, or all of them from the top down."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject

from designer.core.edit import Edit
from designer.core.edits import Move, SetVia, Several
from designer.core.graph import Graph, Point
from designer.core.layout import arrange
from designer.ui.canvas.commands import settled
from designer.ui.canvas.measure import snapped
from designer.ui.canvas.placement import size_of
from designer.ui.canvas.travel import Travel
from designer.ui.canvas.view import CanvasView

Direction = Literal["right", "down"]


class LayoutCommands(QObject):
    """The receiver of the actions that lay nodes out, one step each."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self.travel = Travel(view)

    @property
    def has_several(self) -> bool:
        """Whether at least two nodes are selected."""
        return len(self._view.selection.nodes) > 1

    def selection(self) -> None:
        """Lay the selected nodes out from left to right, about where their middle is."""
        self._lay_out(self._view.selection.nodes, "right")

    def selection_down(self) -> None:
        """Lay the selected nodes out from the top down, about where their middle is."""
        self._lay_out(self._view.selection.nodes, "down")

    def everything_down(self) -> None:
        """Lay all nodes out from the top down."""
        if self._lay_out(frozenset(self._view.session.design.nodes), "down"):
            self._view.zoom_fit()

    def _lay_out(self, names: frozenset[str], direction: Direction) -> bool:
        view, picture = self._view, self._view.picture
        design = view.session.design
        nodes = {name: node for name, node in design.nodes.items() if name in names}
        if len(nodes) < 2:
            return False
        edges = [e for e in design.edges if e.source in nodes and e.target in nodes]
        part = Graph.of(nodes.values(), edges)
        sizes = {name: size_of(node) for name, node in nodes.items()}
        order = [name for name in view.session.analysis.order if name in nodes]
        made = arrange(part, sizes, order, direction)
        was = _middle({name: picture.places[name] for name in nodes}, sizes)
        is_now = _middle(made, sizes)
        dx, dy = snapped(was[0] - is_now[0]), snapped(was[1] - is_now[1])
        places = {name: (x + dx, y + dy) for name, (x, y) in made.items()}
        # points belonged to the old places
        straight: list[Edit] = [SetVia(edge, ()) for edge in edges if edge.via]
        move = Move(places, "lay out")
        before = {
            name: (float(picture.boxes[i, 0]), float(picture.boxes[i, 1]))
            for name in nodes
            if (i := picture.index.get(name)) is not None
        }
        edit = settled(Several(move.label, (*straight, move)), picture)
        done = view.execute(edit)
        if done:
            self.travel.go(before)
        return done


def _middle(places: dict[str, Point], sizes: dict[str, tuple[float, float]]) -> Point:
    """The middle of the rectangle around nodes."""
    xs = [x for x, _ in places.values()] + [x + sizes[n][0] for n, (x, _) in places.items()]
    ys = [y for _, y in places.values()] + [y + sizes[n][1] for n, (_, y) in places.items()]
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
