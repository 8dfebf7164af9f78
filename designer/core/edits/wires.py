"""Edits of wires: connect, disconnect, insert a node on one, lead it through points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from designer.core.design import Design
from designer.core.edit import Edit, EditRefused
from designer.core.edits.nodes import Paste, node_of
from designer.core.edits.ports import close_gaps
from designer.core.graph import Edge, Node, Point
from designer.core.layer import Layer


@dataclass(frozen=True)
class Connect(Edit):
    """Connect an output to an input port; what fed that port before is replaced."""

    edge: Edge

    @property
    def label(self) -> str:
        return f"connect {self.edge.source} to {self.edge.target}"

    def apply(self, design: Design) -> Design:
        edge = self.edge
        source, target = node_of(design, edge.source), node_of(design, edge.target)
        if edge.source == edge.target:
            raise EditRefused(f"{edge.source} cannot feed itself: a net has no cycles")
        most = target.layer.inputs
        if edge.port < 0 or (most is not None and edge.port >= most):
            raise EditRefused(f"{target.id} has no input port {edge.port}")
        if not 0 <= edge.output < source.layer.output_count:
            raise EditRefused(f"{source.id} has no output {edge.output}")
        if edge in design.edges:
            return design
        if closes_cycle(design, edge.source, edge.target):
            raise EditRefused(
                f"{edge.source} already depends on {edge.target}: the wire would close a cycle"
            )
        kept = [e for e in design.edges if (e.target, e.port) != (edge.target, edge.port)]
        return close_gaps(design.with_nodes(design.nodes.values(), [*kept, edge]))


@dataclass(frozen=True)
class Disconnect(Edit):
    """Remove edges."""

    edges: tuple[Edge, ...]

    @property
    def label(self) -> str:
        one = self.edges[0]
        several = f"{len(self.edges)} wires"
        return (
            f"disconnect {f'{one.source} from {one.target}' if len(self.edges) == 1 else several}"
        )

    def apply(self, design: Design) -> Design:
        gone = set(self.edges)
        kept = [edge for edge in design.edges if edge not in gone]
        if len(kept) == len(design.edges):
            return design
        return close_gaps(design.with_nodes(design.nodes.values(), kept))


@dataclass(frozen=True)
class InsertOnEdge(Edit):
    """Put a node on a wire: what flowed through the wire now flows through the node.

    The node may be new, or stand in the design already.
    """

    edge: Edge
    node: Node

    @property
    def label(self) -> str:
        return f"insert {self.node.id} before {self.edge.target}"

    def apply(self, design: Design) -> Design:
        edge, node = self.edge, self.node
        if edge not in design.edges:
            raise EditRefused(f"there is no wire {edge.source} → {edge.target}")
        if node.id in (edge.source, edge.target):
            raise EditRefused(f"{node.id} is an end of that wire already")
        if node.layer.inputs == 0:
            raise EditRefused(f"a {node.layer.kind()} has no input and cannot stand on a wire")
        if node.id not in design.nodes:
            design = Paste((node,)).apply(design)
        elif closes_cycle(design, node.id, edge.target):
            raise EditRefused(f"{node.id} depends on {edge.target}: on that wire it closes a cycle")
        first = Edge(edge.source, node.id, design.graph.next_port(node.id), edge.output)
        edges = [
            replace(e, source=node.id, output=0, via=()) if e == edge else e for e in design.edges
        ]
        inserted = design.with_nodes(design.nodes.values(), edges)
        return Connect(first).apply(inserted)


@dataclass(frozen=True)
class InsertLayer(Edit):
    """Put a new node with this layer on a wire; its id is chosen when the edit is applied."""

    edge: Edge
    layer: Layer

    @property
    def label(self) -> str:
        return f"insert a {self.layer.kind()} before {self.edge.target}"

    def apply(self, design: Design) -> Design:
        node = Node(design.graph.free_id(self.layer.stem()), self.layer)
        return InsertOnEdge(self.edge, node).apply(design)


@dataclass(frozen=True)
class SetVia(Edit):
    """Lead a wire through points."""

    edge: Edge
    via: tuple[Point, ...]

    @property
    def label(self) -> str:
        return f"lead the wire {self.edge.source} → {self.edge.target}"

    def apply(self, design: Design) -> Design:
        edges: Iterable[Edge] = (
            replace(e, via=self.via) if e == self.edge else e for e in design.edges
        )
        return design.with_nodes(design.nodes.values(), edges)


def closes_cycle(design: Design, source: str, target: str) -> bool:
    """Whether a wire from source to target would close a cycle; O(nodes + edges)."""
    outgoing = design.graph.outgoing
    seen = {target}
    stack = [target]
    while stack:
        node_id = stack.pop()
        if node_id == source:
            return True
        for edge in outgoing.get(node_id, ()):
            if edge.target not in seen:
                seen.add(edge.target)
                stack.append(edge.target)
    return False
