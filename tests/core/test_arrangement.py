"""Frames are laid out as blocks: nothing of others stands in them, no node covers another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from designer.core.arrangement import Arrangement, Margins, Rect, arranged, beside
from designer.core.design import Frame
from designer.core.graph import Graph
from designer.core.layout import Direction
from designer.core.order import order
from tests.core.test_layout import HEIGHT, WIDTH, graph

MARGINS = Margins(40.0, 28.0, 24.0)
DIRECTIONS: tuple[Direction, ...] = ("right", "down")


def laid(
    g: Graph,
    *held: Iterable[str],
    direction: Direction = "right",
    sizes: dict[str, tuple[float, float]],
) -> Arrangement:
    frames = [Frame(f"frame {i}", (0, 0), (10, 10), nodes=tuple(n)) for i, n in enumerate(held)]
    return arranged(g, sizes, order(g).nodes, frames, MARGINS, direction)


def plain(g: Graph) -> dict[str, tuple[float, float]]:
    return dict.fromkeys(g.nodes, (WIDTH, HEIGHT))


def rect_of(frame: Frame) -> Rect:
    return (
        *frame.position,
        frame.position[0] + frame.size[0],
        frame.position[1] + frame.size[1],
    )


def meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_frame_holds_its_own_nodes_and_no_others(direction: Direction) -> None:
    # two branches; the frame holds the middle of one of them
    g = graph(*pairwise("abcdef"), ("a", "x"), ("x", "y"), ("y", "z"), ("z", "f"))
    found = laid(g, "cd", direction=direction, sizes=plain(g))
    box = rect_of(found.frames[0])
    inside = {n for n, (x, y) in found.places.items() if meet(box, (x, y, x + WIDTH, y + HEIGHT))}
    assert inside == {"c", "d"}
    x, y = found.places["c"]
    assert (x - box[0], y - box[1]) == (MARGINS.side, MARGINS.top)


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_chain_goes_straight_through_a_frame(direction: Direction) -> None:
    g = graph(*pairwise("abcdef"))
    found = laid(g, "bcd", "c", direction=direction, sizes=plain(g))
    across = 1 if direction == "right" else 0
    assert len({place[across] for place in found.places.values()}) == 1


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("count", [2, 4])
def test_what_is_level_with_a_frame_of_another_size_stays_level(
    direction: Direction, count: int
) -> None:
    branches = [(f"b{i}", f"c{i}") for i in range(count)]
    wires = [("in", "stem"), *(("stem", b) for b, _ in branches), *branches]
    g = graph(*wires, *((c, "out") for _, c in branches), ("out", "end"))
    found = laid(g, ("stem",), ("b1",), direction=direction, sizes=plain(g))
    across = 1 if direction == "right" else 0
    assert len({found.places[n][across] for n in ("in", "stem", "out", "end")}) == 1


def test_frames_in_frames_lie_within_them() -> None:
    g = graph(*pairwise("abcdef"))
    found = laid(g, "bcde", "cd", sizes=plain(g))
    outer, inner = map(rect_of, found.frames)
    assert outer[0] < inner[0] < inner[2] < outer[2]
    assert inner[1] - outer[1] >= MARGINS.top and outer[3] > inner[3]


@pytest.mark.parametrize("direction", DIRECTIONS)
def test_a_way_beside_a_frame_goes_on_beside_it(direction: Direction) -> None:
    branch = ["s", *(f"a{i}" for i in range(4)), "end"]
    other = ["s", *(f"b{i}" for i in range(3)), "end"]
    g = graph(*pairwise(branch), *pairwise(other))
    found = laid(g, branch[1:-1], direction=direction, sizes=plain(g))
    along = 0 if direction == "right" else 1
    steps = [found.places[b][along] - found.places[a][along] for a, b in pairwise(other[1:-1])]
    assert steps == ([192, 192] if direction == "right" else [92, 92])
    end = rect_of(found.frames[0])[2 + along]
    assert 44 <= found.places["end"][along] - end < 48
    assert not any(
        meet(rect_of(found.frames[0]), (x, y, x + WIDTH, y + HEIGHT))
        for n, (x, y) in found.places.items()
        if n not in branch[1:-1]
    )


def test_two_frames_side_by_side_do_not_meet() -> None:
    wires = [("s", n) for n in "abcd"] + [("a", "p"), ("b", "q"), ("c", "r"), ("d", "t")]
    g = graph(*wires, *((n, "end") for n in "pqrt"))
    found = laid(g, "ap", "cr", sizes=plain(g))
    assert not meet(*map(rect_of, found.frames))


def test_a_frame_that_a_way_leaves_and_enters_again_is_no_block() -> None:
    g = graph(*pairwise("abcd"))
    found = laid(g, "ac", sizes=plain(g))
    assert [found.places[n][0] for n in "abcd"] == [0, 192, 384, 576]
    left, _, right, _ = rect_of(found.frames[0])
    assert left == -MARGINS.side and right == 384 + WIDTH + MARGINS.side


def test_frames_that_share_nodes_are_put_around_them() -> None:
    g = graph(*pairwise("abcd"))
    found = laid(g, "abc", "cd", sizes=plain(g))
    for frame in found.frames:
        box = rect_of(frame)
        for name in frame.nodes:
            x, y = found.places[name]
            assert box[0] < x < x + WIDTH < box[2] and box[1] < y < y + HEIGHT < box[3]


def test_a_frame_without_nodes_stays() -> None:
    g = graph(("a", "b"))
    found = arranged(g, plain(g), (), [Frame("empty", (3, 4), (5, 6))], MARGINS)
    assert found.frames == (Frame("empty", (3, 4), (5, 6)),)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), max_size=30),
    st.lists(st.sets(st.integers(0, 13), min_size=1, max_size=5), max_size=3),
    st.sampled_from(DIRECTIONS),
    st.data(),
)
def test_nothing_covers_anything(
    pairs: list[tuple[int, int]],
    held: list[set[int]],
    direction: Direction,
    data: st.DataObject,
) -> None:
    wires = [(f"n{min(p)}", f"n{max(p)}") for p in pairs if p[0] != p[1]]
    g = graph(*wires, names="")
    for i in range(14):
        if f"n{i}" not in g.nodes:
            held = [group - {i} for group in held]
    heights = st.sampled_from([46.0, 78.0, 310.0])
    sizes = {n: (WIDTH, data.draw(heights)) for n in g.nodes}
    frames = [Frame("f", (0, 0), (1, 1), nodes=tuple(f"n{i}" for i in group)) for group in held]
    found = arranged(g, sizes, order(g).nodes, frames, MARGINS, direction)
    rects = {n: (x, y, x + sizes[n][0], y + sizes[n][1]) for n, (x, y) in found.places.items()}
    assert rects.keys() == g.nodes.keys()
    for a, b in combinations(rects, 2):
        assert not meet(rects[a], rects[b]), (a, b)
    for frame in found.frames:
        box = rect_of(frame)
        for name in frame.nodes:
            left, top, right, bottom = rects[name]
            assert box[0] < left and box[1] < top and right < box[2] and bottom < box[3]


def test_a_comment_goes_with_the_nearest_node_and_covers_none() -> None:
    before = {"a": (0.0, 0.0, 148.0, 46.0), "b": (400.0, 0.0, 548.0, 46.0)}
    after = {"a": (0.0, 500.0, 148.0, 546.0), "b": (0.0, 580.0, 148.0, 626.0)}
    found = beside({0: (0.0, 60.0, 200.0, 100.0)}, before, after, ())
    x, y = found[0]
    assert x == 0.0
    assert not any(meet((x, y, x + 200, y + 40), rect) for rect in after.values())
    assert 400.0 < y < 700.0
