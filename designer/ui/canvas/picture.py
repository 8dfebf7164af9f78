"""The picture: the design as arrays, ready to be painted and asked what lies where."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.diagnostic import Diagnostic
from designer.core.facts import Facts
from designer.core.graph import Edge, Node, Point
from designer.ui.canvas.look import Look, Mark, Ports, look_of
from designer.ui.canvas.measure import near, port_offset, spread
from designer.ui.canvas.route import Routes, assembled, route
from designer.ui.canvas.strips import Floats, Ints


class Item(NamedTuple):
    """A node on the canvas. `id` is a path such as `block/conv` inside an unfolded composite;
    `owner` is the node of the design that stands for it."""

    id: str
    node: Node
    facts: Facts | None
    owner: str


class Wire(NamedTuple):
    """A wire between two items; `edge` is the design's edge behind it, None inside a composite."""

    source: int
    target: int
    output: int
    port: int
    edge: Edge | None


@dataclass(frozen=True, slots=True)
class Panel:
    """A tinted rectangle under the nodes: an unfolded composite, or a frame of the design."""

    id: str
    title: str
    subtitle: str
    rect: tuple[float, float, float, float]
    family: str = ""
    owner: str = ""
    text: str = ""


Shift = tuple[Point, float, float, float, float]
"""A composite's folded place and height, and how far it grows right, up and down unfolded."""


@dataclass
class Parts:
    """What a picture is made of."""

    items: list[Item] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    places: Mapping[str, Point] = field(default_factory=dict)
    """Where the nodes of the design stand when everything is folded."""
    shifts: list[Shift] = field(default_factory=list)


