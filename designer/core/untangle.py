"""The order of vertices within the ranks of a layered drawing, with as few crossings as found."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

Layers = list[list[int]]
"""The vertices of each rank, in order."""
Neighbours = list[list[int]]
"""For each vertex those that it is wired to on the rank before, or on the one after."""

SWEEPS = 24
PATIENCE = 4
"""Sweeps in a row that may gain nothing."""
MOST_SIFTS = 6
WORK = 100_000
"""Pairs that are looked at in all, and a few more for each wire: a net without crossings has none
to look at, and one that cannot be drawn well shall not take long."""
WORK_A_WIRE = 60
MOST_BEGINNINGS = 40


def untangled(layers: Layers, up: Neighbours, down: Neighbours) -> Layers:
    """Reorder the ranks, each step from one to the next given in `up` and `down`.

    Barycentre sweeps with transposition (Eades and Wormald, Gansner et al.), then sifting
    (Matuszewski et al.); while wires cross and it is cheap, again from other beginnings. The
    answer is the same every time, and keeps the given order where nothing crosses.
    """
    work = _Work(WORK + WORK_A_WIRE * sum(map(len, down)))
    best = _Drawing(layers, up, down, work)
    if not best.crossings:
        return best.layers
    best.improve()
    random = Random(0)
    for number in range(MOST_BEGINNINGS):
        if not best.crossings or work.left <= 0:
            break
        if number == 0:
            beginning = _from_targets(layers, up, down)
        else:
            beginning = _shaken(best.layers if number % 2 else layers, random, number % 2 == 0)
        other = _Drawing(beginning, up, down, work)
        other.improve()
        if other.crossings < best.crossings:
            best = other
    return best.layers


def visited(count: int, up: Neighbours, down: Neighbours) -> list[int]:
    """All vertices, depth first from the sources: each branch side by side with its own."""
    seen = [False] * count
    found: list[int] = []
    for source in range(count):
        if up[source] or seen[source]:
            continue
        stack = [source]
        while stack:
            v = stack.pop()
            if not seen[v]:
                seen[v] = True
                found.append(v)
                stack.extend(reversed(down[v]))
    return found


def _from_targets(layers: Layers, up: Neighbours, down: Neighbours) -> Layers:
    """The ranks in the order of a visit that begins at the targets."""
    rank = {v: r for r, layer in enumerate(layers) for v in layer}
    made: Layers = [[] for _ in layers]
    for v in visited(len(up), down, up):
        made[rank[v]].append(v)
    return made


def _shaken(layers: Layers, random: Random, every: bool) -> Layers:
    """The ranks, every one of them or a third in disorder."""
    made = [list(layer) for layer in layers]
    wide = [layer for layer in made if len(layer) > 1]
    for layer in wide if every else random.sample(wide, max(1, len(wide) // 3)):
        random.shuffle(layer)
    return made


@dataclass
class _Work:
    """What may still be done."""

    left: int


class _Drawing:
    """An order of the ranks that is being improved; `layers` is the best so far."""

    def __init__(self, layers: Layers, up: Neighbours, down: Neighbours, work: _Work) -> None:
        self._up, self._down, self._work = up, down, work
        self._a_sweep = 3 * sum(map(len, down))
        self._place = [0] * len(up)
        self._now = [list(layer) for layer in layers]
        for layer in self._now:
            self._number(layer)
        self.layers = layers
        self.crossings = self._count()

    def improve(self) -> None:
        """Sweep and sift until the crossings no longer fall."""
        self._sweep()
        if not self.crossings:
            return
        self._now = [list(layer) for layer in self.layers]
        for layer in self._now:
            self._number(layer)
        for _ in range(MOST_SIFTS):
            moved = [self._sift(layer) for layer in self._now if len(layer) > 1]
            if not any(moved):
                break
        self._keep()

    def _sweep(self) -> None:
        stale = 0
        for sweep in range(SWEEPS):
            forward = sweep % 2 == 0
            for layer in self._now[1:] if forward else reversed(self._now[:-1]):
                if len(layer) > 1:
                    # equals change places at every other pair of sweeps
                    self._by_barycentre(layer, self._up if forward else self._down, sweep & 2)
            self._transpose()
            stale = 0 if self._keep() else stale + 1
            self._work.left -= self._a_sweep
            if not self.crossings or stale >= PATIENCE or self._work.left <= 0:
                break

    def _keep(self) -> bool:
        """Remember this order where it is the best yet."""
        crossings = self._count()
        if crossings >= self.crossings:
            return False
        self.crossings, self.layers = crossings, [list(layer) for layer in self._now]
        return True

    def _number(self, layer: list[int]) -> None:
        place = self._place
        for i, v in enumerate(layer):
            place[v] = i

    def _by_barycentre(self, layer: list[int], neighbours: Neighbours, turned: int) -> None:
        place, keys = self._place, {}
        for v in layer:
            beside = neighbours[v]
            keys[v] = sum([place[u] for u in beside]) / len(beside) if beside else place[v]
        if turned:
            layer.reverse()
        layer.sort(key=keys.__getitem__)
        self._number(layer)

    def _gain(self, first: int, second: int) -> int:
        """How many crossings two of a rank would lose by standing the other way round."""
        place, gain = self._place, 0
        for beside in (self._up, self._down):
            others = [place[v] for v in beside[second]]
            for u in beside[first]:
                at = place[u]
                for other in others:
                    gain += (at > other) - (at < other)
        return gain

    def _transpose(self) -> None:
        """Swap neighbours in a rank wherever that removes crossings."""
        place = self._place
        for layer in self._now:
            for _ in range(3):
                swapped = False
                for i in range(len(layer) - 1):
                    a, b = layer[i], layer[i + 1]
                    if self._gain(a, b) > 0:
                        layer[i], layer[i + 1] = b, a
                        place[a], place[b] = i + 1, i
                        swapped = True
                if not swapped:
                    break

    def _sift(self, layer: list[int]) -> bool:
        """Put every vertex of a rank where it crosses least; say whether one has moved."""
        moved = False
        self._work.left -= len(layer) ** 2
        if self._work.left <= 0:
            return False
        for v in list(layer):
            here = best = self._place[v]
            fewest = 0
            for step, end in ((1, len(layer)), (-1, -1)):
                change = 0
                for i in range(here + step, end, step):
                    change -= step * self._gain(v, layer[i])
                    if change < fewest:
                        fewest, best = change, i
            if best != here:
                layer.insert(best, layer.pop(here))
                self._number(layer)
                moved = True
        return moved

    def _count(self) -> int:
        """All crossings between neighbouring ranks, by counting inversions in a Fenwick tree."""
        place, down, total = self._place, self._down, 0
        for layer, below in pairwise(self._now):
            ends = [p for v in layer for p in sorted([place[t] for t in down[v]])]
            if len(ends) < 2:
                continue
            size = len(below)
            tree = [0] * (size + 1)
            for seen, end in enumerate(ends):
                at = end + 1
                before = 0
                while at:
                    before += tree[at]
                    at &= at - 1
                total += seen - before
                at = end + 1
                while at <= size:
                    tree[at] += 1
                    at += at & -at
        return total
