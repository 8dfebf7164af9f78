"""Wiring: the wires between many items as arrays, and the ports that they join."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from designer.core.graph import Edge, Point
from designer.ui.canvas.scene.flow import runs_down
from designer.ui.canvas.scene.kinds import ANY, Kinds
from designer.ui.canvas.scene.measure import PITCH, near, port_offset, spread
from designer.ui.canvas.scene.strips import Floats, Ints, ranges

LARGEST = 1_000_000
"""The largest number of a port that is told from others; a file may say any integer."""
LEVEL = 0.75
"""How little a wire rises or falls that is taken for a level one."""
LAST_BIT = 62
"""Ports from this one on share a bit in what says which are wired."""

_OF_EDGE = attrgetter("source", "target", "output", "port")


class Wire(NamedTuple):
    """A wire between two items; `edge` is the design's edge behind it, None inside a composite."""

    source: int
    target: int
    output: int
    port: int
    edge: Edge | None


@dataclass
class Wires:
    """Many wires, kept as columns: a wire is made where one is asked for."""

    source: list[int] = field(default_factory=list)
    target: list[int] = field(default_factory=list)
    output: list[int] = field(default_factory=list)
    port: list[int] = field(default_factory=list)
    edge: list[Edge | None] = field(default_factory=list)

    @classmethod
    def of_edges(cls, edges: Sequence[Edge], items: Mapping[str, int]) -> Wires:
        """The wires that edges are, given the number of every item."""
        if not edges:
            return cls()
        item = items.__getitem__
        sources, targets, outputs, ports = zip(*map(_OF_EDGE, edges), strict=True)
        ends = (list(map(item, sources)), list(map(item, targets)))
        return cls(*ends, list(outputs), list(ports), list(edges))

    def append(self, wire: Wire) -> None:
        """Add a wire."""
        self.source.append(wire.source)
        self.target.append(wire.target)
        self.output.append(wire.output)
        self.port.append(wire.port)
        self.edge.append(wire.edge)

    def __len__(self) -> int:
        return len(self.source)

    def __getitem__(self, i: int) -> Wire:
        return Wire(self.source[i], self.target[i], self.output[i], self.port[i], self.edge[i])

    def __iter__(self) -> Iterator[Wire]:
        columns = (self.source, self.target, self.output, self.port, self.edge)
        return map(Wire, *columns)


class Bundle(NamedTuple):
    """Wires: the items that they join, and how far below the tops of these they end.

    `merging` are those that share a long port (their numbers within the bundle), and `fan` is how
    far each of these is moved in it, when they are put in order of their ports and heights.
    """

    source: Ints
    target: Ints
    out_offset: Floats
    in_offset: Floats
    merging: Ints
    fan: Floats


