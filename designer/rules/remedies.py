"""Remedies for faults that layers and wires tell of, found in what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.core import ends
from designer.core.diagnostic import Diagnostic, Fix
from designer.core.edit import Edit
from designer.core.edits import (
    AddNode,
    Connect,
    InsertOnEdge,
    RemoveNodes,
    SetSharedParam,
    Several,
)
from designer.core.facts import Facts
from designer.core.graph import Edge, Node
from designer.core.layer import OutOfRange, Refused
from designer.core.rule import Remedy, Scene
from designer.core.shape import Shape
from designer.layers.activations import Activation
from designer.layers.adaptive import GlobalAvgPool2d
from designer.rules.structure import AddInput, image_layer


def feed(scene: Scene, fault: Diagnostic) -> Iterable[Fix]:
    """An unfed input: what nobody reads and would fit, or an Input where there is none."""
    node = scene.design.nodes[fault.node or ""]
    port = fault.port or 0
    found = [source for source in _unread(scene, node) if _takes(scene, node, port, source)]
    if len(found) == 1:
        source = found[0]
        edge = Edge(source.id, node.id, port)
        yield Fix(f"Connect {source.name} to {node.name}", Connect(edge))
    elif not found and not ends.images(scene.design.graph):
        yield Fix(f"Add an Input before {node.name}", AddInput(node.id, port, image_layer(scene)))


def _unread(scene: Scene, node: Node) -> Iterator[Node]:
    """The nodes whose value is known and read by nobody, and that do not depend on this one."""
    for other in scene.design.graph.loose:
        if other is not node and other.layer.role != "output" and scene.facts[other.id].outputs:
            yield other


def _takes(scene: Scene, node: Node, port: int, source: Node) -> bool:
    """Whether a node would take what another one gives at a port, beside what it has already."""
    x = scene.facts[source.id].output
    known: list[Shape | None] = list(scene.facts[node.id].inputs) or [None] * (port + 1)
    if x is None or port >= len(known):
        return False
    known[port] = x
    return None in known or _gives(node, *(shape for shape in known if shape)) is not None


def _gives(node: Node, *inputs: Shape) -> Shape | None:
    if node.layer.limit_faults:
        return None
    try:
        return node.layer.infer(*inputs)[0]
    except (Refused, OutOfRange):
        return None


def keep_maps(scene: Scene, fault: Diagnostic) -> Iterable[Fix]:
    """Maps that became a vector too early: as means that could be maps of 1 × 1, or laid out."""
    node = scene.design.nodes[fault.node or ""]
    yield from keep_dims(scene, fault)
    flattener = _flattener(scene, node)
    if flattener is None:
        return
    shape = scene.facts[flattener.id].inputs[0]
    assert shape is not None
    place = _last_of_maps(scene, flattener, shape, node)
    if place is None:
        return
    out = RemoveNodes(frozenset({flattener.id}))
    moved = Node(flattener.id, flattener.layer, None, flattener.label, flattener.note)
    label = f"Move {flattener.name} behind {place.name}"
    readers = scene.reading(place.id)
    put: Edit = AddNode(moved, (Edge(place.id, moved.id),))
    if len(readers) == 1:
        put = InsertOnEdge(readers[0], moved)
    elif readers:
        return
    yield Fix(label, Several(label[0].lower() + label[1:], (out, put)))


def keep_dims(scene: Scene, fault: Diagnostic) -> Iterable[Fix]:
    """Means of maps that a layer for maps reads, as in a gate: let them be maps of 1 × 1."""
    node = scene.design.nodes[fault.node or ""]
    given = scene.facts[node.id].inputs
    for edge in scene.feeding(node.id):
        mean = _behind_activations(scene, edge)
        layer, x = mean.layer, given[edge.port]
        if not isinstance(layer, GlobalAvgPool2d) or layer.keepdim or mean.bypassed or x is None:
            continue
        kept = (*given[: edge.port], Shape((x.channels, 1, 1)), *given[edge.port + 1 :])
        if len(scene.reading(mean.id)) == 1 and _gives(node, *(y for y in kept if y)) is not None:
            yield Fix(f"Set keepdim of {mean.name}", SetSharedParam(mean.id, "keepdim", True))


def _behind_activations(scene: Scene, edge: Edge) -> Node:
    """The node whose values a wire brings, bent by activations at most."""
    node = scene.design.nodes[edge.source]
    while isinstance(node.layer, Activation) and len(scene.reading(node.id)) == 1:
        node = scene.design.nodes[scene.feeding(node.id)[0].source]
    return node


def _flattener(scene: Scene, node: Node) -> Node | None:
    """The node up the chain that made a vector of maps, and that nothing else reads."""
    seen = {node.id}
    while len(edges := scene.feeding(node.id)) == 1:
        node = scene.design.nodes[edges[0].source]
        facts = scene.facts[node.id]
        if node.id in seen or len(scene.reading(node.id)) != 1:
            return None
        seen.add(node.id)
        if _flattens(facts):
            return node
    return None


def _flattens(facts: Facts) -> bool:
    x, y = facts.inputs[0] if facts.inputs else None, facts.output
    is_same = x is not None and y is not None and x.numel == y.numel
    return is_same and x is not None and y is not None and (len(x), len(y)) == (3, 1)


def _last_of_maps(scene: Scene, flattener: Node, shape: Shape, needing: Node) -> Node | None:
    """How far down the chain the maps would reach if they were not laid out here.

    None where that is not as far as the node that needs them: a Linear between takes no maps.
    """
    node = flattener
    edges = scene.reading(node.id)
    seen = {node.id}
    while len(edges) == 1:
        reader = scene.design.nodes[edges[0].target]
        made = _gives(reader, shape) if len(scene.feeding(reader.id)) == 1 else None
        if made is None or len(made) != 3 or reader.id in seen or reader.layer.role != "layer":
            break
        node, shape = reader, made
        seen.add(node.id)
        edges = scene.reading(node.id)
    return node if needing.id in seen else None


RULES = (
    Remedy("missing-input", feed),
    Remedy("needs-image", keep_maps),
    Remedy("sizes-differ", keep_dims),
)
