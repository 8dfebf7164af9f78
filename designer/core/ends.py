"""The ends of a net: which nodes take the images, and which give the results."""

from __future__ import annotations

from designer.core.graph import Graph, Node


def images(graph: Graph) -> tuple[Node, ...]:
    """The nodes that take an image from outside, in file order."""
    return graph.with_role("image")


def outputs(graph: Graph) -> tuple[Node, ...]:
    """The nodes whose values the net returns, in file order.

    Where Output marks stand, these; else every node that nobody reads: exactly one in a valid
    design.
    """
    return graph.with_role("output") or unread(graph)


def unread(graph: Graph) -> tuple[Node, ...]:
    """The nodes that compute a value which nobody reads; outputs are marked by being read."""
    return tuple(node for node in graph.loose if node.layer.role != "output")
