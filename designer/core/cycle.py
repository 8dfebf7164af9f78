"""A cycle: the way by which a wire would close one, and what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Sequence

from designer.core.graph import Graph, spoken

MOST_NAMED = 8
"""Nodes of a cycle that a sentence names; of a longer one the first and the last."""


def way(graph: Graph, first: str, last: str) -> tuple[str, ...] | None:
    """The nodes of a shortest way along wires from one node to another, both included.

    None where there is none; O(nodes + edges). From a node to itself it is that node alone.
    """
    outgoing = graph.outgoing
    before: dict[str, str] = {}
    seen, front = {first}, [first]
    while front and last not in seen:
        reached = []
        for node_id in front:
            for edge in outgoing.get(node_id, ()):
                if edge.target not in seen:
                    seen.add(edge.target)
                    before[edge.target] = node_id
                    reached.append(edge.target)
        front = reached
    if last not in seen:
        return None
    path = [last]
    while path[-1] != first:
        path.append(before[path[-1]])
    return tuple(reversed(path))


def reason(path: Sequence[str]) -> str:
    """What is wrong with nodes of which each reads the one before it, and the first the last."""
    named = [spoken(node_id) for node_id in path]
    if len(named) > MOST_NAMED:
        half = MOST_NAMED // 2
        named[half:-half] = [f"… ({len(named) - MOST_NAMED} more)"]
    said = " → ".join([*named, named[0]])
    return f"{said} is a cycle, and a net computes each node once, from what comes before it"
