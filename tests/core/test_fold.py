"""Folding: long nets stand in rows, and nothing covers anything."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from designer.core.fold import SCREEN, folded, in_columns
from designer.core.graph import Graph, Point
from designer.core.layout import arrange
from designer.core.order import order
from tests.core.test_layout import HEIGHT, WIDTH, graph

Places = dict[str, Point]


def both(g: Graph) -> tuple[Places, Places]:
    """In one row, and folded."""
    sizes = dict.fromkeys(g.nodes, (WIDTH, HEIGHT))
    row = arrange(g, sizes, order(g).nodes)
    return row, folded(g, row, sizes)


def span(places: Places) -> tuple[float, float]:
    xs, ys = zip(*places.values(), strict=True)
    return max(xs) - min(xs) + WIDTH, max(ys) - min(ys) + HEIGHT


def chain(count: int, first: str = "n") -> list[tuple[str, str]]:
    return list(pairwise(f"{first}{i:03}" for i in range(count)))


def test_a_short_chain_stays_a_row() -> None:
    row, found = both(graph(*chain(12)))
    assert found == row
    assert span(row)[0] <= SCREEN.widest


def test_a_long_chain_is_read_like_text() -> None:
    row, found = both(graph(*chain(100)))
    width, height = span(found)
    assert span(row)[0] > 15_000
    assert 0.8 < width / height < 2.5
    names = sorted(found)
    assert [found[n][1] for n in names] == sorted(found[n][1] for n in names)
    for a, b in pairwise(names):
        (ax, ay), (bx, by) = found[a], found[b]
        assert (by == ay and bx > ax) or (by > ay + HEIGHT and bx == 0)


def blocks(count: int) -> Graph:
    """Blocks of four branches, each two nodes long, that are joined again."""
    wires: list[tuple[str, str]] = []
    last = "in"
    for b in range(count):
        for branch in "pqrs":
            wires += [(last, f"{branch}a{b:02}"), (f"{branch}a{b:02}", f"{branch}b{b:02}")]
            wires.append((f"{branch}b{b:02}", f"join{b:02}"))
        last = f"join{b:02}"
    return graph(*wires)


def test_branches_are_not_torn_apart() -> None:
    g = blocks(20)
    _, found = both(g)
    assert span(found)[0] < 0.5 * span(both(g)[0])[0]
    for b in range(20):
        ends = [found[f"{branch}b{b:02}"] for branch in "pqrs"]
        assert len({x for x, _ in ends}) == 1
        assert max(y for _, y in ends) - min(y for _, y in ends) < 4 * (HEIGHT + 40)
        assert found[f"join{b:02}"][0] > ends[0][0]


def test_what_cannot_be_cut_stays_a_row() -> None:
    # every node is read by the last one
    wires = [*chain(40), *((f"n{i:03}", "n039") for i in range(2, 38))]
    row, found = both(graph(*wires))
    assert span(found)[0] > 0.8 * span(row)[0]


def test_rows_end_outside_of_shortcuts() -> None:
    wires = chain(60)
    for i in range(0, 60, 10):  # a shortcut around the first nine of every ten
        wires.append((f"n{i:03}", f"n{i + 8:03}"))
    _, found = both(graph(*wires))
    first = [int(name[1:]) for name, (x, _) in found.items() if x == 0]
    assert len(first) > 2
    assert all(i % 10 in (0, 9) for i in first)


def test_from_the_top_down_it_fills_columns() -> None:
    g = graph(*chain(100))
    sizes = dict.fromkeys(g.nodes, (WIDTH, HEIGHT))
    found = in_columns(g, arrange(g, sizes, order(g).nodes, "down"), sizes)
    names = sorted(found)
    for a, b in pairwise(names):
        (ax, ay), (bx, by) = found[a], found[b]
        assert (bx == ax and by > ay) or (bx > ax + WIDTH and by == 0)
    width, height = span(found)
    assert 0.8 < width / height < 2.5


def test_parts_are_folded_each_for_itself() -> None:
    _, found = both(graph(*chain(60), *chain(3, "m")))
    assert len({found[f"m{i:03}"][1] for i in range(3)}) == 1
    last = max(y for name, (_, y) in found.items() if name.startswith("n"))
    assert found["m000"][1] > last + HEIGHT


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), max_size=90))
def test_rows_never_cover_each_other(steps: list[tuple[int, int]]) -> None:
    g = graph(*chain(62), *((f"n{a:03}", f"n{min(a + d, 61):03}") for a, d in steps if a < 61))
    _, found = both(g)
    assert found.keys() == g.nodes.keys()
    ordered = sorted(found.values(), key=lambda place: place[1])
    for i, (ax, ay) in enumerate(ordered):
        for bx, by in ordered[i + 1 :]:
            if by >= ay + HEIGHT:
                break
            assert ax + WIDTH <= bx or bx + WIDTH <= ax
