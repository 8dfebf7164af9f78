"""The order: sources before targets, file order where the wires allow it, cycles named."""

from __future__ import annotations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from designer.core.graph import Edge, Graph, Node
from designer.core.order import order
from designer.layers import CATALOGUE

MERGE = CATALOGUE["Concat"]()


def graph(count: int, pairs: list[tuple[int, int]]) -> Graph:
    nodes = [Node(f"n{i}", MERGE) for i in range(count)]
    ports: dict[int, int] = {}
    edges = []
    for source, target in pairs:
        ports[target] = ports.get(target, -1) + 1
        edges.append(Edge(f"n{source}", f"n{target}", ports[target]))
    return Graph.of(nodes, edges)


PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=14)


@given(PAIRS)
def test_sources_come_first_and_what_hangs_on_a_cycle_is_left_out(pairs):
    net = graph(8, pairs)
    found = order(net)
    place = {node_id: i for i, node_id in enumerate(found.nodes)}
    directed = networkx.DiGraph([(e.source, e.target) for e in net.edges])
    directed.add_nodes_from(net.nodes)
    on_cycles = {n for cycle in found.cycles for n in cycle}
    behind = {d for n in on_cycles for d in networkx.descendants(directed, n)}
    assert set(net.nodes) - set(place) == on_cycles | behind
    assert bool(found.cycles) == (not networkx.is_directed_acyclic_graph(directed))
    for edge in net.edges:
        if edge.target in place:
            assert place[edge.source] < place[edge.target]


@given(PAIRS)
def test_the_order_is_the_first_in_file_order_of_all_that_are_possible(pairs):
    net = graph(8, [pair for pair in pairs if pair[0] != pair[1]])
    directed = networkx.DiGraph([(e.source, e.target) for e in net.edges])
    directed.add_nodes_from(net.nodes)
    if networkx.is_directed_acyclic_graph(directed):
        place = list(net.nodes).index
        wanted = networkx.lexicographical_topological_sort(directed, place)
        assert order(net).nodes == tuple(wanted)


def test_a_wire_to_itself_and_a_ring_are_two_cycles():
    found = order(graph(5, [(0, 1), (1, 1), (2, 3), (3, 4), (4, 2)]))
    assert found.nodes == ("n0",)
    assert found.cycles == (("n1",), ("n2", "n3", "n4"))
