"""Edits of nodes: add, remove, move, rename, set."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import field, replace
from typing import Any

from designer.core.design import Design
from designer.core.edit import Edit, EditRefused
from designer.core.edits.ports import close_gaps
from designer.core.graph import Edge, Node, Point, id_fault, spoken
from designer.core.layer import Layer
from designer.core.lean import lean_dataclass


def node_of(design: Design, node_id: str) -> Node:
    """Give the node with this id; raises EditRefused where there is none."""
    try:
        return design.nodes[node_id]
    except KeyError:
        raise EditRefused(f"there is no node {spoken(node_id)}") from None


def replace_node(design: Design, node: Node) -> Design:
    """Put a node in the place of the one with the same id."""
    return replace(design, graph=design.graph.with_node(node))


def refuse_id(node: Node, known: Container[str]) -> None:
    """Raise EditRefused where a node cannot come under its id to those that are there."""
    if fault := id_fault(node.id):
        raise EditRefused(f"{node.name} cannot be an id: {fault}")
    if node.id in known:
        raise EditRefused(f"there is a node {node.id} already")


@lean_dataclass(frozen=True)
class AddNode(Edit):
    """Add a node, with edges to or from it."""

    node: Node
    edges: tuple[Edge, ...] = ()

    @property
    def label(self) -> str:
        return f"add {self.node.name}"

    def apply(self, design: Design) -> Design:
        return Paste((self.node,), self.edges).apply(design)


@lean_dataclass(frozen=True)
class Paste(Edit):
    """Add several nodes and edges at once; their ids must be new."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    verb: str = "paste"

    @property
    def label(self) -> str:
        one = len(self.nodes) == 1
        return f"{self.verb} {self.nodes[0].name if one else f'{len(self.nodes)} nodes'}"

    def apply(self, design: Design) -> Design:
        known = set(design.nodes)
        for node in self.nodes:
            refuse_id(node, known)
            known.add(node.id)
        for edge in self.edges:
            if not {edge.source, edge.target} <= known:
                raise EditRefused(f"an edge needs both its ends: {edge.source} → {edge.target}")
        made = design.with_nodes([*design.nodes.values(), *self.nodes], design.edges + self.edges)
        # of the wires into a copied merge some may have been left behind
        merges = any(node.layer.inputs is None for node in self.nodes)
        return close_gaps(made) if merges else made


@lean_dataclass(frozen=True)
class RemoveNodes(Edit):
    """Remove nodes and their edges; with `heal`, a chain that loses a link is joined again.

    With the last node the frames around nodes go too; free comments stay.
    """

    ids: frozenset[str]
    heal: bool = True

    @property
    def label(self) -> str:
        one = len(self.ids) == 1
        return f"delete {spoken(next(iter(self.ids))) if one else f'{len(self.ids)} nodes'}"

    def apply(self, design: Design) -> Design:
        gone = self.ids & design.nodes.keys()
        if not gone:
            return design
        edges: list[Edge] = []
        nodes: list[Node] = []
        if len(gone) < len(design.nodes):
            edges = self._joined(design, gone)
            nodes = [node for node in design.nodes.values() if node.id not in gone]
            nodes = [replace(n, weights_of=None) if n.weights_of in gone else n for n in nodes]
            frames = tuple(
                replace(f, nodes=tuple(n for n in f.nodes if n not in gone)) for f in design.frames
            )
        else:
            frames = tuple(frame for frame in design.frames if not frame.nodes)
        kept = design if frames == design.frames else replace(design, frames=frames)
        return close_gaps(kept.with_nodes(nodes, edges))

    def _joined(self, design: Design, gone: frozenset[str]) -> list[Edge]:
        """The edges that stay, and those of chains that are joined again."""
        edges = []
        for edge in design.edges:
            if edge.target in gone:
                continue
            if edge.source not in gone:
                edges.append(edge)
            elif self.heal and (source := _survivor(design, edge.source, gone)):
                edges.append(_from(edge, source))
        return edges


def _from(edge: Edge, source: Edge) -> Edge:
    """The edge, coming from where another one comes from."""
    return replace(
        edge,
        source=source.source,
        output=source.output,
        output_name=source.output_name,
        via=(),
    )


def _survivor(design: Design, node_id: str, gone: frozenset[str]) -> Edge | None:
    """The edge from the first node that stays before a removed chain with one input."""
    seen: set[str] = set()
    while node_id in gone and node_id not in seen:
        seen.add(node_id)
        feeding = design.graph.incoming.get(node_id, ())
        if len(feeding) != 1:
            return None
        node_id = feeding[0].source
    return None if node_id in gone else feeding[0]


@lean_dataclass(frozen=True)
class SetParam(Edit):
    """Give a parameter of a node's layer a value; it may be outside its limits."""

    node: str
    name: str
    value: Any

    @property
    def label(self) -> str:
        return f"set {self.name} of {spoken(self.node)}"

    def apply(self, design: Design) -> Design:
        node = node_of(design, self.node)
        if self.name not in {p.name for p in node.layer.parameters()}:
            raise EditRefused(f"{node.layer.kind()} has no parameter {self.name}")
        before = getattr(node.layer, self.name)
        if type(before) is type(self.value) and before == self.value:
            return design
        layer: Layer = replace(node.layer, **{self.name: self.value})  # type: ignore[type-var]
        return replace_node(design, replace(node, layer=layer))


