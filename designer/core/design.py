"""The design: the whole project as one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from designer.core.data import DataSettings
from designer.core.graph import Edge, Graph, Node, Point
from designer.core.lean import lean_dataclass
from designer.core.training import TrainingSettings


@lean_dataclass(frozen=True, slots=True)
class Frame:
    """A titled rectangle on the canvas, or a free comment where it holds only text."""

    title: str
    position: Point
    size: Point
    text: str = ""
    nodes: tuple[str, ...] = ()


@lean_dataclass(frozen=True)
class Design:
    """Name, graph, frames, data and training settings; an edit shares all it does not change."""

    name: str = "Untitled"
    graph: Graph = field(default_factory=Graph)
    frames: tuple[Frame, ...] = ()
    data: DataSettings = field(default_factory=DataSettings)
    training: TrainingSettings = field(default_factory=TrainingSettings)

    @property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes by id, in file order."""
        return self.graph.nodes

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges in file order."""
        return self.graph.edges

    def with_nodes(self, nodes: Iterable[Node], edges: Iterable[Edge] | None = None) -> Design:
        """Give this design other nodes, and other edges where they are given."""
        graph = self.graph.with_nodes(nodes) if edges is None else Graph.of(nodes, edges)
        return replace(self, graph=graph)
