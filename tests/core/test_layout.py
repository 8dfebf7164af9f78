"""The automatic layout: no node covers another, chains are straight, few wires cross."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from designer.core.graph import Edge, Graph, Node
from designer.core.layout import COLUMN_GAP, ROW_GAP, arrange
from designer.core.order import order
from designer.layers import CATALOGUE

WIDTH, HEIGHT = 148.0, 46.0


def graph(*wires: tuple[str, str], names: str = "") -> Graph:
    found = dict.fromkeys([*names, *(end for wire in wires for end in wire)])
    merge = CATALOGUE["Concat"]()
    return Graph.of((Node(n, merge) for n in found), (Edge(a, b) for a, b in wires))


def places(
    g: Graph, sizes: dict[str, tuple[float, float]] | None = None
) -> dict[str, tuple[float, float]]:
    return arrange(g, sizes or dict.fromkeys(g.nodes, (WIDTH, HEIGHT)), order(g).nodes)


def test_nothing_is_arranged_to_nothing() -> None:
    assert places(graph()) == {}


def test_a_chain_is_a_straight_line() -> None:
    found = places(graph(("a", "b"), ("b", "c"), ("c", "d")))
    assert [found[n][1] for n in "abcd"] == [0, 0, 0, 0]
    assert [found[n][0] for n in "abcd"] == [0, 192, 384, 576]


def test_branches_stand_around_their_axis() -> None:
    wires = [("in", b) for b in "abcd"] + [(b, "out") for b in "abcd"]
    found = places(graph(*wires))
    ys = [found[b][1] for b in "abcd"]
    assert ys == [0, 80, 160, 240]
    assert found["in"][1] == found["out"][1] == 120


def test_a_shortcut_keeps_the_long_way_straight() -> None:
    found = places(graph(("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("a", "e")))
    assert len({found[n][1] for n in "abcde"}) == 1


def test_a_projection_beside_a_chain_does_not_bend_it() -> None:
    chain = list(pairwise("abcdefgh"))
    found = places(graph(*chain, ("c", "p"), ("p", "g")))
    assert len({found[n][1] for n in "abcdefgh"}) == 1
    assert found["p"][1] != found["d"][1]


def test_a_size_of_its_own_makes_room() -> None:
    g = graph(("a", "big"), ("a", "c"), ("big", "d"), ("c", "d"))
    sizes = dict.fromkeys(g.nodes, (WIDTH, HEIGHT)) | {"big": (600.0, 300.0)}
    found = places(g, sizes)
    assert found["d"][0] >= found["big"][0] + 600 + COLUMN_GAP - 2
    top, bottom = sorted(("big", "c"), key=lambda n: found[n][1])
    assert found[bottom][1] >= found[top][1] + sizes[top][1] + ROW_GAP - 4


def test_parts_without_a_wire_between_them_are_stacked() -> None:
    found = places(graph(("a", "b"), ("c", "d")))
    assert found["a"][1] == found["b"][1] == 0
    assert found["c"][1] == found["d"][1] >= HEIGHT + ROW_GAP
    assert found["a"][0] == found["c"][0] == 0


def test_crossings_that_need_not_be_are_removed() -> None:
    # the wires x→q, y→p cross unless one of the pairs is turned round
    found = places(graph(("s", "x"), ("s", "y"), ("x", "q"), ("y", "p"), ("q", "t"), ("p", "t")))
    assert (found["x"][1] < found["y"][1]) == (found["q"][1] < found["p"][1])


def test_downwards_is_the_same_turned() -> None:
    g = graph(("a", "b"), ("b", "c"))
    sizes = dict.fromkeys(g.nodes, (WIDTH, HEIGHT))
    found = arrange(g, sizes, order(g).nodes, "down")
    assert [found[n][0] for n in "abc"] == [0, 0, 0]
    assert found["a"][1] < found["b"][1] < found["c"][1]


def test_cycles_and_unordered_nodes_get_places_too() -> None:
    g = graph(("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"))
    found = places(g)
    assert found.keys() == g.nodes.keys()
    assert found["a"][0] < found["b"][0] < found["d"][0]


def test_without_an_order_it_finds_its_own() -> None:
    g = graph(("a", "b"), ("b", "c"), ("a", "c"))
    sizes = dict.fromkeys(g.nodes, (WIDTH, HEIGHT))
    assert arrange(g, sizes, ()) == places(g)


@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=40), st.data())
def test_nodes_never_cover_each_other(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    wires = [(f"n{min(p)}", f"n{max(p)}") for p in pairs if p[0] != p[1]]
    g = graph(*wires)
    heights = st.sampled_from([46.0, 78.0, 310.0])
    sizes = {n: (WIDTH, data.draw(heights)) for n in g.nodes}
    found = places(g, sizes)
    assert found == places(g, sizes)
    for a, b in wires:
        assert found[a][0] < found[b][0]
    names = list(found)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            (ax, ay), (bx, by) = found[a], found[b]
            apart_x = ax + WIDTH <= bx or bx + WIDTH <= ax
            apart_y = ay + sizes[a][1] <= by or by + sizes[b][1] <= ay
            assert apart_x or apart_y, (a, b, found[a], found[b])
