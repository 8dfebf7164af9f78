"""Room for unfolded composites: where everything else is shown while their frames are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from designer.core.arrangement import nearest_gap
from designer.core.design import Design
from designer.core.graph import Point
from designer.ui.canvas.scene.flow import turned_point
from designer.ui.canvas.scene.measure import GRID, NODE_WIDTH, node_height
from designer.ui.canvas.scene.parts import Shift
from designer.ui.canvas.scene.strips import Floats, Strips
from designer.ui.canvas.scene.unfold import Inside

ASIDE = 6 * GRID
"""How far what would be covered is put away from what would cover it."""

Places = dict[str, Point]


def shifted(place: Point, shifts: list[Shift]) -> Point:
    """Where a place lies when the composites left of it, above it and below it are unfolded."""
    is_down = bool(shifts) and shifts[0].is_down
    place = turned_point(place) if is_down else place
    x, y = place
    for (ux, uy), length, height, wider, upper, lower, _ in shifts:
        if place[0] >= ux + length - 1.0:
            x += wider
        elif place[0] > ux - length and place != (ux, uy):
            if place[1] >= uy + height / 2:
                y += lower
            elif place[1] < uy:
                y -= upper
    return (y, x) if is_down else (x, y)


def with_room(
    design: Design,
    places: Mapping[str, Point],
    shifts: Sequence[Shift],
    insides: Mapping[str, Inside],
) -> Places:
    """Where the top left corner of every node is shown, and of every frame of a composite.

    What a composite leads to goes to the right of its frame, as far as it stands there and not
    in another row; what leads to it stays, left of the frame. All else above it goes up and all
    below it goes down, whole rows at a time; what has no wires goes with its column. Where
    something would still cover something, what leads to a composite gives way, too, and in the
    end whatever is covered goes up or down to the nearest gap.
    """
    rooms = _Rooms(design, places, list(shifts), insides)
    found = rooms.places(may_stay=True)
    if rooms.covered(found):
        found = rooms.places(may_stay=False)
        if rooms.covered(found):
            found = rooms.apart(found)
    return found


class _Rooms:
    """Moves what is shown away from unfolded composites."""

    def __init__(
        self,
        design: Design,
        places: Mapping[str, Point],
        shifts: list[Shift],
        insides: Mapping[str, Inside],
    ) -> None:
        self._places, self._shifts = places, shifts
        self._is_down = shifts[0].is_down
        self._wired = {end for e in design.edges for end in (e.source, e.target)}
        pairs = list(zip(insides, shifts, strict=True))
        self._behind = [_beyond(design, places, name, shift, 1) for name, shift in pairs]
        self._before = [_beyond(design, places, name, shift, -1) for name, shift in pairs]
        self._insides = insides
        self._sizes = {
            name: insides[name].size if name in insides else (NODE_WIDTH, node_height(node.layer))
            for name, node in design.nodes.items()
        }
        self._heights = {name: node_height(design.nodes[name].layer) for name in insides}

    def places(self, *, may_stay: bool) -> Places:
        """Where everything is shown, with or without what leads to a composite left in place."""
        return {name: self._corner(name, self._moved(name, may_stay)) for name in self._sizes}

    def _moved(self, name: str, may_stay: bool) -> Point:
        place = self._places[name]
        if name not in self._wired:
            return shifted(place, self._shifts)
        place = turned_point(place) if self._is_down else place
        x, y = place
        for shift, behind, before in zip(self._shifts, self._behind, self._before, strict=True):
            (_, top), height = shift.place, shift.height
            if may_stay and name in before:
                continue
            if name in behind:
                x += shift.wider
            elif place[1] >= top + height / 2:
                y += shift.lower
            elif place[1] <= top - height / 2:
                y -= shift.upper
        return (y, x) if self._is_down else (x, y)

    def _corner(self, name: str, place: Point) -> Point:
        """Where the frame of a composite begins that stands folded at this place."""
        inside = self._insides.get(name)
        if inside is None:
            return place
        x, y = place
        if self._is_down:
            return (x + NODE_WIDTH / 2 - inside.axis, y)
        return (x, y + self._heights[name] / 2 - inside.axis)

    def covered(self, found: Places) -> bool:
        """Whether something lies on something else."""
        boxes = np.array([(*found[name], *self._sizes[name]) for name in found])
        rects = boxes.copy()
        rects[:, 2:] += rects[:, :2]
        one, _ = Strips(boxes).meeting(rects)
        return len(one) > len(boxes)  # each meets itself

    def apart(self, found: Places) -> Places:
        """The places, what is covered moved aside to the nearest gap; frames stay first of all."""
        across = 0 if self._is_down else 1
        placed: list[Floats] = []
        made: Places = {}
        for name in sorted(found, key=lambda name: (name not in self._insides, found[name])):
            corner, size = np.array(found[name]), np.array(self._sizes[name])
            low, high = corner - ASIDE, corner + size + ASIDE
            taken = np.array(placed).reshape(-1, 4)
            along = 1 - across
            beside = (taken[:, along] < high[along]) & (taken[:, 2 + along] > low[along])
            spans = taken[beside][:, [across, 2 + across]]
            corner[across] += nearest_gap(float(low[across]), float(high[across]), spans.tolist())
            placed.append(np.concatenate([corner, corner + size]))
            made[name] = (float(corner[0]), float(corner[1]))
        return {name: made[name] for name in found}


def _beyond(
    design: Design, places: Mapping[str, Point], node_id: str, shift: Shift, way: int
) -> set[str]:
    """What a node leads to on its right, up to where the net goes on in another row.

    With `way` -1, what leads to it from its left.
    """
    along, graph = 1 if shift.is_down else 0, design.graph
    near = shift.place[0]
    seen: set[str] = set()
    stack = [node_id]
    while stack:
        name = stack.pop()
        edges = graph.outgoing.get(name, ()) if way > 0 else graph.incoming.get(name, ())
        for edge in edges:
            other = edge.target if way > 0 else edge.source
            if other not in seen and way * (places[other][along] - near) >= shift.length - 1.0:
                seen.add(other)
                stack.append(other)
    return seen
