"""The picture: the design as arrays, ready to be painted and asked what lies where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.core.graph import Edge, Point
from designer.ui.canvas.scene.apart import Apart, Near
from designer.ui.canvas.scene.look import Look, Maps, Mark, Ports, look_of
from designer.ui.canvas.scene.measure import LIFT, NODE_WIDTH, ROOM, STRETCH, port_offset, stretched
from designer.ui.canvas.scene.parts import Panel, Parts
from designer.ui.canvas.scene.route import Routes, Task, direct, route
from designer.ui.canvas.scene.shown import ALONE, BELOW, middle_of_block
from designer.ui.canvas.scene.solid import Solid, solids
from designer.ui.canvas.scene.strips import Floats, Ints
from designer.ui.canvas.scene.wiring import Wiring

Known = tuple[tuple[Task, Routes], ...]
"""How wires were led lately: most edits move nothing, and an undo puts all where it was."""
KEPT = 3
SELECTED, HOVERED, ERROR = Mark.SELECTED.value, Mark.HOVERED.value, Mark.ERROR.value
"""As plain numbers, which numpy takes eight times faster than an enumeration's."""
Home = tuple[Floats, Floats, Routes, dict[int, tuple[Point, ...]]]
"""Boxes, ends, routes and given points as they were before something was moved."""

RETURN = "↵"
"""The sign of the Return key."""


