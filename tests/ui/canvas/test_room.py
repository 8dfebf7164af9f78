"""Room for unfolded composites: nothing covers anything, however the net is wired."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.core.analysis import analyze
from designer.core.arrangement import Rect, arranged
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layout import Direction
from designer.layers import CATALOGUE
from designer.ui.canvas.compose import compose
from designer.ui.canvas.picture import Picture
from designer.ui.canvas.placement import size_of
from designer.ui.layout_commands import MARGINS


def net(seed: int) -> tuple[Design, frozenset[str]]:
    """A net of branches and shortcuts, and the composites in it."""
    random = Random(seed)
    nodes = [Node("n0", CATALOGUE["Input"](channels=4, height=8, width=8))]
    edges: list[Edge] = []
    composites = set()
    for i in range(1, random.randint(3, 14)):
        sources = sorted(
            {random.randrange(max(0, i - 4), i) for _ in range(random.choice((1, 1, 1, 2)))}
        )
        kind = "ReLU"
        if len(sources) > 1:
            kind = "Concat"
        elif random.random() < 0.3:
            kind = "Inception"
            composites.add(f"n{i}")
        nodes.append(Node(f"n{i}", CATALOGUE[kind]()))
        edges += [Edge(f"n{source}", f"n{i}", port) for port, source in enumerate(sources)]
    return Design(graph=Graph.of(nodes, edges)), frozenset(composites)


def laid_out(design: Design, direction: Direction) -> Design:
    sizes = {node.id: size_of(node) for node in design.nodes.values()}
    order = analyze(design).order
    places = arranged(design.graph, sizes, order, (), MARGINS, direction).places
    nodes = [replace(node, position=places[node.id]) for node in design.nodes.values()]
    return design.with_nodes(nodes)


def outermost(picture: Picture) -> dict[str, Rect]:
    """The rectangles of what is in no composite: nodes, and composites that are unfolded."""
    found = {
        item.id: (x, y, x + w, y + h)
        for item, (x, y, w, h) in zip(picture.items, picture.boxes.tolist(), strict=True)
        if "/" not in item.id
    }
    for panel in picture.panels:
        x, y, w, h = panel.rect
        found[panel.id] = (x, y, x + w, y + h)
    return found


@settings(max_examples=25)
@given(st.integers(0, 2**32), st.sampled_from(["right", "down"]))
def test_nothing_covers_anything(seed: int, direction: Direction) -> None:
    design, composites = net(seed)
    design = laid_out(design, direction)
    picture = compose(design, analyze(design), unfolded=composites)
    rects = outermost(picture)
    assert rects.keys() == design.nodes.keys()
    for (_, one), (_, other) in combinations(rects.items(), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, rects


def test_what_leads_to_a_composite_stays() -> None:
    nodes = [Node("image", CATALOGUE["Input"](channels=4, height=8, width=8))]
    nodes += [Node(n, CATALOGUE["ReLU"]()) for n in "abc"]
    nodes += [Node("sum", CATALOGUE["Concat"]()), Node("block", CATALOGUE["Inception"]())]
    edges = [Edge("image", n) for n in "abc"] + [Edge(n, "sum", i) for i, n in enumerate("abc")]
    design = laid_out(Design(graph=Graph.of(nodes, [*edges, Edge("sum", "block")])), "right")
    folded = compose(design, analyze(design))
    unfolded = compose(design, analyze(design), unfolded=frozenset({"block"}))
    for name in ("image", *"abc", "sum"):
        before, after = (p.boxes[p.index[name]].tolist() for p in (folded, unfolded))
        assert before == after
