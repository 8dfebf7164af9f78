"""What the Arrange menu asks for: nodes aligned, spread out evenly, and wires made straight."""

from __future__ import annotations

from PySide6.QtCore import QObject

from designer.core.edits import Move
from designer.ui.canvas.edit.commands import settled
from designer.ui.canvas.scene import tidy
from designer.ui.canvas.view import CanvasView


class TidyCommands(QObject):
    """The receiver of the actions that bring selected nodes into line, one step each."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view

    @property
    def has_several(self) -> bool:
        """Whether at least two nodes are selected."""
        return len(self._view.selection.nodes) > 1

    @property
    def has_three(self) -> bool:
        """Whether at least three nodes are selected."""
        return len(self._view.selection.nodes) > 2

    @property
    def has_nodes(self) -> bool:
        """Whether a node is selected."""
        return bool(self._view.selection.nodes)

    def left(self) -> None:
        """Bring the left edges to one line."""
        self._align("left")

    def centre(self) -> None:
        """Put the nodes below one another."""
        self._align("centre")

    def right(self) -> None:
        """Bring the right edges to one line."""
        self._align("right")

    def top(self) -> None:
        """Bring the upper edges to one line."""
        self._align("top")

    def middle(self) -> None:
        """Put the nodes side by side."""
        self._align("middle")

    def bottom(self) -> None:
        """Bring the lower edges to one line."""
        self._align("bottom")

    def across(self) -> None:
        """Make the gaps from left to right equal."""
        self._distribute(0)

    def down(self) -> None:
        """Make the gaps from top to bottom equal."""
        self._distribute(1)

    def straighten(self) -> None:
        """Let the wires between the selected nodes run level."""
        picture, order = self._view.picture, self._view.session.analysis.order
        nodes = self._view.selection.nodes
        graph, is_down = picture.design.graph, picture.is_down
        moves = tidy.straightened(graph, picture.places, nodes, order, is_down=is_down)
        self._move(moves, "straighten")

    def _align(self, line: tidy.Line) -> None:
        picture = self._view.picture
        graph, nodes = picture.design.graph, self._view.selection.nodes
        self._move(tidy.aligned(graph, picture.places, nodes, line), "align")

    def _distribute(self, axis: int) -> None:
        picture = self._view.picture
        graph, nodes = picture.design.graph, self._view.selection.nodes
        self._move(tidy.distributed(graph, picture.places, nodes, axis), "distribute")

    def _move(self, moves: tidy.Moves, verb: str) -> None:
        view, picture = self._view, self._view.picture
        moves = {node: place for node, place in moves.items() if place != picture.places[node]}
        if not moves:
            return
        if tidy.crowded(picture.design.graph, picture.places, moves):
            view.refused.emit(f"To {verb} these nodes would put some on others: move them apart")
            return
        view.execute(settled(Move(moves, verb), picture))
