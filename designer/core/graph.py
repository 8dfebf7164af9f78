"""Nodes, edges and the graph they make: immutable, in file order."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from weakref import ref

from designer.core.layer import Layer, Role

Point = tuple[float, float]
"""A place on the canvas, in its units: x to the right, y down."""

LONGEST_ID = 80
MOST_STEPS = 8
"""How many edits a comparison looks back before it looks at all nodes."""
LONGEST_SPOKEN = 24
"""Characters of an id against the rules that a message shows."""


@dataclass(frozen=True, slots=True)
class Node:
    """A layer at work in a graph, under a name of its own."""

    id: str
    layer: Layer
    position: Point | None = None
    label: str = ""
    note: str = ""
    weights_of: str | None = None
    frozen: bool = False
    bypassed: bool = False

    @property
    def title(self) -> str:
        """The name that a person reads."""
        return self.label or spoken(self.id)

    @property
    def name(self) -> str:
        """The id as a sentence says it."""
        return spoken(self.id)


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection from an output of one node to an input port of another.

    `port` and `output` are any integers, and `port_name` and `output_name` names that no layer has
    a port under: a file may say so, and the analysis says what is wrong with it.
    """

    source: str
    target: str
    port: int = 0
    output: int = 0
    via: tuple[Point, ...] = ()
    port_name: str | None = None
    output_name: str | None = None


