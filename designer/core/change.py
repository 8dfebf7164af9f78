"""Change: what differs between two designs, found by the identity of what they share."""

from __future__ import annotations

from dataclasses import replace

from designer.core.design import Design
from designer.core.graph import Edge, Graph
from designer.core.lean import lean_dataclass
from designer.core.touched import replaced_between


@lean_dataclass(frozen=True, slots=True)
class Change:
    """The difference of two designs; a node that only moved is in `moved` and not in `changed`."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    edges_added: tuple[Edge, ...] = ()
    edges_removed: tuple[Edge, ...] = ()
    frames: bool = False
    settings: bool = False

    @property
    def graph(self) -> bool:
        """Whether anything that decides shapes or text differs."""
        return bool(
            self.added or self.removed or self.changed or self.edges_added or self.edges_removed
        )

    @property
    def inverse(self) -> Change:
        """The difference seen from the other side, as an undo leads back."""
        return replace(
            self,
            added=self.removed,
            removed=self.added,
            edges_added=self.edges_removed,
            edges_removed=self.edges_added,
        )


def diff(old: Design, new: Design) -> Change:
    """Compare two designs; what is the very same object in both costs nothing."""
    settings = old.name != new.name or old.data != new.data or old.training != new.training
    frames = old.frames != new.frames
    if old.graph is new.graph:
        return Change(frames=frames, settings=settings)
    before, after = old.nodes, new.nodes
    changed, moved = set(), set()
    replaced = replaced_between(old.graph, new.graph)
    for node_id in after if replaced is None else replaced:
        node, other = after[node_id], before.get(node_id)
        if other is None or other is node:
            continue
        if other.position != node.position:
            moved.add(node_id)
        if _state(other) != _state(node):
            changed.add(node_id)
    is_the_same = replaced is not None
    return Change(
        added=frozenset() if is_the_same else frozenset(after.keys() - before.keys()),
        removed=frozenset() if is_the_same else frozenset(before.keys() - after.keys()),
        changed=frozenset(changed),
        moved=frozenset(moved),
        edges_added=_lacking(old.graph, new.graph),
        edges_removed=_lacking(new.graph, old.graph),
        frames=frames,
        settings=settings,
    )


def _lacking(graph: Graph, other: Graph) -> tuple[Edge, ...]:
    """The edges of the other graph that this one does not have."""
    if graph.edges is other.edges or not other.edges:
        return ()
    if not graph.edges:
        return other.edges
    known = set(map(id, graph.edges))
    maybe = [edge for edge in other.edges if id(edge) not in known]
    incoming = graph.incoming if maybe else {}  # an equal edge may be another object
    return tuple([edge for edge in maybe if edge not in incoming.get(edge.target, ())])


def _state(node: object) -> tuple[object, ...]:
    names = ("layer", "label", "note", "weights_of", "frozen", "bypassed")
    return tuple(getattr(node, name) for name in names)
