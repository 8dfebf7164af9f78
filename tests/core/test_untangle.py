"""Crossings: never more than fast-sugiyama leaves, on our templates and on random nets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.core.graph import Graph
from designer.core.layer import Layer
from designer.core.layout import layered, parts, ranks, with_lanes
from designer.core.order import order
from designer.core.shape import Shape
from designer.core.untangle import untangled
from designer.layers import CATALOGUE
from designer.storage.templates import TEMPLATES, Template

fast_sugiyama = pytest.importorskip("fast_sugiyama", reason="no wheel for this platform")

Arcs = list[tuple[int, int]]
Drawn = dict[int, tuple[float, float]]


def crossings(places: Drawn, arcs: Arcs) -> int:
    """How many pairs of straight lines cross: nothing is assumed of how they were placed."""
    if not arcs:
        return 0
    begin = np.array([places[a] for a, _ in arcs], dtype=float)
    end = np.array([places[b] for _, b in arcs], dtype=float)

    def side(point: np.ndarray) -> np.ndarray:
        """On which side of each line (rows) each of the points (columns) lies."""
        along, away = end - begin, point[None] - begin[:, None]
        return np.sign(along[:, None, 0] * away[..., 1] - along[:, None, 1] * away[..., 0])

    parted = side(begin) * side(end) < 0
    return int((parted & parted.T).sum()) // 2


def ours(count: int, arcs: Arcs) -> int:
    """The crossings of our drawing, long wires as they run along their lanes."""
    total = 0
    for part in parts(count, arcs):
        local = {v: i for i, v in enumerate(part)}
        inner = [(local[a], local[b]) for a, b in arcs if a in local]
        rank = ranks(len(part), inner)
        up, down = with_lanes(rank, inner, len(part))
        layers = layered(rank, up, down)
        assert sorted(v for layer in layers for v in layer) == list(range(len(rank)))
        places = {v: (r, i) for r, layer in enumerate(layers) for i, v in enumerate(layer)}
        total += crossings(places, [(a, b) for a, ways in enumerate(down) for b in ways])
    return total


def theirs(arcs: Arcs) -> int:
    """The crossings of fast-sugiyama's drawing, its long wires along its own lanes."""
    total = 0
    for places, _, _, lines in fast_sugiyama.from_edges(arcs, dummy_vertices=True, dummy_size=1):
        total += crossings(dict(places), lines)
    return total


def arcs_of(graph: Graph) -> tuple[int, Arcs]:
    index = {name: i for i, name in enumerate(order(graph).nodes)}
    wires = dict.fromkeys((index[e.source], index[e.target]) for e in graph.edges)
    return len(index), list(wires)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_no_template_has_more_crossings(template: Template) -> None:
    count, arcs = arcs_of(template.design().graph)
    assert ours(count, arcs) <= theirs(arcs)


def composites() -> Iterator[Layer]:
    """Every composite, as it comes from the palette and as it can be set."""
    for kind in CATALOGUE.values():
        layer = kind()
        if layer.is_composite:
            yield layer
            for parameter in kind.parameters():
                for value in (0, True):
                    if type(getattr(layer, parameter.name)) is type(value):
                        try:
                            changed = kind(**{parameter.name: value})
                        except (TypeError, ValueError):
                            continue
                        if not parameter.fault(value):
                            yield changed


def test_no_inside_of_a_composite_has_more_crossings() -> None:
    found = list(composites())
    assert found
    for layer in found:
        inside = layer.inside(Shape((8, 12, 12)))
        assert inside is not None
        count, arcs = arcs_of(inside)
        assert ours(count, arcs) <= theirs(arcs)


def net(seed: int) -> tuple[int, Arcs]:
    """Ranks of nodes, each wired to some of the rank before, with shortcuts over several ranks."""
    random = Random(seed)
    layers: list[range] = []
    count = 0
    for _ in range(random.randint(2, 7)):
        size = random.randint(1, 6)
        layers.append(range(count, count + size))
        count += size
    wires = set()
    for above, below in pairwise(layers):
        for v in below:
            wires |= {(u, v) for u in random.sample(above, min(len(above), random.randint(1, 3)))}
    for _ in range(random.randint(0, 5)):
        first, last = sorted(random.sample(range(len(layers)), 2))
        wires.add((random.choice(layers[first]), random.choice(layers[last])))
    arcs = sorted(wires)
    random.shuffle(arcs)
    return count, arcs


@settings(max_examples=25, derandomize=True)
@given(st.integers(0, 2**32))
def test_no_random_net_has_more_crossings(seed: int) -> None:
    count, arcs = net(seed)
    assert ours(count, arcs) <= theirs(arcs)


@pytest.mark.nightly
def test_none_of_many_random_nets_has_more_crossings() -> None:
    for seed in range(400):
        count, arcs = net(seed)
        assert ours(count, arcs) <= theirs(arcs), seed


def test_all_in_all_there_are_fewer() -> None:
    """Where every node is wired to any, ranks differ, and a net alone may be worse."""
    here = there = 0
    for seed in range(10):
        random = Random(seed)
        count = random.randint(6, 24)
        wires = {tuple(sorted(random.sample(range(count), 2))) for _ in range(count * 3 // 2)}
        arcs = sorted((a, b) for a, b in wires)
        here += ours(count, arcs)
        there += theirs(arcs)
    assert here < 0.9 * there


def test_a_known_least_number_is_found() -> None:
    # two complete bipartite ranks of 3 and 3 cross nine times however they are ordered
    down = [[3, 4, 5]] * 3 + [[]] * 3
    up = [[]] * 3 + [[0, 1, 2]] * 3
    layers = untangled([[0, 1, 2], [3, 4, 5]], up, down)
    places = {v: (r, i) for r, layer in enumerate(layers) for i, v in enumerate(layer)}
    assert crossings(places, [(a, b) for a, ways in enumerate(down) for b in ways]) == 9


def test_what_crosses_nowhere_keeps_its_order() -> None:
    down = [[1, 2, 3], [4], [4], [4], []]
    up = [[], [0], [0], [0], [1, 2, 3]]
    assert untangled([[0], [3, 1, 2], [4]], up, down) == [[0], [3, 1, 2], [4]]


def test_what_cannot_be_drawn_well_takes_no_longer_than_it_may() -> None:
    """A hairball of hundreds of wires is left as it is once the work is done."""
    random = Random(5)
    layers = [list(range(r * 30, r * 30 + 30)) for r in range(6)]
    down: list[list[int]] = [[] for _ in range(180)]
    up: list[list[int]] = [[] for _ in range(180)]
    for above, below in pairwise(layers):
        for v in below:
            for u in random.sample(above, 3):
                down[u].append(v)
                up[v].append(u)
    found = untangled(layers, up, down)
    arcs = [(a, b) for a, ways in enumerate(down) for b in ways]
    before = {v: (r, i) for r, layer in enumerate(layers) for i, v in enumerate(layer)}
    after = {v: (r, i) for r, layer in enumerate(found) for i, v in enumerate(layer)}
    assert crossings(after, arcs) < 0.7 * crossings(before, arcs)