@dataclass(frozen=True)
class Graph:
    """Nodes by id and edges, both in file order; treated as a value and never mutated."""

    nodes: MappingProxyType[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    edges: tuple[Edge, ...] = ()

    @classmethod
    def of(cls, nodes: Iterable[Node], edges: Iterable[Edge] = ()) -> Graph:
        """Make a graph of nodes with distinct ids."""
        return cls(MappingProxyType({node.id: node for node in nodes}), tuple(edges))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The nodes' ids in file order; the very same tuple after an edit that keeps them."""
        return tuple(self.nodes)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges into each node that has any, in file order."""
        return _grouped([edge.target for edge in self.edges], self.edges)

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges out of each node that has any, in file order."""
        return _grouped([edge.source for edge in self.edges], self.edges)

    @cached_property
    def read(self) -> frozenset[str]:
        """The nodes that some wire leaves."""
        return frozenset([edge.source for edge in self.edges])

    def with_role(self, role: Role) -> tuple[Node, ...]:
        """The nodes whose layer has this role, in file order."""
        return self._named(self._roles.get(role, ()))

    @property
    def loose(self) -> tuple[Node, ...]:
        """The nodes that no wire leaves, in file order."""
        return self._named(self._loose)

    @property
    def sharing(self) -> tuple[Node, ...]:
        """The nodes that use the weights of another, in file order."""
        return self._named(self._sharing)

    def _named(self, ids: Iterable[str]) -> tuple[Node, ...]:
        nodes = self.nodes
        return tuple([nodes[node_id] for node_id in ids])

    @cached_property
    def _loose(self) -> tuple[str, ...]:
        loose = self.nodes.keys() - self.read
        return tuple([node_id for node_id in self.nodes if node_id in loose]) if loose else ()

    @cached_property
    def _roles(self) -> dict[str, tuple[str, ...]]:
        """The few nodes that do more than compute."""
        roles: dict[str, tuple[str, ...]] = {}
        for node in self.nodes.values():
            if (role := node.layer.role) != "layer":
                roles[role] = (*roles.get(role, ()), node.id)
        return roles

    @cached_property
    def _sharing(self) -> tuple[str, ...]:
        return tuple([n.id for n in self.nodes.values() if n.weights_of is not None])

    def with_nodes(self, nodes: Iterable[Node]) -> Graph:
        """The same wires between other nodes, or other states of them."""
        return self._keeping(_BY_WIRES, MappingProxyType({node.id: node for node in nodes}))

    def with_node(self, node: Node) -> Graph:
        """The same graph with this node in the place of the one with its id."""
        return self.with_states((node,))

    def with_states(self, nodes: Collection[Node]) -> Graph:
        """The same graph with these nodes in the places of those with their ids."""
        before = [self.nodes[node.id] for node in nodes]
        kept = [*_BY_WIRES, "ids", "_loose"]
        if all(b.layer.role == n.layer.role for b, n in zip(before, nodes, strict=True)):
            kept.append("_roles")
        if all(node.weights_of is None for node in (*before, *nodes)):
            kept.append("_sharing")
        states = {node.id: node for node in nodes}
        graph = self._keeping(kept, MappingProxyType(self.nodes | states))
        graph.__dict__["_before"] = (ref(self), frozenset(states))
        return graph

    def replaced_since(self, old: Graph) -> frozenset[str] | None:
        """The nodes that may differ from an earlier graph, where edits of nodes made this of it.

        None where they did not, or too long ago: the graphs have to be compared.
        """
        replaced: frozenset[str] = frozenset()
        graph: Graph | None = self
        for _ in range(MOST_STEPS):
            if graph is old:
                return replaced
            if graph is None or "_before" not in graph.__dict__:
                return None
            before, nodes = graph.__dict__["_before"]  # weak, not to keep the whole past
            graph = before()
            replaced |= nodes
        return None

    def _keeping(self, names: Iterable[str], nodes: MappingProxyType[str, Node]) -> Graph:
        """The same wires, with what is known of them or of all other nodes alike."""
        graph = Graph(nodes, self.edges)
        for name in names:
            if name in self.__dict__:
                graph.__dict__[name] = self.__dict__[name]
        return graph

    def next_port(self, node_id: str) -> int:
        """The lowest input port of a node that no edge feeds."""
        fed = {edge.port for edge in self.incoming.get(node_id, ())}
        port = 0
        while port in fed:
            port += 1
        return port

    def free_id(self, stem: str) -> str:
        """Give the first id of the form stem1, stem2 … that no node has, whatever its case."""
        taken = {node_id.lower() for node_id in self.nodes}
        number = 1
        while f"{stem}{number}".lower() in taken:
            number += 1
        return f"{stem}{number}"


_BY_WIRES = ("incoming", "outgoing", "read")
"""What a graph knows that depends on nothing but its wires."""


def _grouped(ends: Sequence[str], edges: tuple[Edge, ...]) -> Mapping[str, tuple[Edge, ...]]:
    """The edges by the node at one of their ends; most nodes have one."""
    groups: dict[str, tuple[Edge, ...]] = {}
    several: dict[str, list[Edge]] = {}  # a tuple that grows by one at a time takes n² steps
    for node_id, edge in zip(ends, edges, strict=True):
        if node_id not in groups:
            groups[node_id] = (edge,)
        elif node_id in several:
            several[node_id].append(edge)
        else:
            several[node_id] = [*groups[node_id], edge]
    groups.update((node_id, tuple(many)) for node_id, many in several.items())
    return groups


def spoken(node_id: str) -> str:
    """An id as a sentence says it: one that breaks the rules in quotes, on one line, and short."""
    if id_fault(node_id) is None:
        return node_id
    head = node_id[:LONGEST_SPOKEN]
    plain = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in head)
    return f"“{plain}{'…' if len(node_id) > LONGEST_SPOKEN else ''}”"


@lru_cache(maxsize=1 << 14)
def id_fault(node_id: str) -> str | None:
    """Say why this cannot be a node's id, or None where it can."""
    if len(node_id) > LONGEST_ID:
        return f"an id has at most {LONGEST_ID} characters"
    if not node_id.isidentifier():
        return "an id is a Python identifier: letters, digits and _, not beginning with a digit"
    if unicodedata.normalize("NFKC", node_id) != node_id:
        return "an id is written in its NFKC form"
    if keyword.iskeyword(node_id):
        return "an id is not a Python keyword"
    if node_id.startswith("_"):
        return "an id does not begin with _"
    return None


_PLAIN = re.compile(rf"(?: [A-Za-z][0-9A-Za-z_]{{0,{LONGEST_ID - 1}}})*")


def are_plain(ids: KeysView[str]) -> bool:
    """Whether all ids are legal and ASCII, told of all at once; where not, `id_fault` tells."""
    together = " ".join(["", *ids])
    is_plain = together.count(" ") == len(ids) and _PLAIN.fullmatch(together) is not None
    return is_plain and ids.isdisjoint(keyword.kwlist)
