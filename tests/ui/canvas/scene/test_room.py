"""Room for unfolded composites: nothing covers anything, however the net is wired."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.core.analysis import analyze
from designer.core.arrangement import Rect, arranged
from designer.core.design import Design, Frame
from designer.core.edits import Move
from designer.core.graph import Edge, Graph, Node
from designer.core.layout import Direction
from designer.layers import CATALOGUE
from designer.storage import load, save
from designer.storage.templates import template
from designer.ui.canvas.edit.commands import settled
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.placement import MARGINS, size_of


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
        assert not _meet(one, other), rects


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


def test_a_frame_goes_around_what_is_unfolded_in_it() -> None:
    nodes = [Node("image", CATALOGUE["Input"](channels=4, height=8, width=8))]
    nodes += [Node("block", CATALOGUE["Inception"]()), Node("relu", CATALOGUE["ReLU"]())]
    edges = [Edge("image", "block"), Edge("block", "relu")]
    design = laid_out(Design(graph=Graph.of(nodes, edges)), "right")
    held = Frame("Body", (150.0, -40.0), (250.0, 110.0), nodes=("block", "relu"))
    design = replace(design, frames=(held,))
    picture = compose(design, analyze(design), unfolded=frozenset({"block"}))
    rects = outermost(picture)
    (left, top, width, height), *_ = (panel.rect for panel in picture.panels)
    for name in ("block", "relu"):
        assert left < rects[name][0] and top < rects[name][1]
        assert rects[name][2] < left + width and rects[name][3] < top + height


@pytest.mark.parametrize("name", ["resnet-18", "inception-small"])
def test_a_file_without_places_is_laid_out_when_it_is_opened(tmp_path: Path, name: str) -> None:
    design = template(name).design()
    bare = design.with_nodes([replace(n, position=None) for n in design.nodes.values()])
    held = tuple(list(design.nodes)[2:5])
    file = tmp_path / "imported.convnet"
    save(replace(bare, frames=(Frame("Stem", (0.0, 0.0), (9.0, 9.0), nodes=held),)), file)
    opened = load(file)
    assert all(node.position is None for node in opened.nodes.values())
    picture = compose(opened, analyze(opened))
    rects = outermost(picture)
    frame = rects.pop("")
    for (_, one), (_, other) in combinations(rects.items(), 2):
        assert not _meet(one, other)
    assert {n for n, rect in rects.items() if _meet(frame, rect)} == set(held)
    moved = settled(Move({held[0]: picture.places[held[0]]}), picture).apply(opened)
    kept = outermost(compose(moved, analyze(moved)))
    assert kept.pop("") == pytest.approx(frame) and kept == rects
    for edge in opened.edges:  # in reading order: to the right, or in a later row
        (x, y, *_), (to_x, to_y, *_) = rects[edge.source], rects[edge.target]
        assert to_x > x or to_y > y


def _meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
