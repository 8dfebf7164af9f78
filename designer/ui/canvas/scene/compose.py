"""From design and analysis to a picture: what is shown, where, and what is unfolded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from designer.core.analysis import Analysis
from designer.core.design import Design, Frame
from designer.core.facts import Facts
from designer.core.graph import Point
from designer.ui.canvas.scene.flow import net_runs_down, turned_point
from designer.ui.canvas.scene.frame_rect import settled_rect
from designer.ui.canvas.scene.frames import frames_of
from designer.ui.canvas.scene.level import Level, lay_level
from designer.ui.canvas.scene.measure import (
    NODE_WIDTH,
    ROOM,
    node_height,
    stretched,
    unstretched,
)
from designer.ui.canvas.scene.parts import Item, Panel, Parts, Shift
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.placement import Placement
from designer.ui.canvas.scene.room import shifted, with_room
from designer.ui.canvas.scene.shown import NOTHING, Shown
from designer.ui.canvas.scene.unfold import Inside, inside_of
from designer.ui.canvas.scene.viewport import Rect
from designer.ui.canvas.scene.wiring import Wire, Wires

Places = Mapping[str, Point]

AN_ITEM: Callable[[tuple[object, ...]], Item] = partial(tuple.__new__, Item)
"""Makes an item of a row, in a third of the time that its class takes."""


def compose(
    design: Design,
    analysis: Analysis,
    placement: Placement | None = None,
    unfolded: frozenset[str] = frozenset(),
    before: Picture | None = None,
    shown: Shown = NOTHING,
    level: Level | None = None,
) -> Picture:
    """Make the picture of a design, or of one `level` of it; `unfolded` names composites by paths.

    `shown` says which nodes show their feature maps as blocks, by the same paths. It is the same
    with or without `before`, the picture that it follows, but made sooner.
    """
    places = (placement or Placement()).places(design, analysis)
    if level is not None:
        parts = Parts(places=places, shown=shown)
        lay_level(parts, level, ROOM * shown.any)
        return Picture(design, analysis, parts, before)
    parts = Parts(places=places, shown=shown)
    insides: dict[str, Inside] = {}
    if unfolded:
        parts.is_down = net_runs_down(design.graph, places)
        insides = _insides(design, analysis, unfolded, ROOM * shown.any, parts.is_down)
    if shown.any:
        # under its own name for a moment: everything below goes by where nodes are shown
        parts.places = {
            i: stretched(place, node_height(design.nodes[i].layer)) for i, place in places.items()
        }
    parts.shifts = _shifts(design, parts.places, insides, bool(parts.is_down))
    if insides:
        _unfold(parts, design, analysis, insides)
    else:
        _lay(parts, design, analysis)
    if design.frames:
        # under the composites that are unfolded in them
        parts.panels[:0] = frames_of(design, parts)
    parts.places = places
    return Picture(design, analysis, parts, before)


def _lay(parts: Parts, design: Design, analysis: Analysis) -> None:
    """Add the nodes of a design and its wires, all of it folded."""
    nodes = design.nodes
    columns = zip(nodes, nodes.values(), map(analysis.facts.get, nodes), nodes, strict=True)
    parts.items = list(map(AN_ITEM, columns))
    parts.corners = list(map(parts.places.__getitem__, nodes))
    parts.wires = Wires.of_edges(design.edges, {name: i for i, name in enumerate(nodes)})


def _unfold(
    parts: Parts, design: Design, analysis: Analysis, insides: Mapping[str, Inside]
) -> None:
    """Add the nodes of a design, those that are unfolded as what is in them, and its wires."""
    places, facts = parts.places, analysis.facts
    numbers: dict[str, int] = {}
    corners = with_room(design, places, parts.shifts, insides)
    for node_id, node in design.nodes.items():
        item = Item(node_id, node, facts.get(node_id), node_id)
        inside = insides.get(node_id)
        if inside is not None:
            _emit(parts, numbers, item, inside, corners[node_id])
            continue
        numbers[node_id] = len(parts.items)
        parts.items.append(item)
        parts.corners.append(corners[node_id])
    for edge in design.edges:
        path, output = _begin(edge.source, edge.output, insides.get(edge.source))
        for target, port in _targets(edge.target, edge.port, insides.get(edge.target)):
            parts.wires.append(Wire(numbers[path], numbers[target], output, port, edge))


def frame_settled(picture: Picture, frame: Frame, rect: Rect) -> tuple[Point, Point]:
    """Position and size in the design of a frame that is shown as a rectangle."""
    x, y, width, height = rect
    x, y = unshifted((x, y), picture.shifts)
    if not picture.shown.any:
        return (x, y), (width, height)
    nodes = picture.design.nodes
    places = {
        n: stretched(place, node_height(nodes[n].layer)) for n, place in picture.places.items()
    }
    return settled_rect(picture.design, frame, places, (x, y, width, height))


def settled_at(picture: Picture, place: Point) -> Point:
    """The place in the design of what is shown at this one: where a node dropped there belongs."""
    folded = unshifted(place, picture.shifts)
    return unstretched(folded) if picture.shown.any else folded


def unshifted(place: Point, shifts: list[Shift]) -> Point:
    """The folded place that is shown at this one."""
    guess = place
    for _ in range(4 if shifts else 0):
        there = shifted(guess, shifts)
        guess = (guess[0] + place[0] - there[0], guess[1] + place[1] - there[1])
    return guess


def _insides(
    design: Design, analysis: Analysis, unfolded: frozenset[str], room: float, is_down: bool
) -> dict[str, Inside]:
    found = {}
    for path in sorted(unfolded):
        facts = analysis.facts.get(path)
        if facts is None or path not in design.nodes or facts.inside is None:
            continue
        known = tuple(shape for shape in facts.inputs if shape is not None)
        deeper = frozenset(p[len(path) + 1 :] for p in unfolded if p.startswith(f"{path}/"))
        inside = inside_of(facts.layer, known, deeper, room, is_down)
        if inside is not None:
            found[path] = inside
    return found


def _shifts(
    design: Design, places: Mapping[str, Point], insides: Mapping[str, Inside], is_down: bool
) -> list[Shift]:
    made = []
    for node_id, inside in insides.items():
        place, folded = places[node_id], (NODE_WIDTH, node_height(design.nodes[node_id].layer))
        whole = inside.size
        if is_down:
            place, folded, whole = turned_point(place), turned_point(folded), turned_point(whole)
        upper = inside.axis - folded[1] / 2
        lower = whole[1] - inside.axis - folded[1] / 2
        made.append(Shift(place, *folded, whole[0] - folded[0], upper, lower, is_down))
    return made


def _emit(parts: Parts, numbers: dict[str, int], item: Item, inside: Inside, corner: Point) -> None:
    """Add a frame and, recursively, the nodes and wires in it."""
    x, y = corner
    rect = (x, y, *inside.size)
    cost = item.facts.parameters if item.facts else None
    words = item.node.layer.kind()
    if cost is not None:
        words += f" · {cost:,} parameters"
    family = item.node.layer.family
    parts.panels.append(Panel(item.id, item.node.title, words, rect, family, item.owner))
    known: Mapping[str, Facts] = (item.facts.inside if item.facts else None) or {}
    for name, node in inside.nodes.items():
        path = f"{item.id}/{name}"
        px, py = inside.places[name]
        inner = Item(path, node, known.get(name), item.owner)
        if name in inside.nested:
            _emit(parts, numbers, inner, inside.nested[name], (x + px, y + py))
            continue
        numbers[path] = len(parts.items)
        parts.items.append(inner)
        parts.corners.append((x + px, y + py))
    for edge in inside.edges:
        begin = _begin(f"{item.id}/{edge.source}", edge.output, inside.nested.get(edge.source))
        nested = inside.nested.get(edge.target)
        for path, port in _targets(f"{item.id}/{edge.target}", edge.port, nested):
            wire = Wire(numbers[begin[0]], numbers[path], begin[1], port, None)
            parts.wires.append(wire)


def _begin(path: str, output: int, inside: Inside | None) -> tuple[str, int]:
    """The item whose output leaves this node, and which output of it."""
    while inside is not None:
        name, output = inside.exit
        path, inside = f"{path}/{name}", inside.nested.get(name)
    return path, output


def _targets(path: str, port: int, inside: Inside | None) -> Iterator[tuple[str, int]]:
    """The items and ports that a wire into this node leads to."""
    if inside is None:
        yield path, port
        return
    for entry in inside.entries:
        nested = inside.nested.get(entry.target)
        yield from _targets(f"{path}/{entry.target}", entry.port, nested)
