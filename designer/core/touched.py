"""What an edit touched, told by the identity of what it left alone."""

from __future__ import annotations

from designer.core.graph import Edge, Graph, Node
from designer.core.lean import lean_dataclass

_Pair = tuple[Node | None, Node]
"""A node before and after; None: it was not there."""


@lean_dataclass(frozen=True, slots=True)
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
    """Compare two graphs: at once where one knows what it was made of, else node by node."""
    pairs: list[_Pair]
    gone: list[Node]
    if (replaced := replaced_between(old, new)) is not None:
        pairs = [(old.nodes[node_id], new.nodes[node_id]) for node_id in replaced]
        order, gone = False, []
    else:
        pairs, order, gone = _compared(old, new)
    pairs = [(b, n) for b, n in pairs if b is None or not _alike(b, n)]
    others = [node for pair in pairs for node in pair if node is not None]
    is_rewired = old.edges is not new.edges
    return Touched(
        frozenset([node.id for _, node in pairs]),
        _rewired(old.edges, new.edges) & new.nodes.keys() if is_rewired else frozenset(),
        order,
        is_rewired,
        any(node.layer.role == "image" for node in (*others, *gone)),
    )


def replaced_between(old: Graph, new: Graph) -> frozenset[str] | None:
    """The nodes that may differ, where one graph is the other with other states of some nodes.

    None where there is nothing for it but to compare them. An undo leads from the later graph to
    the earlier.
    """
    replaced = new.replaced_since(old)
    return old.replaced_since(new) if replaced is None else replaced


def _compared(old: Graph, new: Graph) -> tuple[list[_Pair], bool, list[Node]]:
    """The nodes that are other objects, whether their order differs, and those that are gone."""
    before, after = old.nodes, new.nodes
    pairs: list[_Pair]
    pairs = [(b, n) for b, n in zip(before.values(), after.values(), strict=False) if b is not n]
    if len(before) == len(after) and all(b is not None and b.id == n.id for b, n in pairs):
        return pairs, False, []
    pairs = [(b, n) for n in after.values() if (b := before.get(n.id)) is not n]
    return pairs, True, [before[node_id] for node_id in before.keys() - after.keys()]


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
