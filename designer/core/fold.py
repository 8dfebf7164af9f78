"""Folding: a drawing that is much wider than high is broken into rows, as text is into lines."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import NamedTuple

from designer.core.graph import Graph, Point
from designer.core.layout import COLUMN_GAP, GRID, ROW_GAP, parts

Size = tuple[float, float]


class Page(NamedTuple):
    """What rows are made for; all but the shape in canvas units."""

    widest: float
    """What fits, and stays a row."""
    least: float
    """The width that a row has at least."""
    shape: float
    """Width to height of the whole."""


SCREEN = Page(2400.0, 1150.0, 1.6)
"""A window: about a dozen nodes are a row."""
COLUMNS = Page(1600.0, 900.0, 1 / 1.6)
"""The same turned: columns that a net fills from the top down."""
OUTPUT = 3
"""How much worse than one more wire of an output it is to cut the wires of one more output."""
FEW = 2 * OUTPUT - 1
"""What is cut between two rows, at most: one output. A shortcut around many rows would be lost."""
BETWEEN = 2 * ROW_GAP


def in_columns(
    graph: Graph, places: Mapping[str, Point], sizes: Mapping[str, Size]
) -> dict[str, Point]:
    """Break what `arrange` made from the top down into columns, one beside the other."""
    return _turned(folded(graph, _turned(places), _turned(sizes), COLUMNS))


def _turned(pairs: Mapping[str, Point]) -> dict[str, Point]:
    return {name: (y, x) for name, (x, y) in pairs.items()}


def folded(
    graph: Graph,
    places: Mapping[str, Point],
    sizes: Mapping[str, Size],
    page: Page = SCREEN,
) -> dict[str, Point]:
    """Break what `arrange` made from left to right into rows, one below the other.

    A row ends where few wires would lead into the next, so that branches stay side by side.
    Parts that no wire connects are folded each for itself.
    """
    names = list(graph.nodes)
    index = {name: i for i, name in enumerate(names)}
    arcs = [(index[e.source], index[e.target]) for e in graph.edges]
    groups = [[names[v] for v in part] for part in parts(len(names), arcs)]
    groups.sort(key=lambda group: min(places[name][1] for name in group))
    found: dict[str, Point] = {}
    top = 0.0
    for group in groups:
        for row in _rows(graph, group, places, sizes, page):
            left = min(places[name][0] for name in row)
            upper = min(places[name][1] for name in row)
            for name in row:
                x, y = places[name]
                found[name] = (x - left, y - upper + top)
            lower = max(found[name][1] + sizes[name][1] for name in row)
            top = GRID * math.ceil((lower + BETWEEN) / GRID)
    return {name: found[name] for name in names}


def _rows(
    graph: Graph,
    group: list[str],
    places: Mapping[str, Point],
    sizes: Mapping[str, Size],
    page: Page,
) -> list[list[str]]:
    """The nodes of each row of one connected part."""
    lefts = sorted({places[name][0] for name in group})
    width = max(places[name][0] + sizes[name][0] for name in group) - lefts[0]
    height = max(places[name][1] + sizes[name][1] for name in group)
    height -= min(places[name][1] for name in group)
    count = int(math.sqrt(width / (page.shape * (height + BETWEEN))))
    if width <= page.widest or count < 2:
        return [group]
    rank = {x: i for i, x in enumerate(lefts)}
    column = {name: rank[places[name][0]] for name in group}
    ends = _ends(lefts, _cut_wires(graph, column), max(width / count, page.least))
    rows: list[list[str]] = [[] for _ in range(len(ends) + 1)]
    for name in group:
        rows[bisect_right(ends, column[name])].append(name)
    return rows


def _cut_wires(graph: Graph, column: Mapping[str, int]) -> list[int]:
    """For each column what a row that begins with it would cut.

    That is the outputs before it that it or a later one reads, as OUTPUT, and each wire that leads
    beyond the row's first column: of the places where a chain can be cut, those in no shortcut.
    """
    change = [0] * (max(column.values()) + 2)
    for name, here in column.items():
        readers = [column[e.target] for e in graph.outgoing.get(name, ())]
        last = max(readers, default=here)
        if last > here:
            change[here + 1] += OUTPUT
            change[last + 1] -= OUTPUT
        for reader in readers:
            if reader > here + 1:
                change[here + 1] += 1
                change[reader] -= 1
    return list(accumulate(change[:-1]))


def _ends(lefts: list[float], cuts: list[int], wanted: float) -> list[int]:
    """The columns that begin a new row: of those near the wanted width where least is cut."""
    ends: list[int] = []
    begin, whole = lefts[0], lefts[-1] + COLUMN_GAP
    while whole - begin > 1.4 * wanted:
        possible = [
            (cuts[k], abs(x - begin - wanted), k)
            for k, x in enumerate(lefts)
            if cuts[k] <= FEW and 0.6 * wanted <= x - begin <= 1.4 * wanted
        ]
        later = (k for k, x in enumerate(lefts) if cuts[k] <= FEW and x - begin > wanted)
        end = min(possible)[2] if possible else next(later, None)
        if end is None:
            break
        ends.append(end)
        begin = lefts[end]
    return ends
