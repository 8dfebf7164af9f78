"""What an edit touched, told by the identity of what it left alone."""

from __future__ import annotations

from dataclasses import dataclass

from designer.core.graph import Edge, Graph, Node


@dataclass(frozen=True, slots=True)
class Touched:
    """The difference of two graphs, as far as an analysis of the new one cares.

    An equal copy counts as another node or wire: it costs a question, and no answer differs.
    """

    nodes: frozenset[str] = frozenset()
    """Nodes of the new graph that are new, or differ in more than place and words."""
    wired: frozenset[str] = frozenset()
    """Nodes of the new graph with a wire that is new or gone, at either end."""
    order: bool = False
    """Whether the file's order, or what stands in it, is another."""
    wires: bool = False
    """Whether the wires differ."""
    images: bool = False
    """Whether an image was changed, added or removed."""


def touched(old: Graph, new: Graph) -> Touched:
    """Compare two graphs; linear in the nodes, and in the wires where an edit changed any."""
    before, after = old.nodes, new.nodes
    pairs: list[tuple[Node | None, Node]]
    pairs = [(b, n) for b, n in zip(before.values(), after.values(), strict=False) if b is not n]
    order = len(before) != len(after) or any(b is None or b.id != n.id for b, n in pairs)
    gone: list[Node] = []
    if order:
        pairs = [(b, n) for n in after.values() if (b := before.get(n.id)) is not n]
        gone = [before[node_id] for node_id in before.keys() - after.keys()]
    pairs = [(b, n) for b, n in pairs if b is None or not _alike(b, n)]
    others = [node for pair in pairs for node in pair if node is not None]
    return Touched(
        frozenset([node.id for _, node in pairs]),
        _rewired(old.edges, new.edges) & after.keys()
        if old.edges is not new.edges
        else frozenset(),
        order,
        old.edges is not new.edges,
        any(node.layer.role == "image" for node in (*others, *gone)),
    )


def _rewired(old: tuple[Edge, ...], new: tuple[Edge, ...]) -> frozenset[str]:
    kept = set(map(id, old)) & set(map(id, new))
    edges = [edge for edge in (*old, *new) if id(edge) not in kept]
    return frozenset([end for edge in edges for end in (edge.source, edge.target)])


def _alike(old: Node, new: Node) -> bool:
    """Whether two states of a node differ at most in where it stands and what is written on it."""
    return (
        old.layer is new.layer
        and old.bypassed == new.bypassed
        and old.weights_of == new.weights_of
        and old.frozen == new.frozen
    )
