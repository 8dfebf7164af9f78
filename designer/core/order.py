"""The order of a graph's nodes: sources before targets, and the cycles that have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.core.graph import Graph


@dataclass(frozen=True, slots=True)
class Order:
    """Every node that can be ordered, and the node sets of the cycles that stop the rest."""

    nodes: tuple[str, ...]
    cycles: tuple[tuple[str, ...], ...] = ()


def order(graph: Graph) -> Order:
    """Order the nodes topologically, in O(nodes + edges); name every cycle once."""
    # networkx takes 80 ms to import, which the first paint of the window must not wait for
    import networkx

    directed = _directed(networkx, graph)
    ordered: list[str] = []
    try:
        # consumed one by one: the acyclic part arrives before the cycle is reported
        for node_id in networkx.topological_sort(directed):
            ordered.append(node_id)
    except networkx.NetworkXUnfeasible:
        return Order(tuple(ordered), _cycles(networkx, directed, graph))
    return Order(tuple(ordered))


def _directed(networkx: Any, graph: Graph) -> Any:
    """The graph as networkx sees it.

    Its adjacency is laid out here at once: `add_edges_from` takes twice as long as the sort.
    """
    outgoing, incoming, ids, no_data = graph.outgoing, graph.incoming, graph.nodes, dict[str, Any]()
    directed = networkx.DiGraph()
    directed._node = dict.fromkeys(ids, no_data)
    directed._adj = {n: {e.target: no_data for e in outgoing.get(n, ())} for n in ids}
    directed._pred = {n: {e.source: no_data for e in incoming.get(n, ())} for n in ids}
    return directed


def _cycles(networkx: Any, directed: Any, graph: Graph) -> tuple[tuple[str, ...], ...]:
    loops = {edge.source for edge in graph.edges if edge.source == edge.target}
    components = [
        component
        for component in networkx.strongly_connected_components(directed)
        if len(component) > 1 or component & loops
    ]
    cycles = []
    for component in components:
        path = networkx.find_cycle(directed.subgraph(component))
        cycles.append(tuple(source for source, *_ in path))
    place = {node_id: i for i, node_id in enumerate(graph.nodes)}
    return tuple(sorted(cycles, key=lambda cycle: place[cycle[0]]))
