"""Wires: smooth, straight where they can be, around what stands in the way."""

import random

import numpy as np
import pytest

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.hit import PortHit, item_at, port_at, wire_at
from designer.ui.canvas.scene.lanes import Lanes
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.route import Task
from tests.ui.canvas.nets import blocks, make, small


def net(places: dict[str, tuple[float, float]], *wires: Edge) -> Picture:
    identity = make("Identity")
    merges = {w.target for w in wires if w.port}
    nodes = [Node(n, make("Concat") if n in merges else identity, p) for n, p in places.items()]
    design = Design(graph=Graph.of(nodes, wires))
    return compose(design, analyze(design))


def crosses(picture: Picture, wire: int, node: str) -> bool:
    """Whether a wire runs through a node's rectangle."""
    x, y, w, h = picture.boxes[picture.index[node]].tolist()
    points = picture.routes.of(wire)
    fine = np.concatenate(
        [points[:-1] + (points[1:] - points[:-1]) * t for t in np.linspace(0, 1, 9)]
    )
    inside = (fine[:, 0] > x) & (fine[:, 0] < x + w) & (fine[:, 1] > y) & (fine[:, 1] < y + h)
    return bool(inside.any())


def test_neighbours_on_one_height_are_joined_by_one_straight_piece() -> None:
    picture = compose(small(), analyze(small()))
    assert [len(picture.routes.of(w)) for w in range(3)] == [2, 2, 2]
    assert picture.routes.of(0).tolist() == [[148.0, 23.0], [192.0, 23.0]]


def test_a_wire_begins_and_ends_at_its_ports() -> None:
    picture = net({"a": (0, 0), "b": (300, 200)}, Edge("a", "b"))
    points = picture.routes.of(0)
    assert points[0].tolist() == [148.0, 23.0]
    assert points[-1].tolist() == [300.0, 223.0]
    assert 7 <= len(points) <= 13
    assert (np.diff(points[:, 0]) > 0).all()


@pytest.mark.parametrize("end", [0.0, 120.0, -200.0])
def test_a_wire_goes_around_what_stands_between(end: float) -> None:
    places = {"a": (0, 0), "b": (192, 0), "c": (384, 0), "d": (576, end)}
    picture = net(places, Edge("a", "b"), Edge("b", "c"), Edge("c", "d"), Edge("a", "d", 1))
    assert not crosses(picture, 3, "b")
    assert not crosses(picture, 3, "c")


def test_a_wire_that_leads_back_goes_around_the_nodes() -> None:
    picture = net({"a": (400, 0), "b": (0, 0), "c": (200, 0)}, Edge("a", "b"))
    for node in "abc":
        assert not crosses(picture, 0, node)
    points = picture.routes.of(0)
    assert points[1][0] > points[0][0]
    assert points[-2][0] < points[-1][0]


def test_two_shortcuts_have_lanes_of_their_own() -> None:
    places = {"a": (0, 0), "b": (192, 0), "c": (384, 0), "d": (576, 0), "e": (768, 0)}
    picture = net(
        places, Edge("a", "b"), Edge("b", "c"), Edge("c", "d"), Edge("d", "e"),
        Edge("a", "d", 1), Edge("b", "e", 1),
    )  # fmt: skip
    lanes = [picture.routes.of(w)[:, 1].min() for w in (4, 5)]
    lanes += [picture.routes.of(w)[:, 1].max() for w in (4, 5)]
    assert len(set(lanes)) >= 3


def test_a_wire_is_led_through_its_points() -> None:
    picture = net({"a": (0, 0), "b": (500, 0)}, Edge("a", "b", via=((250.0, 160.0),)))
    points = picture.routes.of(0)
    assert np.hypot(*(points - (250.0, 160.0)).T).min() < 1e-6


def test_wires_into_one_long_port_are_fanned_out_by_height() -> None:
    picture = net(
        {"low": (0, 200), "high": (0, 0), "all": (300, 100)},
        Edge("low", "all", 0),
        Edge("high", "all", 1),
    )
    low, high = picture.ends[0, 3], picture.ends[1, 3]
    assert low > high
    assert (low + high) / 2 == pytest.approx(123.0)


def test_moving_leads_only_the_touched_wires_anew_and_to_the_same_end() -> None:
    picture = compose(blocks(3), analyze(blocks(3)))
    i = picture.index["r1"]
    home = picture.boxes[[i], :2].copy()
    items = np.array([i])
    touched = picture.move(items, home + np.array([40.0, 36.0]))
    names = {picture.items[picture.wires[w].target].id for w in touched}
    assert {"r1", "b1"} <= names
    assert len(touched) < 8
    for w in range(len(picture.wires)):
        points = picture.routes.of(w)
        assert points[0].tolist() == picture.ends[w, :2].tolist()
        assert points[-1].tolist() == picture.ends[w, 2:].tolist()
    left = picture.routes.bounds[:, 0]
    assert (left == [picture.routes.of(w)[:, 0].min() for w in range(len(left))]).all()
    pieces = np.concatenate(
        [np.hstack([p[:-1], p[1:]]) for p in map(picture.routes.of, range(len(left)))]
    )
    assert (picture.routes.segments == pieces).all()


