"""Tidying by hand: alignment, even gaps, level wires; and what would pile nodes up is refused."""

import pytest

from designer.core.graph import Graph, Point
from designer.ui.canvas.scene.tidy import Line, aligned, crowded, distributed, straightened
from designer.ui.commands.tidy import TidyCommands
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.nets import chain, loose, make

HEIGHT = 46.0


def three() -> Graph:
    """Three nodes in a row, each a little lower than the one before."""
    relu = make("ReLU")
    return loose(("a", relu, 0, 0), ("b", relu, 200, 20), ("c", relu, 480, 40)).graph


def places(graph: Graph) -> dict[str, Point]:
    return {n.id: n.position for n in graph.nodes.values() if n.position is not None}


@pytest.mark.parametrize(
    ("line", "axis", "expected"),
    [("top", 1, 0.0), ("bottom", 1, 40.0), ("middle", 1, 20.0),
     ("left", 0, 0.0), ("right", 0, 480.0), ("centre", 0, 240.0)],
)  # fmt: skip
def test_all_come_to_one_line(line: Line, axis: int, expected: float) -> None:
    graph = three()
    found = aligned(graph, places(graph), "abc", line)
    assert {place[axis] for place in found.values()} == {expected}
    other = 1 - axis
    assert {n: p[other] for n, p in found.items()} == {
        n: p[other] for n, p in places(graph).items()
    }


def test_gaps_become_equal_and_the_ends_stay() -> None:
    graph = three()
    found = distributed(graph, places(graph), "abc", 0)
    lefts = sorted(x for x, _ in found.values())
    assert lefts == [0.0, 240.0, 480.0]
    assert distributed(graph, places(graph), "ab", 0) == {}


def test_wires_run_level_even_from_the_second_output() -> None:
    split, relu = make("Split", (4, 4)), make("ReLU")
    design = chain(("image", make("Input", 8, 8, 8)), ("split", split), ("r1", relu), ("r2", relu))
    graph = design.graph
    moved = {n: (x, 13.0 * i) for i, (n, (x, _)) in enumerate(places(graph).items())}
    found = straightened(graph, moved, frozenset(graph.nodes), tuple(graph.nodes))
    assert found["split"][1] == moved["image"][1]  # one input in the middle of equal heights
    assert found["r1"][1] == found["split"][1] + HEIGHT / 3 - HEIGHT / 2
    assert found["r2"][1] == found["r1"][1]


def test_one_node_goes_to_what_it_reads() -> None:
    design = chain(("image", make("Input")), ("a", make("ReLU")))
    moved = {"image": (0.0, 40.0), "a": (192.0, 8.0)}
    assert straightened(design.graph, moved, frozenset("a"), ("image", "a")) == {"a": (192.0, 40.0)}


def test_what_would_lie_on_one_another_is_noticed() -> None:
    graph = three()
    assert crowded(graph, places(graph), aligned(graph, places(graph), "abc", "left"))
    assert not crowded(graph, places(graph), aligned(graph, places(graph), "abc", "top"))


def test_it_is_one_step_and_a_pile_is_refused_in_words(make_canvas: MakeCanvas) -> None:
    relu = make("ReLU")
    canvas = make_canvas(loose(("a", relu, 0, 0), ("b", relu, 200, 20), ("c", relu, 480, 36)))
    said: list[str] = []
    canvas.refused.connect(said.append)
    before = canvas.session.design
    tidy = TidyCommands(canvas)
    canvas.choose("abc")
    assert tidy.has_several and tidy.has_three
    tidy.left()
    assert canvas.session.design is before
    assert said and "would put some on others" in said[0]
    tidy.top()
    assert {n.position and n.position[1] for n in canvas.session.design.nodes.values()} == {0.0}
    canvas.session.undo()
    assert canvas.session.design is before
