"""Edits of wires: connect, disconnect, insert a node on one, lead it through points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from designer.core.cycle import reason, way
from designer.core.design import Design
from designer.core.edit import Edit, EditRefused
from designer.core.edits.nodes import Paste, node_of, refuse_id
from designer.core.edits.ports import close_gaps
from designer.core.graph import Edge, Node, Point, spoken
from designer.core.layer import Layer, with_article
from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True)
class Connect(Edit):
    """Connect an output to an input port; what fed that port before is replaced."""

    edge: Edge

    @property
    def label(self) -> str:
        return f"connect {spoken(self.edge.source)} to {spoken(self.edge.target)}"

    def apply(self, design: Design) -> Design:
        edge = self.edge
        source, target = node_of(design, edge.source), node_of(design, edge.target)
        most = target.layer.inputs
        if edge.port < 0 or edge.port_name is not None or (most is not None and edge.port >= most):
            raise EditRefused(f"{target.id} has no input port {edge.port}")
        _refuse_output(source, edge)
        if is_there(design, edge):
            return design
        if path := way(design.graph, edge.target, edge.source):
            raise EditRefused(reason(path))
        kept = [e for e in design.edges if (e.target, e.port) != (edge.target, edge.port)]
        return close_gaps(design.with_nodes(design.nodes.values(), [*kept, edge]))


def is_there(design: Design, edge: Edge) -> bool:
    """Whether a design has this edge: asked of the edges into the same node, not of all."""
    return edge in design.graph.incoming.get(edge.target, ())


def _refuse_output(source: Node, edge: Edge) -> None:
    if edge.output_name is not None or not 0 <= edge.output < source.layer.output_count:
        raise EditRefused(f"{source.id} has no output {edge.output}")


@lean_dataclass(frozen=True)
class Disconnect(Edit):
    """Remove edges; of several that are equal, the last for each that is named."""

    edges: tuple[Edge, ...]

    @property
    def label(self) -> str:
        one = self.edges[0]
        several = f"{len(self.edges)} wires"
        ends = f"{spoken(one.source)} from {spoken(one.target)}"
        return f"disconnect {ends if len(self.edges) == 1 else several}"

    def apply(self, design: Design) -> Design:
        gone = Counter(self.edges)
        kept: list[Edge] = []
        for edge in reversed(design.edges):
            if gone[edge]:
                gone[edge] -= 1
            else:
                kept.append(edge)
        if len(kept) == len(design.edges):
            return design
        return close_gaps(design.with_nodes(design.nodes.values(), reversed(kept)))


@lean_dataclass(frozen=True)
class Rewire(Edit):
    """Give a wire another port or output; its place among the others stays."""

    edge: Edge
    port: int
    output: int

    @property
    def label(self) -> str:
        if self.output != self.edge.output:
            return f"read output {self.output} of {spoken(self.edge.source)}"
        ends = f"from {spoken(self.edge.source)} to input {self.port}"
        return f"lead the wire {ends} of {spoken(self.edge.target)}"

    def apply(self, design: Design) -> Design:
        old = self.edge
        if old not in design.edges:
            raise EditRefused(f"there is no wire {spoken(old.source)} → {spoken(old.target)}")
        new = replace(old, port=self.port, output=self.output, port_name=None, output_name=None)
        at = design.edges.index(old)
        edges = [*design.edges[:at], new, *design.edges[at + 1 :]]
        return close_gaps(design.with_nodes(design.nodes.values(), edges))


@lean_dataclass(frozen=True)
class InsertOnEdge(Edit):
    """Put a node on a wire: what flowed through the wire now flows through the node.

    The node may be new, or stand in the design already.
    """

    edge: Edge
    node: Node

    @property
    def label(self) -> str:
        return f"insert {self.node.name} before {spoken(self.edge.target)}"

    def apply(self, design: Design) -> Design:
        edge, node = self.edge, self.node
        if not is_there(design, edge):
            raise EditRefused(f"there is no wire {edge.source} → {edge.target}")
        if node.id in (edge.source, edge.target):
            raise EditRefused(f"{node.id} is an end of that wire already")
        if node.layer.inputs == 0:
            raise EditRefused(f"a {node.layer.kind()} has no input and cannot stand on a wire")
        port = design.graph.next_port(node.id)
        first = replace(edge, target=node.id, port=port, port_name=None, via=())
        last = replace(edge, source=node.id, output=0, output_name=None, via=())
        # a wire into another node cannot be equal, and need not be asked whether it is
        edges = [last if e.target == edge.target and e == edge else e for e in design.edges]
        if node.id not in design.nodes:
            return self._with_new(design, [*edges, first])
        if path := way(design.graph, edge.target, node.id):
            raise EditRefused(reason(path))
        return Connect(first).apply(design.with_nodes(design.nodes.values(), edges))

    def _with_new(self, design: Design, edges: list[Edge]) -> Design:
        """The design with the node and these edges: none of them takes the place of another."""
        edge, node = self.edge, self.node
        refuse_id(node, design.nodes)
        _refuse_output(node_of(design, edge.source), edge)
        if path := way(design.graph, edge.target, edge.source):
            raise EditRefused(reason((node.id, *path)))
        nodes = list(design.nodes.values())
        # where it is read: a file whose sources stand before their targets stays in order
        nodes.insert(design.graph.ids.index(edge.target), node)
        return close_gaps(design.with_nodes(nodes, edges))


@lean_dataclass(frozen=True)
class InsertLayer(Edit):
    """Put a new node with this layer on a wire; its id is chosen when the edit is applied."""

    edge: Edge
    layer: Layer

    @property
    def label(self) -> str:
        return f"insert {with_article(self.layer.kind())} before {spoken(self.edge.target)}"

    def apply(self, design: Design) -> Design:
        node = Node(design.graph.free_id(self.layer.stem()), self.layer)
        return InsertOnEdge(self.edge, node).apply(design)


@lean_dataclass(frozen=True)
class InsertBefore(Edit):
    """Put a new node with this layer in front of an input port, on the wire that feeds it."""

    node: str
    port: int
    layer: Layer

    @property
    def label(self) -> str:
        return f"insert {with_article(self.layer.kind())} before {spoken(self.node)}"

    def apply(self, design: Design) -> Design:
        node_of(design, self.node)
        feeding = design.graph.incoming.get(self.node, ())
        edge = next((edge for edge in feeding if edge.port == self.port), None)
        if edge is None:
            raise EditRefused(f"nothing feeds input {self.port} of {spoken(self.node)}")
        return InsertLayer(edge, self.layer).apply(design)


@lean_dataclass(frozen=True)
class Append(Edit):
    """Put new nodes with these layers behind a node, each reading the one before it."""

    node: str
    layers: tuple[Layer, ...]

    @property
    def label(self) -> str:
        kinds = " and ".join(with_article(layer.kind()) for layer in self.layers)
        return f"add {kinds} behind {spoken(self.node)}"

    def apply(self, design: Design) -> Design:
        last = node_of(design, self.node).id
        for layer in self.layers:
            node = Node(design.graph.free_id(layer.stem()), layer)
            design = Paste((node,), (Edge(last, node.id),)).apply(design)
            last = node.id
        return design


@lean_dataclass(frozen=True)
class SetVia(Edit):
    """Lead a wire through points."""

    edge: Edge
    via: tuple[Point, ...]

    @property
    def label(self) -> str:
        return f"lead the wire {spoken(self.edge.source)} → {spoken(self.edge.target)}"

    def apply(self, design: Design) -> Design:
        edges: Iterable[Edge] = (
            replace(e, via=self.via) if e == self.edge else e for e in design.edges
        )
        return design.with_nodes(design.nodes.values(), edges)
