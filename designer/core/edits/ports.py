"""Ports after an edit: the inputs of a merge stay 0 … n − 1 without a gap."""

from __future__ import annotations

from dataclasses import replace

from designer.core.design import Design
from designer.core.graph import Edge


def close_gaps(design: Design) -> Design:
    """Renumber the ports of layers with any number of inputs; an edge in order stays itself."""
    if all(_in_order(edges) for _, edges in _merges(design)):
        return design
    renumbered: dict[int, Edge] = {}
    for _, edges in _merges(design):
        ordered = sorted(edges, key=lambda edge: edge.port)
        ports = {port: i for i, port in enumerate(dict.fromkeys(e.port for e in ordered))}
        renumbered |= {id(e): replace(e, port=ports[e.port], port_name=None) for e in ordered}
    edges = tuple(renumbered.get(id(edge), edge) for edge in design.edges)
    return design.with_nodes(design.nodes.values(), edges)


def _merges(design: Design) -> list[tuple[str, tuple[Edge, ...]]]:
    incoming = design.graph.incoming
    return [(n, e) for n, e in incoming.items() if design.nodes[n].layer.inputs is None]


def _in_order(edges: tuple[Edge, ...]) -> bool:
    ports = {edge.port for edge in edges}
    return max(ports) == len(ports) - 1