class Picture:
    """Items, wires and panels as a structure of arrays, with the marks that the view puts on them.

    `boxes` is N × 4 (x, y, width, height) and `ends` E × 4 (x1, y1, x2, y2), both in canvas units.
    """

    def __init__(
        self, design: Design, analysis: Analysis, parts: Parts, before: Picture | None = None
    ) -> None:
        self.design = design
        self.analysis = analysis
        self.places = parts.places
        self.shifts = parts.shifts
        self.items = parts.items
        self.wires = parts.wires
        self.panels = parts.panels
        self._rects: tuple[list[Panel], Floats] = ([], np.empty((0, 4)))
        self.index = {item.id: i for i, item in enumerate(parts.items)}
        count = len(self.items)
        kinds = parts.kinds
        self.families, self.family = kinds.families, kinds.family
        self.boxes: Floats = np.empty((count, 4))
        self.boxes[:, :2] = np.fromiter(
            chain.from_iterable(parts.corners), float, 2 * count
        ).reshape(-1, 2)
        self.boxes[:, 2], self.boxes[:, 3] = NODE_WIDTH, kinds.heights
        self.heights: Floats = kinds.heights
        """Of the cards, without the blocks below them."""
        self.shown = parts.shown
        self.lift = LIFT if parts.shown.alone else 0.0
        self._wiring = Wiring(self.wires, kinds, self.boxes, parts.is_down, self.lift)
        self.is_down = self._wiring.is_down
        """Whether wires come from above and leave below, as the net runs from the top down."""
        if parts.shown.any:
            self._make_room()
        self.source, self.target = self._wiring.source, self._wiring.target
        self.item_mark = np.zeros(count, dtype=np.int32)
        self.wire_mark = np.zeros(len(self.wires), dtype=np.int32)
        self.chosen: frozenset[str] = frozenset()
        self.framed: int | None = None
        """The frame of the design that is selected."""
        self.mend_key = RETURN
        """The key that mends, as a card says it."""
        self.dot: tuple[Edge, int] | None = None
        """The point that is selected, of those that a wire is led through."""
        self.faults: dict[int, Diagnostic] = {}
        self._find_faults()
        self._looks: dict[int, Look] = {}
        self._bounds: tuple[float, float, float, float] | None = None
        self._sides: Floats | None = None
        self._moving: tuple[Ints, Ints] | None = None
        self._apart: Apart | None = None
        self._near: Near | None = None
        self._known: Known = before._known if before is not None else ()
        self._home: Home | None = None
        self.revision = 0
        """Another number whenever something of it lies elsewhere, or says something else."""
        self._shown = tuple(parts.panels), dict(self.faults)
        self.reroute()

    # --- what it shows --------------------------------------------------------------------------

    def look(self, i: int) -> Look:
        """Everything that item i shows, its selection included."""
        mark = Mark(int(self.item_mark[i]))
        look = self._looks.get(i)
        if look is None:
            item = self.items[i]
            look = look_of(
                item.node,
                item.facts,
                self.faults.get(i),
                self.inputs(i),
                self.outputs(i),
                float(self.heights[i]),
            )
            if self.shown.any and self.shown.has(item.id):
                known = item.facts is not None and item.facts.output is not None
                look = look._replace(maps=Maps(self.solids[i], known, self.shown.alone))
            if not self.shown.shapes and not look.says_fault:
                look = look._replace(second="")
            self._looks[i] = look = look._replace(is_down=self.is_down)
        return look._replace(mark=look.mark | mark) if mark else look

    def inputs(self, i: int) -> Ports:
        """The input ports of item i."""
        count = self.items[i].node.layer.inputs
        if count is None:
            wires = int(self._wiring.fan_in[i])
            return Ports(wires, min(wires, 1), any_number=True)
        return Ports(count, int(self._wiring.fed[i]))

    def outputs(self, i: int) -> Ports:
        """The output ports of item i; the mark of an output has none."""
        layer = self.items[i].node.layer
        return Ports(0 if layer.role == "output" else layer.output_count, int(self._wiring.read[i]))

    def port_place(self, i: int, port: int, *, output: bool) -> Point:
        """The middle of a port."""
        x, y, w, _ = map(float, self.boxes[i])
        h = float(self.heights[i])
        ports = self.outputs(i) if output else self.inputs(i)
        if self.is_down:
            offset = w / 2 if ports.any_number else port_offset(port, max(1, ports.number), w)
            return (x + offset, y + float(self.boxes[i, 3]) * output)
        offset = h / 2 if ports.any_number else port_offset(port, max(1, ports.number), h)
        return (x + w if output else x, y + offset + self.lift)

    @property
    def sides(self) -> Floats:
        """Left, top, right and bottom of every item, 4 × N: rows in memory, quick to compare."""
        if self._sides is None:
            self._sides = _sides(self.boxes)
        return self._sides

    @property
    def panel_rects(self) -> Floats:
        """P × 4: x, y, width and height of every panel."""
        if self._rects[0] != self.panels:
            rects = np.array([panel.rect for panel in self.panels])
            self._rects = list(self.panels), rects.reshape(-1, 4)
        return self._rects[1]

    def bounds(self, items: Iterable[int] | None = None) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of these items, or of everything; zeros where nothing is."""
        if items is not None:
            return _around(self.boxes[list(items)])
        if self._bounds is None:
            self._bounds = _around(np.concatenate([self.boxes, self.panel_rects]))
        return self._bounds

    @cached_property
    def depth(self) -> Floats:
        """For every wire the binary logarithm of the channels that it carries; 0 for unknown."""
        found = np.zeros(len(self.wires))
        for w, (source, output) in enumerate(
            zip(self.wires.source, self.wires.output, strict=True)
        ):
            facts = self.items[source].facts
            if facts is not None and facts.outputs and 0 <= output < len(facts.outputs):
                found[w] = math.log2(max(1, facts.outputs[output][0]))
        return found

    @cached_property
    def solids(self) -> list[Solid]:
        """The block of every item, all on one scale; only what shows blocks needs them."""
        shapes = [item.facts.output if item.facts else None for item in self.items]
        return solids(shapes, ALONE if self.shown.alone else BELOW)

    @cached_property
    def blocks(self) -> Floats:
        """What every item's block takes, N × 4, from the item's corner; nothing where none is."""
        found = np.zeros((len(self.items), 4))
        for i, (item, solid) in enumerate(zip(self.items, self.solids, strict=True)):
            if self.shown.has(item.id):
                middle = middle_of_block(float(self.heights[i]), alone=self.shown.alone)
                found[i] = solid.around(*middle)
        return found

    def axis(self, i: int) -> Point:
        """The middle of item i's card; of a block that stands alone, its own."""
        x, y, w, _ = map(float, self.boxes[i])
        return (x + w / 2, y + float(self.heights[i]) / 2 + self.lift)

    def owned(self, owners: Iterable[str]) -> list[int]:
        """The items that these nodes of the design stand for."""
        wanted = set(owners)
        if all(name in self.index for name in wanted):
            return [self.index[name] for name in wanted]
        return [i for i, item in enumerate(self.items) if item.owner in wanted]

    # --- marks ----------------------------------------------------------------------------------

    def select(self, nodes: frozenset[str], edges: frozenset[Edge]) -> None:
        """Mark what is selected, and the wires of selected nodes."""
        self.item_mark &= ~SELECTED
        self.wire_mark &= ~SELECTED
        self.chosen = nodes
        unfolded = nodes - self.index.keys()
        if nodes and len(nodes) - len(unfolded) == len(self.items):
            self.item_mark |= SELECTED
            self.wire_mark |= SELECTED
        elif chosen := [self.index[node] for node in nodes - unfolded]:
            self.item_mark[chosen] |= SELECTED
            lit = (self.item_mark & SELECTED) != 0
            self.wire_mark[lit[self.source] | lit[self.target]] |= SELECTED
        if unfolded:
            # the frame is what is selected, with the wires that come into it and leave it
            outer = [
                w
                for w, edge in enumerate(self.wires.edge)
                if edge and not unfolded.isdisjoint((edge.source, edge.target))
            ]
            self.wire_mark[outer] |= SELECTED
        if edges:
            wires = [w for w, edge in enumerate(self.wires.edge) if edge in edges]
            self.wire_mark[wires] |= SELECTED

    def hover(self, item: int | None, wire: int | None) -> None:
        """Mark what the pointer is over."""
        self.item_mark &= ~HOVERED
        self.wire_mark &= ~HOVERED
        if item is not None:
            self.item_mark[item] |= HOVERED
        if wire is not None:
            self.wire_mark[wire] |= HOVERED

    def show_fault(self, i: int, fault: Diagnostic) -> None:
        """Let item i show this of its faults."""
        self.faults[i] = fault
        self._looks.pop(i, None)
        self.revision += 1

    # --- moving, without an edit ----------------------------------------------------------------

    def rest(self) -> None:
        """Show again what the design says, and no mark but those of faults."""
        self.revision += 1
        if self._home is not None:
            self.boxes, self.ends, self.routes, self._wiring.via = self._home
            self._sides = None
            self._home, self._bounds, self._apart = None, None, None
        panels, faults = self._shown
        self.panels[:] = panels
        for i in self.faults:
            if self.faults[i] is not faults.get(i):  # one that was visited
                self._looks.pop(i, None)
        self.faults = dict(faults)
        self.framed = self.dot = None
        self.item_mark[:] = 0
        self.wire_mark &= ERROR

    def _leave_home(self) -> None:
        """Remember how all lies by the design, before the first of it is moved."""
        self.revision += 1
        if self._home is None:
            via = dict(self._wiring.via)
            self._home = (self.boxes.copy(), self.ends.copy(), self.routes, via)

    def move(
        self, items: NDArray[np.intp], places: Floats, *, are_led: bool = True
    ) -> NDArray[np.intp]:
        """Put items at other places (K × 2) and lead their wires anew; gives those wires.

        Where they are not `are_led`, wires take the shortest way, whatever is in it.
        """
        if self._moving is None or self._moving[0] is not items:
            self._moving = (items, self._wiring.touching(items))
        self._leave_home()
        touched = self._moving[1]
        self.boxes[items, :2] = places
        if self._sides is not None:
            self._sides[:, items] = _sides(self.boxes[items])
        self._bounds = None
        if len(touched):
            self.ends[touched] = self._wiring.ends(self.boxes, touched)
            self._lead_apart(touched, are_led)
        return touched

    @property
    def moving(self) -> Ints | None:
        """The wires that are led anew at every step; None while all lies where it will stay."""
        return self._moving[1] if self._moving is not None and self._apart else None

    @property
    def via(self) -> Mapping[int, tuple[Point, ...]]:
        """The points that single wires are led through."""
        return self._wiring.via

    def lead(self, wire: int, via: tuple[Point, ...]) -> None:
        """Lead a wire through these points; where it goes to several items, all its wires."""
        self._leave_home()
        edge = self.wires.edge[wire]
        same = [w for w, other in enumerate(self.wires.edge) if other is edge]
        for w in same:
            self._wiring.via[w] = via
            if not via:
                del self._wiring.via[w]
        wires = np.array(same, dtype=np.intp)
        self._lead_apart(wires)

    def _lead_apart(self, wires: Ints, are_led: bool = True) -> None:
        """Lead some wires, while all others stay as they are."""
        self._apart = self._apart or Apart(self.routes)
        new = route(self._task(wires)) if are_led else direct(self.ends[wires], self.is_down)
        self.routes = self._apart.put(wires, new)

    def reroute(self) -> None:
        """Lead every wire, or take over how they were led when all stood as it does now."""
        self.revision += 1
        self.ends = self._wiring.ends(self.boxes)
        task = self._task()
        same = [pair[0].is_as(task) for pair in self._known]
        led = self._known[same.index(True)] if any(same) else (task, route(task))
        others = [pair for pair, found in zip(self._known, same, strict=True) if not found]
        self._known = (led, *others)[:KEPT]
        self.routes = led[1]
        self._apart = None

    # --- how it is made -------------------------------------------------------------------------

    def _make_room(self) -> None:
        """Below the cards of what shows its block; what wires are led through is moved as nodes."""
        has = np.fromiter((self.shown.has(i.id) for i in self.items), bool, len(self.items))
        self.boxes[has, 3] += ROOM
        for wire, points in self._wiring.via.items():
            self._wiring.via[wire] = tuple(map(stretched, points))

    @property
    def stretch(self) -> float:
        """How many times as far below one another things are shown as they are in the design."""
        return STRETCH if self.shown.any else 1.0

    def _find_faults(self) -> None:
        """The fault that each node shows, and the wires that are at fault."""
        severity = {"error": 0, "warning": 1}
        for node_id, diagnostics in self.analysis.by_node.items():
            shown = [d for d in diagnostics if d.severity in severity]
            if node_id is None or not shown or node_id not in self.index:
                continue
            i = self.index[node_id]
            self.faults[i] = min(shown, key=lambda d: severity[d.severity])
            ports = {d.port for d in shown if d.severity == "error" and d.port is not None}
            for w in np.flatnonzero(self.target == i).tolist() if ports else ():
                if self.wires.port[w] in ports:
                    self.wire_mark[w] |= ERROR

    def _task(self, wires: Ints | None = None) -> Task:
        """How to lead all wires; or some, around what is near them."""
        boxes, every = self.boxes, np.arange(len(self.wires)) if wires is None else wires
        ends = self.ends[every].copy()
        own = np.stack([self.source[every], self.target[every]], axis=1)
        given = self._wiring.via
        via = {k: given[w] for k, w in enumerate(every.tolist()) if w in given} if given else {}
        if wires is not None:
            if self._near is None or not self._near.holds(wires, ends):
                moved = self._moving[0] if self._moving is not None else None
                self._near = Near.of(wires, ends, own, boxes, moved)
            own, boxes = self._near.own, boxes[self._near.items]
        composites = [panel.rect for panel in self.panels if panel.family]
        # in memory of its own, as the boxes are moved in place
        boxes = np.concatenate([boxes, np.array(composites).reshape(-1, 4)])
        return Task(ends, boxes, own, via, self.is_down)


def _sides(boxes: Floats) -> Floats:
    """Left, top, right and bottom of boxes (N × 4: x, y, width, height), as rows."""
    made = boxes.T.copy()
    made[2:] += made[:2]
    return made


def _around(rects: Floats) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of rectangles (x, y, width, height); zeros for none."""
    if not len(rects):
        return (0.0, 0.0, 0.0, 0.0)
    left, top = rects[:, :2].min(axis=0).tolist()
    right, bottom = (rects[:, :2] + rects[:, 2:]).max(axis=0).tolist()
    return (left, top, right, bottom)
