"""Every template as it is drawn when it is laid out: no wires cross, none runs through a node."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from designer.core.analysis import analyze
from designer.core.arrangement import arranged
from designer.core.layout import Direction
from designer.storage.templates import TEMPLATES, Template, template
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.placement import MARGINS, size_of

COMPOSITES = {"inception-small": frozenset({"inception"})}


def drawn(which: Template, direction: Direction) -> Picture:
    design = which.design()
    analysis = analyze(design)
    sizes = {node.id: size_of(node) for node in design.nodes.values()}
    made = arranged(design.graph, sizes, analysis.order, (), MARGINS, direction)
    nodes = [replace(node, position=made.places[node.id]) for node in design.nodes.values()]
    edges = [replace(edge, via=()) for edge in design.edges]
    placed = replace(design.with_nodes(nodes, edges), frames=())
    return compose(placed, analyze(placed), unfolded=COMPOSITES.get(which.name, frozenset()))


def crossings(picture: Picture) -> set[tuple[int, int]]:
    """The pairs of wires of which a straight piece of one crosses a piece of the other."""
    pieces = picture.routes.segments
    wire = np.repeat(np.arange(len(picture.wires)), np.diff(picture.routes.starts) - 1)
    low, high = np.minimum(pieces[:, :2], pieces[:, 2:]), np.maximum(pieces[:, :2], pieces[:, 2:])
    found = set()
    by_left = np.argsort(low[:, 0], kind="stable")
    low, high, pieces, wire = low[by_left], high[by_left], pieces[by_left], wire[by_left]
    last = np.searchsorted(low[:, 0], high[:, 0], side="right")
    for i in range(len(pieces)):
        others = np.arange(i + 1, last[i])
        others = others[(low[others, 1] <= high[i, 1]) & (high[others, 1] >= low[i, 1])]
        others = others[wire[others] != wire[i]]
        if len(others):
            mine = np.broadcast_to(pieces[i], (len(others), 4))
            parted = _parted(mine, pieces[others]) & _parted(pieces[others], mine)
            for other in wire[others[parted]].tolist():
                found.add((min(int(wire[i]), other), max(int(wire[i]), other)))
    return found


def _parted(lines: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Whether the ends of the others lie on different sides of each line."""
    along = lines[:, 2:] - lines[:, :2]
    sides = []
    for end in (others[:, :2], others[:, 2:]):
        away = end - lines[:, :2]
        sides.append(np.round(along[:, 0] * away[:, 1] - along[:, 1] * away[:, 0], 6))
    return np.sign(sides[0]) * np.sign(sides[1]) < 0


def run_through(picture: Picture) -> list[tuple[str, str]]:
    """The wires, by their sources, and the nodes that they run through."""
    found = []
    for w in range(len(picture.wires)):
        points = picture.routes.of(w)
        steps = np.linspace(0.0, 1.0, 9)[:, None, None]
        points = (points[:-1] + (points[1:] - points[:-1]) * steps).reshape(-1, 2)
        low, high = points.min(axis=0), points.max(axis=0)
        x, y, width, height = picture.boxes.T
        near = (x < high[0]) & (x + width > low[0]) & (y < high[1]) & (y + height > low[1])
        near[[picture.source[w], picture.target[w]]] = False
        for i in np.flatnonzero(near).tolist():
            inside = (points > picture.boxes[i, :2] + 1) & (
                points < picture.boxes[i, :2] + picture.boxes[i, 2:] - 1
            )
            if inside.all(axis=1).any():
                found.append((picture.items[int(picture.source[w])].id, picture.items[i].id))
    return found


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("which", TEMPLATES, ids=lambda which: which.name)
def test_no_wires_cross(which: Template, direction: Direction) -> None:
    picture = drawn(which, direction)
    # as many as fast-sugiyama leaves: none (tests/core/test_untangle.py)
    assert crossings(picture) == set()
    assert run_through(picture) == []
    assert picture.is_down == (direction == "down")


def test_what_crosses_is_seen() -> None:
    picture = drawn(template("inception-small"), "right")
    ends = [picture.index["relu1x1"], picture.index["relu4"]]
    picture.boxes[ends] = picture.boxes[ends[::-1]]
    picture.reroute()
    assert crossings(picture)
