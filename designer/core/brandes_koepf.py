"""Coordinates across the ranks of a layered drawing, by the method of Brandes and Köpf (2001)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Neighbours = list[list[int]]
Neighbouring = list[list[tuple[int, float]]]
"""For each block those beside it on one side, and how far apart they are."""


def coordinates(
    layers: Sequence[Sequence[int]],
    up: Neighbours,
    down: Neighbours,
    sizes: Sequence[float],
    gaps: Sequence[float],
    lanes_from: int,
) -> list[float]:
    """Give the centre of every vertex across the ranks, so that neighbours never overlap.

    `layers` holds the vertices of each rank in order, `sizes` their extent across, `gaps` the
    room that each wants beside it; vertices from `lanes_from` on are lanes of long wires, which
    are kept straight before all else. The mean of the two middle ones of four drawings is taken:
    aligned to the sources and to the targets, from the top and from the bottom.
    """
    conflicts = _conflicts(layers, up, lanes_from)
    conflicts |= _weaker(down, up, lanes_from) | _weaker(up, down, lanes_from)
    drawings = []
    for downwards in (True, False):
        ranks = layers if downwards else list(reversed(layers))
        neighbours = up if downwards else down
        for from_top in (True, False):
            side = ranks if from_top else [list(reversed(rank)) for rank in ranks]
            root = _alignment(side, neighbours, conflicts)
            drawing = _compacted(side, root, sizes, gaps)
            drawings.append(drawing if from_top else [-x for x in drawing])
    return _balanced(drawings, sizes)


def _conflicts(
    layers: Sequence[Sequence[int]], up: Neighbours, lanes_from: int
) -> set[tuple[int, int]]:
    """Steps that cross a step between two lanes: those give way."""
    found: set[tuple[int, int]] = set()
    for above, layer in pairwise(layers):
        place = {v: i for i, v in enumerate(above)}
        inner = {
            v: place[up[v][0]]
            for v in layer
            if v >= lanes_from and up[v] and up[v][0] >= lanes_from
        }
        if not inner:
            continue
        low, begin = 0, 0
        for end, v in enumerate(layer):
            if v not in inner and end < len(layer) - 1:
                continue
            high = inner.get(v, len(above) - 1)
            for w in layer[begin : end + 1]:
                for u in up[w]:
                    if not low <= place[u] <= high and w not in inner:
                        found.add((u, w))
            begin, low = end + 1, high
    return found


def _weaker(beyond: Neighbours, before: Neighbours, lanes_from: int) -> set[tuple[int, int]]:
    """Where two ways part, the step of the one that is mostly lanes: chains go straight."""
    found: set[tuple[int, int]] = set()
    for v, ways in enumerate(beyond):
        if len(ways) == 2 and v < lanes_from:
            first, second = (_is_shortcut(w, beyond, before, lanes_from) for w in ways)
            if first != second:
                found.add((v, ways[0] if first else ways[1]))
    return found


def _is_shortcut(v: int, beyond: Neighbours, before: Neighbours, lanes_from: int) -> bool:
    """Whether a way has at least as many lanes as nodes, as far as it neither parts nor joins."""
    lanes = nodes = 0
    while len(before[v]) == 1:
        lanes, nodes = lanes + (v >= lanes_from), nodes + (v < lanes_from)
        if len(beyond[v]) != 1:
            break
        v = beyond[v][0]
    return 0 < lanes >= nodes


def _alignment(
    layers: Sequence[Sequence[int]],
    neighbours: Neighbours,
    conflicts: set[tuple[int, int]],
) -> list[int]:
    """Join each vertex to the block of its median neighbour; give the root of every block."""
    count = len(neighbours)
    root = list(range(count))
    align = list(range(count))
    place = [0] * count
    for layer in layers:
        for i, v in enumerate(layer):
            place[v] = i
    for layer in layers:
        last = -1
        for v in layer:
            beside = neighbours[v]
            if not beside:
                continue
            ordered = sorted(beside, key=place.__getitem__) if len(beside) > 1 else beside
            middle = (len(ordered) - 1) / 2
            for u in (ordered[int(middle)], ordered[int(middle + 0.5)]):
                if align[v] != v or place[u] <= last:
                    continue
                if (u, v) in conflicts or (v, u) in conflicts:
                    continue
                align[u] = v
                align[v] = root[v] = root[u]
                last = place[u]
    return root


def _compacted(
    layers: Sequence[Sequence[int]],
    root: list[int],
    sizes: Sequence[float],
    gaps: Sequence[float],
) -> list[float]:
    """Put the blocks as low as they go, then as high as their neighbours allow."""
    before: Neighbouring = [[] for _ in root]
    after: Neighbouring = [[] for _ in root]
    order: dict[int, None] = {}
    for layer in layers:
        u = -1
        for v in layer:
            order.setdefault(root[v])
            if u >= 0:
                apart = (sizes[u] + sizes[v]) / 2 + max(gaps[u], gaps[v])
                before[root[v]].append((root[u], apart))
                after[root[u]].append((root[v], apart))
            u = v
    at = [0.0] * len(root)
    sequence = _sorted_blocks(order, before)
    for block in sequence:
        if before[block]:
            at[block] = max([at[u] + apart for u, apart in before[block]])
    for block in reversed(sequence):
        if after[block]:
            at[block] = max(at[block], min([at[v] - apart for v, apart in after[block]]))
    return [at[block] for block in root]


def _sorted_blocks(blocks: dict[int, None], before: Neighbouring) -> list[int]:
    """The blocks, each after those that lie before it in some rank."""
    done: dict[int, bool] = {}
    result: list[int] = []
    for block in blocks:
        stack = [block]
        while stack:
            top = stack[-1]
            if top in done:
                stack.pop()
                if not done[top]:
                    done[top] = True
                    result.append(top)
                continue
            done[top] = False
            stack.extend(u for u, _ in before[top] if u not in done)
    return result


def _balanced(drawings: list[list[float]], sizes: Sequence[float]) -> list[float]:
    """Shift the drawings onto the narrowest one and take the mean of the two middle places."""
    spans = []
    for drawing in drawings:
        low = min(x - size / 2 for x, size in zip(drawing, sizes, strict=True))
        high = max(x + size / 2 for x, size in zip(drawing, sizes, strict=True))
        spans.append((low, high))
    narrowest = min(spans, key=lambda span: span[1] - span[0])
    shifted = []
    for i, (drawing, (low, high)) in enumerate(zip(drawings, spans, strict=True)):
        shift = narrowest[0] - low if i % 2 == 0 else narrowest[1] - high
        shifted.append([x + shift for x in drawing])
    middle = []
    for places in zip(*shifted, strict=True):
        ordered = sorted(places)
        middle.append((ordered[1] + ordered[2]) / 2)
    return middle