def test_from_afar_wires_keep_their_ways_with_fewer_pieces() -> None:
    places = {"a": (0, 0), "b": (192, 0), "c": (384, 0), "d": (576, 0), "e": (900, 300)}
    wires = [Edge("a", "b"), Edge("a", "d", 1), Edge("d", "a"), Edge("d", "e"), Edge("a", "e", 1)]
    picture = net(places, *wires)
    routes = picture.routes
    for w in range(len(wires)):
        one = np.array([w])
        fine, coarse = routes.pieces(one), routes.pieces(one, "coarse")
        assert len(coarse) <= len(routes.pieces(one, "half")) <= len(fine)
        assert fine.tolist() == np.hstack([routes.of(w)[:-1], routes.of(w)[1:]]).tolist()
        assert len(coarse) <= len(fine)
        assert coarse[0, :2].tolist() == routes.of(w)[0].tolist()
        assert coarse[-1, 2:].tolist() == routes.of(w)[-1].tolist()
        assert (coarse[1:, :2] == coarse[:-1, 2:]).all()
        # the longest piece is the level one of a lane, and stays level
        along = np.hypot(*(fine[:, 2:] - fine[:, :2]).T)
        if along.max() > 100:
            assert (coarse == fine[along.argmax()]).all(axis=1).any()
    every = np.arange(len(wires))
    whole = routes.pieces(every, "coarse")
    assert whole.tolist() == [
        row for w in every for row in routes.pieces(every[[w]], "coarse").tolist()
    ]


def hairball(count: int) -> Picture:
    """Nodes anywhere, each wired to two others: nearly every wire has something in its way."""
    dice = random.Random(count)
    side = 200 * count**0.5
    names = [f"n{i}" for i in range(count)]
    places = {n: (dice.uniform(0, side), dice.uniform(0, side)) for n in names}
    wires = [Edge(n, dice.choice(names), port) for port in range(2) for n in names]
    return net(places, *wires)


def test_a_net_that_wants_too_much_is_led_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[float] = []
    nearest = Lanes._nearest

    def counted(lanes: Lanes, *given: object) -> object:
        before = lanes._steps_left
        found = nearest(lanes, *given)  # type: ignore[arg-type]
        looked.append(before - lanes._steps_left)
        return found

    monkeypatch.setattr(Lanes, "_nearest", counted)
    monkeypatch.setattr("designer.ui.canvas.scene.lanes.MOST_STEPS", 500)
    picture = hairball(200)
    assert 0 < sum(looked) < 1000
    for w in range(len(picture.wires)):
        points = picture.routes.of(w)
        assert points[[0, -1]].ravel().tolist() == picture.ends[w].tolist()
        assert np.isfinite(points).all()


def test_an_edit_that_moves_nothing_leads_no_wire_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    first = compose(blocks(3), analyze(blocks(3)))
    home = first.boxes[[2], :2].copy()
    led: list[Task] = []
    monkeypatch.setattr("designer.ui.canvas.scene.picture.route", led.append)
    again = compose(blocks(3), analyze(blocks(3)), before=first)
    assert again.routes is first.routes
    monkeypatch.undo()
    # what a gesture does to a picture is no answer for the next one
    points = first.routes.points.copy()
    again.move(np.array([2]), home + 40.0)
    after = compose(blocks(3), analyze(blocks(3)), before=again)
    assert (after.routes.points == points).all()
    assert not led


def test_what_lies_where() -> None:
    picture = compose(small(), analyze(small()))
    assert item_at(picture, (200.0, 10.0)) == picture.index["conv1"]
    assert item_at(picture, (160.0, 10.0)) is None
    assert wire_at(picture, (170.0, 26.0)) == 0
    assert wire_at(picture, (170.0, 40.0)) is None
    assert port_at(picture, (150.0, 24.0)) == PortHit(picture.index["image"], 0, True)
    assert port_at(picture, (189.0, 24.0)) == PortHit(picture.index["conv1"], 0, False)
    assert port_at(picture, (260.0, 24.0)) is None


def test_the_wire_to_a_refused_port_is_marked() -> None:
    from designer.ui.canvas.scene.look import Mark
    from tests.ui.canvas.nets import broken

    picture = compose(broken(), analyze(broken()))
    marked = [w for w in range(3) if picture.wire_mark[w] & Mark.ERROR]
    assert [picture.items[picture.wires[w].target].id for w in marked] == ["fc1"]
