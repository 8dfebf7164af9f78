"""What gestures and keys ask for, as edits of the design."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from designer.core.arrangement import framed
from designer.core.design import Design
from designer.core.edit import Edit
from designer.core.edits import (
    AddNode,
    Disconnect,
    InsertOnEdge,
    Move,
    Paste,
    RemoveNodes,
    ReplaceLayer,
    SetFrames,
    Several,
)
from designer.core.graph import Edge, Graph, Node, Point
from designer.core.layer import Layer
from designer.core.layout import arrange
from designer.storage.fragment import Fragment, fresh
from designer.ui.canvas.scene.compose import settled_at
from designer.ui.canvas.scene.flow import DOWN, RIGHT, Steps, turned_point
from designer.ui.canvas.scene.legal import output_shape, takes
from designer.ui.canvas.scene.measure import (
    NODE_HEIGHT,
    NODE_WIDTH,
    ROW,
    near,
    node_height,
    snapped,
)
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.placement import (
    MARGINS,
    descendants,
    free_place,
    gap,
    is_placed,
    size_of,
)

NEAR_ROW = 28.0


def settled(edit: Edit, picture: Picture) -> Edit:
    """The edit, with every node first put where it is shown: from now on places are kept."""
    design = picture.design
    nodes = design.nodes
    shown = {
        node_id: place
        for node_id, place in picture.places.items()
        if nodes[node_id].position != place
    }
    if not shown:
        return edit
    first: list[Edit] = [Move(shown)]
    if not all(is_placed(design, frame) for frame in design.frames):
        sizes = {node_id: size_of(node) for node_id, node in nodes.items()}
        around = framed(design.frames, picture.places, sizes, MARGINS)
        pairs = zip(design.frames, around, strict=True)
        first.append(SetFrames(tuple(f if is_placed(design, f) else new for f, new in pairs)))
    return Several(edit.label, (*first, edit))


def folded(picture: Picture, place: Point) -> Point:
    """The position in the design of what is shown at a place, on the grid."""
    x, y = settled_at(picture, place)
    return (snapped(x), snapped(y))


def new_node(design: Design, layer: Layer, position: Point | None = None) -> Node:
    """A node of this layer under the next free name."""
    return Node(design.graph.free_id(layer.stem()), layer, position)


def dropped(
    picture: Picture, layer: Layer, centre: Point, *, aside: bool = False
) -> tuple[Edit, str]:
    """Add a node whose middle is shown at a place, or `aside` of what stands there already."""
    x, y = centre[0] - NODE_WIDTH / 2, centre[1] - node_height(layer) / 2
    place = folded(picture, (x, y))
    node = new_node(picture.design, layer, free_place(picture.places, place) if aside else place)
    return settled(AddNode(node), picture), node.id


def follower(picture: Picture, layer: Layer, after: str, output: int = 0) -> tuple[Edit, str]:
    """Add a node behind another one, wired to it where it has an input.

    Where the other feeds exactly one node already, the new one is put between them.
    """
    design = picture.design
    readers = [e for e in design.graph.outgoing.get(after, ()) if e.output == output]
    if len(readers) == 1 and layer.inputs != 0 and layer.role == "layer":
        return inserted(picture, readers[0], new_node(design, layer))
    places, steps, turn = _as_it_runs(picture)
    x, y = places[after]
    node = new_node(design, layer, turn(free_place(places, (x + steps.along, y), steps)))
    edges = () if layer.inputs == 0 else (Edge(after, node.id, 0, output),)
    return settled(AddNode(node, edges), picture), node.id


def inserted(
    picture: Picture, edge: Edge, node: Node, centre: Point | None = None, *, room: bool = True
) -> tuple[Edit, str]:
    """Put a node, new or standing already, on a wire; what comes after it makes room.

    `centre` is where the node's middle was dropped; without it the node stands beside the wire's
    source. Without `room` nothing else moves.
    """
    design = picture.design
    places, steps, turn = _as_it_runs(picture)
    (sx, sy), (tx, ty) = places[edge.source], places[edge.target]
    found = gap(places, (sx, sy), (tx, ty), steps) if centre is None else None
    wanted, room = found or (sx + steps.along, sy), room and found is None
    if centre is not None:
        wanted = turn(folded(picture, (centre[0] - NODE_WIDTH / 2, centre[1] - NODE_HEIGHT / 2)))
    x, y = wanted
    if room:
        x = max(sx + steps.along, min(x, tx - steps.along))
        rows = [row for row in (sy, ty) if abs(row - y) <= NEAR_ROW]
        y = min(rows, key=lambda row: abs(row - y)) if rows else y
    moves: dict[str, Point] = {}
    push = x + steps.along - tx
    if room and push > 0 and tx > sx:
        behind = (descendants(design.graph, edge.target) | {edge.target}) - {node.id}
        moves = {i: turn((places[i][0] + push, places[i][1])) for i in behind}
    if node.id in design.nodes:
        moves[node.id] = turn((x, y))
    edit: Edit = InsertOnEdge(edge, replace(node, position=turn((x, y))))
    if moves:
        edit = Several(edit.label, (Move(moves), edit))
    return settled(edit, picture), node.id


def _as_it_runs(
    picture: Picture,
) -> tuple[Mapping[str, Point], Steps, Callable[[Point], Point]]:
    """The places of the nodes as if the net ran to the right, and what turns a place back."""
    if picture.is_down:
        return {n: turned_point(p) for n, p in picture.places.items()}, DOWN, turned_point
    return picture.places, RIGHT, lambda place: place


def replaced(picture: Picture, node: str, kind: type[Layer]) -> Edit:
    """Put another layer into a node, with the parameters that both have and both allow."""
    before = picture.design.nodes[node].layer
    kept = {
        parameter.name: getattr(before, parameter.name)
        for parameter in kind.parameters()
        if parameter.name in before.names and not parameter.fault(getattr(before, parameter.name))
    }
    return settled(ReplaceLayer(node, kind(**kept)), picture)


def removal(nodes: frozenset[str], edges: frozenset[Edge]) -> Edit | None:
    """Remove what is selected; chains are joined again."""
    edits: list[Edit] = []
    if edges:
        edits.append(Disconnect(tuple(edges)))
    if nodes:
        edits.append(RemoveNodes(nodes))
    if len(edits) == 2:
        return Several(edits[1].label, tuple(edits))
    return edits[0] if edits else None


def pasted(
    picture: Picture,
    given: Fragment,
    at: Point | None = None,
    verb: str = "paste",
    *,
    wired: bool = False,
) -> tuple[Edit, Fragment]:
    """Put copies of nodes, and of the wires and frames that belong to them, into the design.

    They get free names. `at` is where the middle of the copies is shown; without it they stand
    below the originals. `wired` keeps the wires that come into them from elsewhere, too.
    """
    design = picture.design
    copies = fresh(given, design.graph)
    places = {n.id: near(n.position) for n in copies.nodes if n.position is not None}
    is_laid_out = len(places) < len(copies.nodes)
    if is_laid_out:
        graph = Graph.of(copies.nodes, copies.edges)
        places = arrange(graph, {n.id: size_of(n) for n in copies.nodes}, ())
    corners = [near(frame.position) for frame in copies.frames]
    dx, dy = _offset([*places.values(), *corners], picture, at)
    made = tuple(
        replace(n, position=(snapped(places[n.id][0] + dx), snapped(places[n.id][1] + dy)))
        for n in copies.nodes
    )
    led = tuple(
        replace(e, via=() if is_laid_out else tuple((x + dx, y + dy) for x, y in e.via))
        for e in copies.edges
    )
    frames = tuple(
        replace(frame, position=(snapped(x + dx), snapped(y + dy)))
        for frame, (x, y) in zip(copies.frames, corners, strict=True)
    )
    inputs = tuple(replace(e, via=()) for e in copies.inputs) if wired else ()
    edit: Edit = Paste(made, (*led, *inputs), verb)
    if frames:
        edit = Several(
            edit.label if made else f"{verb} {'a comment' if not frames[0].title else 'a frame'}",
            (*([edit] if made else []), SetFrames((*design.frames, *frames))),
        )
    return settled(edit, picture), Fragment(made, led, inputs, frames)


def _offset(corners: Sequence[Point], picture: Picture, at: Point | None) -> Point:
    lefts, tops = zip(*corners, strict=True)
    if at is None:
        depth = max(tops) - min(tops) + ROW
        return (0.0, depth)
    x, y = settled_at(picture, at)
    middle = ((min(lefts) + max(lefts) + NODE_WIDTH) / 2, (min(tops) + max(tops) + NODE_HEIGHT) / 2)
    return (x - middle[0], y - middle[1])


def fitting(
    picture: Picture, catalogue: Mapping[str, type[Layer]], source: str | None, output: int = 0
) -> list[type[Layer]]:
    """The layers that could stand behind an output: all of them where there is none."""
    if source is None:
        return list(catalogue.values())
    shape = output_shape(picture.analysis, source, output)
    return [kind for kind in catalogue.values() if takes(kind(), shape)]


def fits(picture: Picture, edge: Edge, layer: Layer) -> bool:
    """Whether a layer could be put on a wire without a fault of its own."""
    return takes(layer, output_shape(picture.analysis, edge.source, edge.output))