class Wiring:
    """One entry a wire: `source` and `target` are items; `via` has the points that single wires
    are led through. `fed` and `read` have a bit for each wired input and output of an item, and
    `fan_in` the wires into it. `lift` is how far below their usual places all ports are; where the
    net runs down, ports are above and below, and nothing is lifted."""

    def __init__(
        self, wires: Wires, kinds: Kinds, boxes: Floats, is_down: bool | None, lift: float
    ) -> None:
        count, items = len(wires), len(kinds.inputs)
        columns = (wires.source, wires.target, wires.output, wires.port)
        self.source, self.target, output, port = (
            np.fromiter(_small(column), np.intp, count) for column in columns
        )
        self.fed: Ints = np.zeros(items, dtype=np.intp)
        self.read: Ints = np.zeros(items, dtype=np.intp)
        one = np.intp(1)
        np.bitwise_or.at(self.fed, self.target, one << np.clip(port, 0, LAST_BIT))
        np.bitwise_or.at(self.read, self.source, one << np.clip(output, 0, LAST_BIT))
        self.fan_in = np.bincount(self.target, minlength=items)
        self.any_number = kinds.inputs == ANY
        source, target = self.source, self.target
        self.is_down = runs_down(boxes, source, target) if is_down is None else is_down
        heights = boxes[:, 2] if self.is_down else kinds.heights
        self._out_offset = port_offset(output, kinds.outputs[source], heights[source])
        inputs = np.maximum(kinds.inputs, 1)[target]
        self._in_offset: Floats = np.where(
            inputs > 1, port_offset(port, inputs, heights[target]), heights[target] / 2
        )
        is_single = kinds.outputs[source] == 1
        self._out_offset[is_single] = (heights[source] / 2)[is_single]
        self._heights = heights
        self._latest: tuple[Ints, Bundle] | None = None
        if lift and not self.is_down:
            self._out_offset += lift
            self._in_offset += lift
        self.via: dict[int, tuple[Point, ...]] = {
            i: tuple(map(near, edge.via))
            for i, edge in enumerate(wires.edge)
            if edge is not None and edge.via
        }

    def ends(self, boxes: Floats, wires: Ints | None = None) -> Floats:
        """Where the wires begin and end; those into one long port are fanned out by height.

        `wires` asks for some only: of a fan for all or none.
        """
        bundle = self._bundle(wires)
        source, target, merging = bundle.source, bundle.target, bundle.merging
        ends = np.empty((len(source), 4))
        along, across = (1, 0) if self.is_down else (0, 1)
        ends[:, along] = boxes[source, along] + boxes[source, 2 + along]
        ends[:, across] = boxes[source, across] + bundle.out_offset
        ends[:, 2 + along] = boxes[target, along]
        ends[:, 2 + across] = boxes[target, across] + bundle.in_offset
        if len(merging):
            # of two at one height that from afar comes lower, so that shortcuts run on one side
            by = (merging, -ends[merging, along], ends[merging, across], target[merging])
            ordered = merging[np.lexsort(by)]
            level = np.abs(ends[ordered, across] - ends[ordered, 2 + across]) < LEVEL
            level &= np.abs(bundle.fan) <= PITCH / 2
            # the nearest wire that comes straight at the middle stays straight: the fan is moved
            moved = np.zeros(len(self.any_number))
            moved[target[ordered[level]][::-1]] = bundle.fan[level][::-1]
            ends[ordered, 2 + across] += bundle.fan - moved[target[ordered]]
        return ends

    def _bundle(self, wires: Ints | None) -> Bundle:
        """What is known of these wires wherever they end; that of the latest is kept."""
        if wires is not None and self._latest is not None and self._latest[0] is wires:
            return self._latest[1]
        every = slice(None) if wires is None else wires
        target = self.target[every]
        merging = np.flatnonzero(self.any_number[target])
        fan = self._fan(target[merging]) if len(merging) else np.empty(0)
        offsets = self._out_offset[every], self._in_offset[every]
        made = Bundle(self.source[every], target, *offsets, merging, fan)
        if wires is not None:
            self._latest = wires, made
        return made

    def _fan(self, target: Ints) -> Floats:
        """How far wires into long ports are moved in them, all of a port one after the other."""
        into, sizes = np.unique(target, return_counts=True)
        rank = ranges(np.zeros_like(sizes), sizes)[1]
        fans = spread(sizes, self._heights[into])
        steps = np.repeat(fans / np.maximum(sizes - 1, 1), sizes)
        found: Floats = rank * steps - np.repeat(fans, sizes) / 2
        return found

    def touching(self, items: Ints) -> Ints:
        """The wires that lie otherwise when these items move: theirs, and all of their fans."""
        moved = np.zeros(len(self.fed), dtype=bool)
        moved[items] = True
        touched = np.flatnonzero(moved[self.source] | moved[self.target])
        merged = self.any_number[self.target] & np.isin(self.target, self.target[touched])
        return np.union1d(touched, np.flatnonzero(merged))


def _small(numbers: Sequence[int]) -> Sequence[int]:
    """The numbers, those that no array takes brought near."""
    if max(map(abs, numbers), default=0) <= LARGEST:
        return numbers
    return [min(max(number, -LARGEST), LARGEST) for number in numbers]
