"""Adding a layer by its name: after the node that is selected, where that makes sense."""

from __future__ import annotations

from designer.core.design import Design
from designer.core.edit import Edit
from designer.core.edits import AddNode, InsertOnEdge
from designer.core.graph import Edge, Node, Point
from designer.core.layer import Layer

STEP_X = 196.0
STEP_Y = 78.0
_NEAR = (160.0, 56.0)


def adding(design: Design, layer: Layer, after: str | None) -> tuple[Edit, str]:
    """The edit that adds a layer after a node, and the new node's id.

    A node with one reader gets the layer between them; otherwise the layer reads the node;
    without a node it stands alone.
    """
    new = design.graph.free_id(layer.stem())
    source = design.nodes.get(after) if after else None
    node = Node(new, layer, _place(design, source))
    if source is None or layer.inputs == 0 or source.layer.output_count == 0:
        return AddNode(node), new
    readers = design.graph.outgoing.get(source.id, ())
    if len(readers) == 1 and layer.inputs == 1:
        return InsertOnEdge(readers[0], node), new
    return AddNode(node, (Edge(source.id, new),)), new


def _place(design: Design, source: Node | None) -> Point | None:
    """A free place to the right of a node, or below everything; None lets the layout choose."""
    taken = [node.position for node in design.nodes.values() if node.position is not None]
    if source is None:
        if not taken:
            return None if design.nodes else (0.0, 0.0)
        return (min(x for x, _ in taken), max(y for _, y in taken) + STEP_Y)
    if source.position is None:
        return None
    x, y = source.position[0] + STEP_X, source.position[1]
    while any(abs(x - a) < _NEAR[0] and abs(y - b) < _NEAR[1] for a, b in taken):
        y += STEP_Y
    return (x, y)
