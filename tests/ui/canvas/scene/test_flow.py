"""A net that runs from the top down: ports above and below, and all that goes by them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node, Point
from designer.layers import CATALOGUE
from designer.ui.canvas.edit.commands import follower, inserted, new_node
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.flow import DOWN, runs_down, turned
from designer.ui.canvas.scene.hit import port_at
from designer.ui.canvas.scene.measure import NODE_HEIGHT, NODE_WIDTH
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.placement import Placement
from designer.ui.canvas.scene.route import route
from designer.ui.canvas.scene.tidy import straightened
from designer.ui.main_window import MainWindow
from tests.ui.canvas.hands import key

IMAGE, CONV, RELU, FLATTEN = (CATALOGUE[n] for n in ("Input", "Conv2d", "ReLU", "Flatten"))


def chain(*places: Point | None) -> Design:
    layers = (IMAGE(), CONV(), RELU(), FLATTEN())
    nodes = [Node(n, layer, at) for n, layer, at in zip("abcd", layers, places, strict=False)]
    edges = [Edge(one.id, two.id) for one, two in pairwise(nodes)]
    return Design(graph=Graph.of(nodes, edges))


def picture_of(design: Design) -> Picture:
    return compose(design, analyze(design))


COLUMN_OF_FOUR = chain((0, 0), (0, 92), (0, 184), (0, 276))
ROW_OF_FOUR = chain((0, 0), (192, 0), (384, 0), (576, 0))


def test_the_wires_say_which_way_a_net_runs() -> None:
    assert picture_of(COLUMN_OF_FOUR).is_down
    assert not picture_of(ROW_OF_FOUR).is_down
    assert not picture_of(chain((0, 0), (192, 0), (192, 92))).is_down  # one each
    assert picture_of(chain((0, 0), (192, 0), (192, 92), (192, 184))).is_down
    assert not picture_of(Design()).is_down
    # upwards, and aside and below, say nothing
    boxes = np.array([[0, 0, 148, 46], [0, -92, 148, 46], [400, 92, 148, 46]], dtype=float)
    assert not runs_down(boxes, np.array([0, 0]), np.array([1, 2]))


def test_wires_leave_below_and_come_from_above() -> None:
    picture = picture_of(COLUMN_OF_FOUR)
    assert picture.ends.tolist() == [[74, 92 * i + 46, 74, 92 * i + 92] for i in range(3)]
    for i in range(3):
        assert picture.routes.of(i).tolist() == [[74, 92 * i + 46], [74, 92 * i + 92]]
    assert picture.port_place(1, 0, output=False) == (74, 92)
    assert picture.port_place(1, 0, output=True) == (74, 138)
    assert all(picture.look(i).is_down for i in range(4))
    assert picture.routes.points.flags.c_contiguous


def test_a_net_that_is_turned_is_led_as_the_other_one_turned() -> None:
    graph = Graph.of(
        [Node(n, CATALOGUE["Add"](), at) for n, at in zip("pqrs", _ZIGZAG, strict=True)],
        [Edge("p", "q"), Edge("q", "r"), Edge("r", "s"), Edge("p", "s", 1)],
    )
    down = picture_of(Design(graph=graph))
    assert down.is_down
    task = down._task()
    to_the_right = replace(task, ends=turned(task.ends), boxes=turned(task.boxes), is_down=False)
    led, other = route(task), route(to_the_right)
    assert np.array_equal(led.points, other.points[:, ::-1])
    assert np.array_equal(led.bounds, other.bounds[:, [1, 0, 3, 2]])
    assert np.array_equal(led.segments, other.segments[:, [1, 0, 3, 2]])


_ZIGZAG = ((0.0, 0.0), (0.0, 92.0), (20.0, 184.0), (0.0, 276.0))


@pytest.mark.parametrize("name", ["b", "c"])
def test_ports_are_found_where_they_are_drawn(name: str) -> None:
    picture = picture_of(COLUMN_OF_FOUR)
    i = picture.index[name]
    for output in (False, True):
        hit = port_at(picture, picture.port_place(i, 0, output=output))
        assert hit is not None and (hit.item, hit.output) == (i, output)
    x, y = picture.boxes[i, :2].tolist()
    assert port_at(picture, (x, y + 23)) is None


def test_a_port_for_many_wires_is_long_across() -> None:
    nodes = [Node(n, IMAGE(), (184.0 * i, 0.0)) for i, n in enumerate("abc")]
    nodes.append(Node("sum", CATALOGUE["Concat"](), (184.0, 92.0)))
    picture = picture_of(
        Design(graph=Graph.of(nodes, [Edge(n, "sum", i) for i, n in enumerate("abc")]))
    )
    assert picture.is_down
    x, y = picture.port_place(3, 0, output=False)
    assert picture.ends[:, 2].tolist() == [x - 6, x, x + 6]
    hit = port_at(picture, (x + 12, y))
    assert hit is not None and hit.item == 3 and not hit.output


def test_what_follows_stands_below() -> None:
    picture = picture_of(COLUMN_OF_FOUR)
    edit, name = follower(picture, RELU(), "d")
    assert edit.apply(picture.design).nodes[name].position == (0, 276 + DOWN.along)


def test_what_is_inserted_pushes_down_what_comes_after() -> None:
    picture = picture_of(COLUMN_OF_FOUR)
    edit, name = inserted(picture, picture.design.edges[1], new_node(picture.design, RELU()))
    after = edit.apply(picture.design)
    assert after.nodes[name].position == (0, 184)
    assert [after.nodes[n].position for n in "abcd"] == [(0, 0), (0, 92), (0, 276), (0, 368)]


def test_a_node_without_a_place_is_put_below_what_it_reads() -> None:
    design = chain((0, 0), (0, 92), (0, 184), None)
    places = Placement().places(design, analyze(design))
    assert places["d"] == (0, 184 + DOWN.along)


def test_nodes_are_straightened_into_a_column() -> None:
    design = chain((0, 0), (10, 92), (-8, 184))
    places = {n: node.position for n, node in design.nodes.items()}
    found = straightened(design.graph, places, frozenset("abc"), "abc", is_down=True)
    assert found == {"b": (0, 92), "c": (0, 184)}


def test_a_composite_unfolds_between_what_is_above_and_below() -> None:
    nodes = [Node("image", IMAGE(channels=8, height=12, width=12), (0.0, 0.0))]
    nodes.append(Node("block", CATALOGUE["Inception"](), (0.0, 92.0)))
    nodes.append(Node("relu", RELU(), (0.0, 184.0)))
    design = Design(graph=Graph.of(nodes, [Edge("image", "block"), Edge("block", "relu")]))
    picture = compose(design, analyze(design), unfolded=frozenset({"block"}))
    assert picture.is_down
    left, top, width, height = picture.panels[0].rect
    relu, image = picture.boxes[picture.index["relu"]], picture.boxes[picture.index["image"]]
    assert image[1] + NODE_HEIGHT < top and top + height < relu[1]
    concat = picture.boxes[picture.index["block/concat"]]
    assert concat[0] == relu[0] == image[0]
    inner = picture.boxes[[i for i, item in enumerate(picture.items) if "/" in item.id]]
    assert (inner[:, 0] > left).all() and (inner[:, 0] + NODE_WIDTH < left + width).all()
    assert (inner[:, 1] > top).all() and (inner[:, 1] + NODE_HEIGHT < top + height).all()


def test_arrows_walk_along_the_wires_downwards(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.canvas
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.session.new(COLUMN_OF_FOUR, now=True)
    canvas.setFocus()
    canvas.choose(["b"])
    key(canvas, Qt.Key.Key_Down)
    assert window.selection.nodes == {"c"}
    key(canvas, Qt.Key.Key_Up)
    key(canvas, Qt.Key.Key_Up)
    assert window.selection.nodes == {"a"}
