"""The selection: which nodes and edges of a design are chosen, shared by all views."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from designer.core.design import Design
from designer.core.graph import Edge


class Selection(QObject):
    """Chosen nodes by id, and chosen edges; `changed` is sent only where something differs."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes: frozenset[str] = frozenset()
        self.edges: frozenset[Edge] = frozenset()

    def set(self, nodes: Iterable[str] = (), edges: Iterable[Edge] = frozenset()) -> None:
        """Choose exactly these."""
        chosen, wires = frozenset(nodes), frozenset(edges)
        if (chosen, wires) != (self.nodes, self.edges):
            self.nodes, self.edges = chosen, wires
            self.changed.emit()

    def clear(self) -> None:
        """Choose nothing."""
        self.set()

    def forget(self, design: Design) -> None:
        """Drop what the design does not have."""
        edges = self.edges and self.edges & frozenset(design.edges)
        self.set(self.nodes & design.nodes.keys(), edges)

    def rename(self, old: str, new: str) -> None:
        """Follow a node that got another id."""
        self.set((new if n == old else n for n in self.nodes), self.edges)

    @property
    def node(self) -> str | None:
        """The one chosen node, or None where there is none or more than one."""
        return next(iter(self.nodes)) if len(self.nodes) == 1 else None
