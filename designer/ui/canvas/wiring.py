"""Wiring: the wires between many items as arrays, and the ports that they join."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from designer.core.graph import Edge, Point
from designer.ui.canvas.kinds import ANY, Kinds
from designer.ui.canvas.measure import near, port_offset, spread
from designer.ui.canvas.strips import Floats, Ints

LARGEST = 1_000_000
"""The largest number of a port that is told from others; a file may say any integer."""
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


class Wiring:
    """One entry a wire: `source` and `target` are items; `via` has the points that single wires
    are led through. `fed` and `read` have a bit for each wired input and output of an item, and
    `fan_in` the wires into it."""

    def __init__(self, wires: Wires, kinds: Kinds) -> None:
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
        heights = kinds.heights
        source, target = self.source, self.target
        self._out_offset = port_offset(output, kinds.outputs[source], heights[source])
        inputs = np.maximum(kinds.inputs, 1)[target]
        self._in_offset: Floats = np.where(
            inputs > 1, port_offset(port, inputs, heights[target]), heights[target] / 2
        )
        is_single = kinds.outputs[source] == 1
        self._out_offset[is_single] = (heights[source] / 2)[is_single]
        self.via: dict[int, tuple[Point, ...]] = {
            i: tuple(map(near, edge.via))
            for i, edge in enumerate(wires.edge)
            if edge is not None and edge.via
        }

    def ends(self, boxes: Floats, wires: Ints | None = None) -> Floats:
        """Where the wires begin and end; those into one long port are fanned out by height.

        `wires` asks for some only: of a fan for all or none.
        """
        every = slice(None) if wires is None else wires
        source, targets = self.source[every], self.target[every]
        ends = np.empty((len(source), 4))
        ends[:, 0] = boxes[source, 0] + boxes[source, 2]
        ends[:, 1] = boxes[source, 1] + self._out_offset[every]
        ends[:, 2] = boxes[targets, 0]
        ends[:, 3] = boxes[targets, 1] + self._in_offset[every]
        merging = np.flatnonzero(self.any_number[targets])
        if len(merging):
            target = targets[merging]
            order = np.lexsort((merging, ends[merging, 1], target))
            ordered = target[order]
            first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
            sizes = np.diff(np.r_[first, len(ordered)])
            rank = np.arange(len(ordered)) - np.repeat(first, sizes)
            fans = spread(sizes, boxes[ordered[first], 3])
            steps = np.repeat(fans / np.maximum(sizes - 1, 1), sizes)
            ends[merging[order], 3] += rank * steps - np.repeat(fans, sizes) / 2
        return ends

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
