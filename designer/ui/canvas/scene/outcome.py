"""What an edit would do to what is on the canvas: worked out before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from designer.core.analysis import Analysis, analyze
from designer.core.change import Change, diff
from designer.core.design import Design
from designer.core.edit import Edit, EditRefused
from designer.core.facts import Facts
from designer.core.graph import Edge, Node, Point
from designer.core.lean import lean_dataclass as dataclass
from designer.ui.canvas.scene.flow import DOWN, RIGHT
from designer.ui.canvas.scene.measure import NODE_HEIGHT, NODE_WIDTH, ROW
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.placement import Placement
from designer.ui.canvas.scene.route import Task, route
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Rect

ABOVE = NODE_HEIGHT + 36.0
"""How far above the wire that it would stand on a node is shown where there is no room on it."""


@dataclass(frozen=True, slots=True)
class Ghost:
    """A node that would be new, or would stand elsewhere, and where it is shown."""

    node: Node
    facts: Facts | None
    place: Point


@dataclass(frozen=True)
class Outcome:
    """The differences: `added` nodes, ids that would go, words for nodes that would change."""

    added: tuple[Ghost, ...]
    removed: frozenset[str]
    words: Mapping[str, str]
    """For a node what would change in it, and the shape that it would have."""
    wires: tuple[Edge, ...]
    cut: tuple[Edge, ...]
    settings: str
    """What would change in the settings; no node shows it."""

    @property
    def nodes(self) -> frozenset[str]:
        """The nodes on the canvas that have something to do with it."""
        ends = {end for edge in (*self.wires, *self.cut) for end in (edge.source, edge.target)}
        ghosts = {ghost.node.id for ghost in self.added}
        return frozenset(self.words) | self.removed | (ends - ghosts)


def outcome_of(picture: Picture, edit: Edit, taken: Sequence[Rect] = ()) -> Outcome | None:
    """Apply an edit to the design of a picture and say what differs; None where it does not fit.

    New nodes are shown where they cover no other, and nothing of what is `taken` on the canvas.
    """
    before = picture.design
    try:
        after = edit.apply(before)
    except EditRefused:
        return None
    change = diff(before, after)
    analysis = analyze(after, previous=picture.analysis)
    names = renamed(change, before, after)
    moved = _put_elsewhere(change, before, after)
    new = (change.added - set(names.values())) | moved
    return Outcome(
        _ghosts(picture, after, analysis, new, taken),
        (change.removed - names.keys()) | moved,
        {n: w for n, w in _words(picture, change, analysis, after, names) if n not in moved},
        *_wires(change, names),
        _settings(before, after) if change.settings else "",
    )


def renamed(change: Change, before: Design, after: Design) -> dict[str, str]:
    """Old ids and new ones of nodes that only get another name: they keep their layer's object."""
    gone = {id(before.nodes[n].layer): n for n in change.removed}
    pairs = ((gone.get(id(after.nodes[n].layer)), n) for n in change.added)
    return {old: new for old, new in pairs if old is not None}


def _put_elsewhere(change: Change, before: Design, after: Design) -> frozenset[str]:
    """Nodes that are taken out and put in again where they have no place yet."""
    return frozenset(
        n
        for n, node in after.nodes.items()
        if n in before.nodes
        and node is not before.nodes[n]
        and node.position is None
        and n not in change.changed
    )


def _wires(change: Change, names: Mapping[str, str]) -> tuple[tuple[Edge, ...], tuple[Edge, ...]]:
    """New wires and those that go; what only gets another port or name is neither."""

    def key(edge: Edge, named: Mapping[str, str]) -> tuple[str, str]:
        return named.get(edge.source, edge.source), named.get(edge.target, edge.target)

    gone = {key(edge, names) for edge in change.edges_removed}
    new = {key(edge, {}) for edge in change.edges_added}
    added = tuple(edge for edge in change.edges_added if key(edge, {}) not in gone)
    cut = tuple(edge for edge in change.edges_removed if key(edge, names) not in new)
    return added, cut


# --- where new nodes are shown --------------------------------------------------------------------


def _ghosts(
    picture: Picture,
    after: Design,
    analysis: Analysis,
    new: frozenset[str] | set[str],
    taken: Sequence[Rect],
) -> tuple[Ghost, ...]:
    shown = {i.owner: tuple(picture.boxes[n, :2].tolist()) for n, i in enumerate(picture.items)}
    places = _true_places(picture, after, analysis, new, taken)
    for node_id in (n for n in (*analysis.order, *after.nodes) if n in new):
        if node_id not in places:
            where = {**shown, **places}
            places[node_id] = _place(after, node_id, where, taken, picture.is_down)
    return tuple(Ghost(after.nodes[n], analysis.facts.get(n), p) for n, p in places.items())


def _true_places(
    picture: Picture,
    after: Design,
    analysis: Analysis,
    new: frozenset[str] | set[str],
    taken: Sequence[Rect],
) -> dict[str, Point]:
    """Where the new nodes would stand, if all others keep their places; nothing where some move."""
    if not new or picture.shifts or picture.shown.any or not picture.places:
        return {}
    kept = {n: place for n, place in picture.places.items() if n in after.nodes and n not in new}
    settled = after.with_nodes(
        replace(node, position=kept.get(n, node.position)) for n, node in after.nodes.items()
    )
    places = Placement().places(settled, analysis)
    if any(places[n] != place for n, place in kept.items()):
        return {}
    found = {n: places[n] for n in new if n in places}
    return found if all(_is_free({}, taken, place) for place in found.values()) else {}


