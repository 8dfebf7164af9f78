"""The order of a graph's nodes: sources before targets, and the cycles that have none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import count
from typing import Any

from designer.core.graph import Graph
from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True)
class Order:
    """Every node that can be ordered, and the node sets of the cycles that stop the rest."""

    nodes: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of every node in the order."""
        return dict(zip(self.nodes, count(), strict=False))


def order(graph: Graph) -> Order:
    """Order the nodes topologically, as near to file order as the wires allow; name every cycle.

    As far as the file's own order is topological, as in a net that was drawn from left to right,
    it is the answer, since the first node that can come next always is the next in the file; only
    what stands behind is sorted. Linear in nodes and edges, but for a heap.
    """
    ids = graph.ids
    begin = _in_order(graph)
    if begin == len(ids):
        return Order(ids)
    # networkx takes 80 ms to import, which the first paint of the window must not wait for
    import networkx

    directed = _directed(networkx, graph, ids[begin:])
    place = {node_id: i for i, node_id in enumerate(ids)}
    ordered = list(ids[:begin])
    try:
        # consumed one by one: the acyclic part arrives before the cycle is reported
        for node_id in networkx.lexicographical_topological_sort(directed, place.__getitem__):
            ordered.append(node_id)
    except networkx.NetworkXUnfeasible:
        return Order(tuple(ordered), _cycles(networkx, directed, place))
    return Order(tuple(ordered))


def _in_order(graph: Graph) -> int:
    """How many nodes at the beginning stand behind all that they read."""
    seen: set[str] = set()
    incoming = graph.incoming
    for node_id in graph.ids:
        for edge in incoming.get(node_id, ()):
            if edge.source not in seen:
                return len(seen)
        seen.add(node_id)
    return len(seen)


def _directed(networkx: Any, graph: Graph, ids: tuple[str, ...]) -> Any:
    """These nodes as networkx sees them, with the wires between them; none of them feeds another.

    Its adjacency is laid out here at once: `add_edges_from` takes twice as long as the sort.
    """
    outgoing, incoming, no_data = graph.outgoing, graph.incoming, dict[str, Any]()
    directed = networkx.DiGraph()
    among = directed._node = dict.fromkeys(ids, no_data)
    directed._adj = {n: {e.target: no_data for e in outgoing.get(n, ())} for n in ids}
    directed._pred = {
        n: {e.source: no_data for e in incoming.get(n, ()) if e.source in among} for n in ids
    }
    return directed


def _cycles(networkx: Any, directed: Any, place: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    components = [
        component
        for component in networkx.strongly_connected_components(directed)
        if len(component) > 1 or any(directed.has_edge(node_id, node_id) for node_id in component)
    ]
    cycles = []
    for component in components:
        path = networkx.find_cycle(directed.subgraph(component))
        cycles.append(tuple(source for source, *_ in path))
    return tuple(sorted(cycles, key=lambda cycle: place[cycle[0]]))