class Picture:
    """Items, wires and panels as a structure of arrays, with the marks that the view puts on them.

    `boxes` is N × 4 (x, y, width, height) and `ends` E × 4 (x1, y1, x2, y2), both in canvas units.
    """

    def __init__(self, design: Design, analysis: Analysis, parts: Parts) -> None:
        self.design = design
        self.analysis = analysis
        self.places = parts.places
        self.shifts = parts.shifts
        self.items = parts.items
        self.wires = parts.wires
        self.panels = parts.panels
        self.index = {item.id: i for i, item in enumerate(parts.items)}
        self.boxes: Floats = np.array(parts.boxes, dtype=float).reshape(-1, 4)
        count = len(self.items)
        names = [item.node.layer.family for item in self.items]
        self.families = list(dict.fromkeys(names))
        numbers = {name: i for i, name in enumerate(self.families)}
        self.family = np.fromiter((numbers[name] for name in names), np.intp, count)
        self._index_wires()
        self.item_mark = np.zeros(count, dtype=np.int32)
        self.wire_mark = np.zeros(len(self.wires), dtype=np.int32)
        self.chosen: frozenset[str] = frozenset()
        self.faults: dict[int, Diagnostic] = {}
        self._find_faults()
        self._looks: dict[int, Look] = {}
        self.ends = self._ends()
        self.routes = self._route(self.ends, np.arange(len(self.wires)))

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
                float(self.boxes[i, 3]),
            )
            self._looks[i] = look
        return look._replace(mark=look.mark | mark) if mark else look

    def inputs(self, i: int) -> Ports:
        """The input ports of item i."""
        count = self.items[i].node.layer.inputs
        if count is None:
            return Ports(int(self._fan_in[i]), min(int(self._fan_in[i]), 1), any_number=True)
        return Ports(count, int(self._fed[i]))

    def outputs(self, i: int) -> Ports:
        """The output ports of item i; the mark of an output has none."""
        layer = self.items[i].node.layer
        return Ports(0 if layer.role == "output" else layer.output_count, int(self._read[i]))

    def port_place(self, i: int, port: int, *, output: bool) -> Point:
        """The middle of a port."""
        x, y, w, h = map(float, self.boxes[i])
        ports = self.outputs(i) if output else self.inputs(i)
        offset = h / 2 if ports.any_number else port_offset(port, max(1, ports.number), h)
        return (x + w if output else x, y + offset)

    def bounds(self, items: Iterable[int] | None = None) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of these items, or of everything; zeros where nothing is."""
        boxes = self.boxes if items is None else self.boxes[list(items)]
        corners = [(b[0], b[1], b[0] + b[2], b[1] + b[3]) for b in boxes] if items else []
        if items is None:
            low, high = boxes[:, :2], boxes[:, :2] + boxes[:, 2:]
            if len(boxes):
                corners = [(*low.min(axis=0), *high.max(axis=0))]
            corners += [(x, y, x + w, y + h) for x, y, w, h in (p.rect for p in self.panels)]
        if not corners:
            return (0.0, 0.0, 0.0, 0.0)
        lefts, tops, rights, bottoms = zip(*corners, strict=True)
        return (float(min(lefts)), float(min(tops)), float(max(rights)), float(max(bottoms)))

    @cached_property
    def depth(self) -> Floats:
        """For every wire the binary logarithm of the channels that it carries; 0 for unknown."""
        found = np.zeros(len(self.wires))
        for w, wire in enumerate(self.wires):
            facts = self.items[wire.source].facts
            if facts is not None and facts.outputs and wire.output < len(facts.outputs):
                found[w] = math.log2(max(1, facts.outputs[wire.output][0]))
        return found

    def owned(self, owners: Iterable[str]) -> list[int]:
        """The items that these nodes of the design stand for."""
        wanted = set(owners)
        if all(name in self.index for name in wanted):
            return [self.index[name] for name in wanted]
        return [i for i, item in enumerate(self.items) if item.owner in wanted]

    # --- marks ----------------------------------------------------------------------------------

    def select(self, nodes: frozenset[str], edges: frozenset[Edge]) -> None:
        """Mark what is selected, and the wires of selected nodes."""
        self.item_mark &= ~Mark.SELECTED
        self.wire_mark &= ~Mark.SELECTED
        self.chosen = nodes
        chosen = [self.index[node] for node in nodes if node in self.index]
        unfolded = nodes - self.index.keys()
        if chosen:
            self.item_mark[chosen] |= Mark.SELECTED
            lit = (self.item_mark & Mark.SELECTED).astype(bool)
            self.wire_mark[lit[self.source] | lit[self.target]] |= Mark.SELECTED
        if unfolded:
            # the frame is what is selected, with the wires that come into it and leave it
            outer = [
                w
                for w, wire in enumerate(self.wires)
                if wire.edge and not unfolded.isdisjoint((wire.edge.source, wire.edge.target))
            ]
            self.wire_mark[outer] |= Mark.SELECTED
        if edges:
            wires = [w for w, wire in enumerate(self.wires) if wire.edge in edges]
            self.wire_mark[wires] |= Mark.SELECTED

    def hover(self, item: int | None, wire: int | None) -> None:
        """Mark what the pointer is over."""
        self.item_mark &= ~Mark.HOVERED
        self.wire_mark &= ~Mark.HOVERED
        if item is not None:
            self.item_mark[item] |= Mark.HOVERED
        if wire is not None:
            self.wire_mark[wire] |= Mark.HOVERED

    # --- moving, without an edit ----------------------------------------------------------------

    def move(self, items: NDArray[np.intp], places: Floats) -> NDArray[np.intp]:
        """Put items at other places (K × 2) and lead their wires anew; gives those wires."""
        self.boxes[items, :2] = places
        moved = np.zeros(len(self.items), dtype=bool)
        moved[items] = True
        self.ends = self._ends()
        touched = np.flatnonzero(moved[self.source] | moved[self.target])
        merged = self._any_number[self.target] & np.isin(self.target, self.target[touched])
        touched = np.union1d(touched, np.flatnonzero(merged))
        if len(touched):
            self._splice(touched, self._route(self.ends[touched], touched))
        return touched

    def reroute(self) -> None:
        """Lead every wire anew."""
        self.ends = self._ends()
        self.routes = self._route(self.ends, np.arange(len(self.wires)))

    # --- how it is made -------------------------------------------------------------------------

    def _index_wires(self) -> None:
        count, wires = len(self.items), len(self.wires)
        self.source: Ints = np.fromiter((w.source for w in self.wires), np.intp, wires)
        self.target: Ints = np.fromiter((w.target for w in self.wires), np.intp, wires)
        port = np.fromiter((min(w.port, 62) for w in self.wires), np.int64, wires)
        output = np.fromiter((min(w.output, 62) for w in self.wires), np.int64, wires)
        self._fed = np.zeros(count, dtype=np.int64)
        self._read = np.zeros(count, dtype=np.int64)
        np.bitwise_or.at(self._fed, self.target, np.int64(1) << port)
        np.bitwise_or.at(self._read, self.source, np.int64(1) << output)
        self._fan_in = np.bincount(self.target, minlength=count)
        layers = [item.node.layer for item in self.items]
        self._any_number = np.fromiter((la.inputs is None for la in layers), bool, count)
        heights = self.boxes[:, 3]
        self._out_offset: Floats = heights[self.source] / 2
        self._in_offset: Floats = heights[self.target] / 2
        several = np.fromiter((la.output_count > 1 for la in layers), bool, count)
        for w in np.flatnonzero(several[self.source]):
            s = self.source[w]
            outputs = layers[s].output_count
            self._out_offset[w] = port_offset(self.wires[w].output, outputs, heights[s])
        several = np.fromiter(((la.inputs or 1) > 1 for la in layers), bool, count)
        for w in np.flatnonzero(several[self.target]):
            t = self.target[w]
            ports = layers[t].inputs or 1
            self._in_offset[w] = port_offset(self.wires[w].port, ports, heights[t])
        self._merging = np.flatnonzero(self._any_number[self.target])
        led = ((i, w.edge.via) for i, w in enumerate(self.wires) if w.edge and w.edge.via)
        self._via = {i: tuple(map(near, points)) for i, points in led}

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
            for w in np.flatnonzero(self.target == i) if ports else ():
                if self.wires[w].port in ports:
                    self.wire_mark[w] |= Mark.ERROR

    def _ends(self) -> Floats:
        """Where the wires begin and end; those into one long port are fanned out by height."""
        boxes = self.boxes
        ends = np.empty((len(self.wires), 4))
        ends[:, 0] = boxes[self.source, 0] + boxes[self.source, 2]
        ends[:, 1] = boxes[self.source, 1] + self._out_offset
        ends[:, 2] = boxes[self.target, 0]
        ends[:, 3] = boxes[self.target, 1] + self._in_offset
        wires = self._merging
        if len(wires):
            target = self.target[wires]
            order = np.lexsort((wires, ends[wires, 1], target))
            ordered = target[order]
            first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
            sizes = np.diff(np.r_[first, len(ordered)])
            rank = np.arange(len(ordered)) - np.repeat(first, sizes)
            fans = spread(sizes, boxes[ordered[first], 3])
            steps = np.repeat(fans / np.maximum(sizes - 1, 1), sizes)
            ends[wires[order], 3] += rank * steps - np.repeat(fans, sizes) / 2
        return ends

    def _route(self, ends: Floats, wires: Ints) -> Routes:
        own = np.stack([self.source[wires], self.target[wires]], axis=1)
        via = {k: self._via[int(w)] for k, w in enumerate(wires) if int(w) in self._via}
        boxes = self.boxes
        if self.panels:
            composites = [panel.rect for panel in self.panels if panel.family]
            boxes = np.concatenate([boxes, np.array(composites).reshape(-1, 4)])
        return route(ends, boxes, via, own)

    def _splice(self, wires: Ints, new: Routes) -> None:
        old = self.routes
        counts = np.diff(old.starts)
        fresh = np.diff(new.starts)
        if (counts[wires] == fresh).all():
            at = np.repeat(old.starts[wires] - new.starts[:-1], fresh) + np.arange(new.starts[-1])
            old.points[at] = new.points
            first = np.arange(len(wires))
            pieces = old.starts[wires] - wires  # each wire has one piece fewer than corners
            own = new.starts[:-1] - first
            at = np.repeat(pieces - own, fresh - 1) + np.arange(len(new.segments))
            old.segments[at] = new.segments
            old.bounds[wires] = new.bounds
            return
        counts[wires] = fresh
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        points = np.empty((int(starts[-1]), 2))
        replaced = np.zeros(len(counts), dtype=bool)
        replaced[wires] = True
        is_new = np.repeat(replaced, counts)
        points[~is_new] = old.points[~np.repeat(replaced, np.diff(old.starts))]
        points[is_new] = new.points
        self.routes = assembled(points, starts)