def _place(
    after: Design,
    node_id: str,
    shown: Mapping[str, Point],
    taken: Sequence[Rect],
    is_down: bool,
) -> Point:
    """On the wire where there is room, else beside it: above it, below it, or farther still."""
    graph = after.graph
    sources = [shown[e.source] for e in graph.incoming.get(node_id, ()) if e.source in shown]
    targets = [shown[e.target] for e in graph.outgoing.get(node_id, ()) if e.target in shown]
    if not sources and not targets:
        return (0.0, 0.0)
    ends = [*sources[:1], *targets[:1]]
    x = sum(p[0] for p in ends) / len(ends)
    y = sum(p[1] for p in ends) / len(ends)
    way = (0.0, DOWN.along) if is_down else (RIGHT.along, 0.0)
    back = -1.0 if targets else 1.0
    if not targets or not sources:
        x, y = x + back * way[0], y + back * way[1]
    sides = [(side, row) for row in range(4) for side in (-1, 1)]
    if is_down:
        aside = [(side * DOWN.across * (row + 1), 0.0) for side, row in sides]
    else:
        aside = [(0.0, side * (ABOVE + ROW * row)) for side, row in sides]
    places = [(x + dx, y + dy) for dx, dy in [(0.0, 0.0), *aside]]
    return next((place for place in places if _is_free(shown, taken, place)), places[1])


def _is_free(shown: Mapping[str, Point], taken: Sequence[Rect], place: Point) -> bool:
    x, y = place
    covers = any(
        left < x + NODE_WIDTH + 8.0
        and right > x - 8.0
        and top < y + NODE_HEIGHT + 2.0
        and bottom > y - 2.0
        for left, top, right, bottom in taken
    )
    return not covers and not any(
        abs(px - x) < NODE_WIDTH + 16.0 and abs(py - y) < NODE_HEIGHT + 10.0
        for px, py in shown.values()
    )


def ways_of(picture: Picture, outcome: Outcome) -> tuple[Floats, ...]:
    """How the new wires would run, around the nodes that are there and those that would be."""
    ghosts = {ghost.node.id: ghost.place for ghost in outcome.added}
    rows = {node_id: len(picture.boxes) + i for i, node_id in enumerate(ghosts)}
    boxes = np.array([(*place, NODE_WIDTH, NODE_HEIGHT) for place in ghosts.values()])

    def end(node_id: str, port: int, *, output: bool) -> tuple[Point, int] | None:
        if node_id in ghosts:
            x, y = ghosts[node_id]
            if picture.is_down:
                return (x + NODE_WIDTH / 2, y + NODE_HEIGHT * output), rows[node_id]
            return (x + NODE_WIDTH * output, y + NODE_HEIGHT / 2), rows[node_id]
        i = picture.index.get(node_id)
        return None if i is None else (picture.port_place(i, port, output=output), i)

    ends, own = [], []
    for edge in outcome.wires:
        first = end(edge.source, edge.output, output=True)
        last = end(edge.target, edge.port, output=False)
        if first is not None and last is not None:
            ends.append((*first[0], *last[0]))
            own.append((first[1], last[1]))
    if not ends:
        return ()
    every = np.concatenate([picture.boxes, boxes.reshape(-1, 4)])
    routes = route(Task(np.array(ends), every, np.array(own, dtype=np.intp), {}, picture.is_down))
    return tuple(routes.of(i) for i in range(len(ends)))


# --- words ----------------------------------------------------------------------------------------


def _words(
    picture: Picture, change: Change, analysis: Analysis, after: Design, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """For every node of the picture that differs: its settings, old → new, and its new shape."""
    before, known = picture.design.nodes, picture.analysis.facts
    for node_id, node in before.items():
        now = after.nodes.get(names.get(node_id, node_id))
        if now is None:
            continue
        words = [f"{node.name} → {now.name}"] if now.id != node_id else []
        if node_id in change.changed:
            words += _differences(node, now)
        old, new = known[node_id].outputs, analysis.facts[now.id].outputs
        if new is not None and new != old:
            words.append("→ " + " | ".join(map(str, new)))
        if words:
            yield node_id, " · ".join(words)


def _differences(old: Node, new: Node) -> Iterator[str]:
    if type(old.layer) is not type(new.layer):
        yield f"{old.layer.kind()} → {new.layer.kind()}"
    else:
        for name, was, now in zip(old.layer.names, old.layer.values, new.layer.values, strict=True):
            if was != now:
                yield f"{name} {_said(was)} → {_said(now)}"
    for name in ("bypassed", "frozen", "weights_of"):
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield f"{name.replace('_', ' ')} {_said(was)} → {_said(now)}"


def _said(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " × ".join(map(str, value)) if isinstance(value, tuple) else f"{value}"[:24]


def _settings(before: Design, after: Design) -> str:
    """What differs in the data and training settings: `batch size 1 → 32`."""
    words = []
    for old, new in ((before.training, after.training), (before.data, after.data)):
        for field in fields(old):
            was, now = getattr(old, field.name), getattr(new, field.name)
            if was != now:
                words.append(f"{field.name.replace('_', ' ')} {_said(was)} → {_said(now)}")
    return " · ".join(words)