@lean_dataclass(frozen=True)
class SetSharedParam(Edit):
    """Give a parameter a value in a node and in all that share weights with it.

    What shares weights must have equal parameters: changed in one alone, they would not fit.
    """

    node: str
    name: str
    value: Any

    @property
    def label(self) -> str:
        return f"set {self.name} of {spoken(self.node)}"

    def apply(self, design: Design) -> Design:
        owner = node_of(design, self.node).weights_of
        group = {self.node, self.node if owner is None else owner}
        group |= {node.id for node in design.graph.sharing if node.weights_of in group}
        layer = design.nodes[self.node].layer
        for node_id in sorted(group & design.nodes.keys()):
            if node_id == self.node or type(design.nodes[node_id].layer) is type(layer):
                design = SetParam(node_id, self.name, self.value).apply(design)
        return design


@lean_dataclass(frozen=True)
class ReplaceLayer(Edit):
    """Put another layer into a node, which keeps its place, its name and what wires it can."""

    node: str
    layer: Layer

    @property
    def label(self) -> str:
        return f"replace {spoken(self.node)} by {self.layer.kind()}"

    def apply(self, design: Design) -> Design:
        node = node_of(design, self.node)
        design = replace_node(design, replace(node, layer=self.layer, weights_of=None))
        most = self.layer.inputs
        edges = tuple(
            edge
            for edge in design.edges
            if not (edge.target == node.id and most is not None and edge.port >= most)
            and not (edge.source == node.id and edge.output >= self.layer.output_count)
        )
        return design.with_nodes(design.nodes.values(), edges)


@lean_dataclass(frozen=True)
class Move(Edit):
    """Put nodes at new positions; where both ends of a wire move alike, its points go along."""

    positions: Mapping[str, Point] = field(hash=False)
    verb: str = "move"

    @property
    def label(self) -> str:
        names = list(self.positions)
        return f"{self.verb} {spoken(names[0]) if len(names) == 1 else f'{len(names)} nodes'}"

    def apply(self, design: Design) -> Design:
        new = self.positions
        if all(n in design.nodes and design.nodes[n].position == new[n] for n in new):
            return design
        moved = [replace(design.nodes[n], position=new[n]) for n in new if n in design.nodes]
        there = replace(design, graph=design.graph.with_states(moved))
        if not any(edge.via for edge in design.edges):
            return there
        edges = [replace(e, via=self._along(design, e)) if e.via else e for e in design.edges]
        return there.with_nodes(there.nodes.values(), edges)

    def _along(self, design: Design, edge: Edge) -> tuple[Point, ...]:
        """The points of a wire, moved as both its ends are."""
        steps = set()
        for end in (edge.source, edge.target):
            old = design.nodes[end].position if end in design.nodes else None
            new = self.positions.get(end)
            if old is None or new is None:
                return edge.via
            steps.add((new[0] - old[0], new[1] - old[1]))
        if len(steps) > 1:
            return edge.via
        ((dx, dy),) = steps
        return tuple((x + dx, y + dy) for x, y in edge.via)


@lean_dataclass(frozen=True)
class SetNode(Edit):
    """Set what a node has besides its layer: label, note, frozen, bypassed or weights_of."""

    node: str
    name: str
    value: Any

    @property
    def label(self) -> str:
        return f"set {self.name.replace('_', ' ')} of {spoken(self.node)}"

    def apply(self, design: Design) -> Design:
        node = node_of(design, self.node)
        if self.name not in ("label", "note", "frozen", "bypassed", "weights_of"):
            raise EditRefused(f"a node has no {self.name}")
        if getattr(node, self.name) == self.value:
            return design
        return replace_node(design, replace(node, **{self.name: self.value}))


@lean_dataclass(frozen=True)
class Rename(Edit):
    """Give a node another id; every edge and reference follows."""

    node: str
    new: str

    @property
    def label(self) -> str:
        return f"rename {spoken(self.node)} to {self.new}"

    def apply(self, design: Design) -> Design:
        node_of(design, self.node)
        if self.new == self.node:
            return design
        if fault := id_fault(self.new):
            raise EditRefused(f"{spoken(self.new)} cannot be an id: {fault}")
        if self.new in design.nodes:
            raise EditRefused(f"there is a node {self.new} already")

        def name(node_id: str) -> str:
            return self.new if node_id == self.node else node_id

        def renamed(node: Node) -> Node:
            owner = None if node.weights_of is None else name(node.weights_of)
            if (name(node.id), owner) == (node.id, node.weights_of):
                return node
            return replace(node, id=name(node.id), weights_of=owner)

        nodes = map(renamed, design.nodes.values())
        edges = [
            replace(edge, source=name(edge.source), target=name(edge.target))
            if self.node in (edge.source, edge.target)
            else edge
            for edge in design.edges
        ]
        frames = tuple(replace(f, nodes=tuple(map(name, f.nodes))) for f in design.frames)
        return replace(design, frames=frames).with_nodes(nodes, edges)
