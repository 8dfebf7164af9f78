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

    directed: Any = networkx.DiGraph()
    directed.add_nodes_from(graph.nodes)
    directed.add_edges_from([(edge.source, edge.target) for edge in graph.edges])
    ordered: list[str] = []
    try:
        # consumed one by one: the acyclic part arrives before the cycle is reported
        for node_id in networkx.topological_sort(directed):
            ordered.append(node_id)
    except networkx.NetworkXUnfeasible:
        return Order(tuple(ordered), _cycles(networkx, directed, graph))
    return Order(tuple(ordered))


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
