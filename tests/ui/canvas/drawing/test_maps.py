"""Feature maps on the canvas: below the cards or instead of them, with room, ports and all."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from designer.core.analysis import analyze
from designer.core.design import Design, Frame
from designer.core.edits import SetVia
from designer.core.graph import Edge
from designer.rules import RULES
from designer.storage import template
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.hit import item_at, port_at
from designer.ui.canvas.scene.measure import ROOM
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.shown import NOTHING, Shown
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.main_window import MainWindow
from designer.ui.theme.tokens import DARK
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import drag
from tests.ui.canvas.nets import broken, loose, make, small, with_inception

BELOW, ALONE = Shown(every=True), Shown(alone=True)


def shown(design: Design, how: Shown, unfolded: frozenset[str] = frozenset()) -> Picture:
    return compose(design, analyze(design, RULES), unfolded=unfolded, shown=how)


def corner(picture: Picture, node: str) -> tuple[float, float]:
    x, y = picture.boxes[picture.index[node], :2].tolist()
    return (x, y)


def assert_apart(picture: Picture) -> None:
    for (ax, ay, aw, ah), (bx, by, bw, bh) in combinations(picture.boxes.tolist(), 2):
        assert ax + aw <= bx or bx + bw <= ax or ay + ah <= by or by + bh <= ay


@pytest.mark.parametrize("how", [BELOW, ALONE])
@pytest.mark.parametrize("name", ["inception-small", "resnet-18"])
def test_there_is_room_for_every_block(name: str, how: Shown) -> None:
    picture = shown(template(name).design(), how)
    assert_apart(picture)
    blocks = picture.blocks
    assert (blocks[:, 0] >= 0.0).all() and (blocks[:, 0] + blocks[:, 2] <= 148.0).all()
    assert (blocks[:, 1] >= 0.0).all()
    assert (blocks[:, 1] + blocks[:, 3] <= picture.boxes[:, 3]).all()


def test_there_is_room_in_an_unfolded_composite_too() -> None:
    picture = shown(with_inception(placed=False), BELOW, frozenset({"block"}))
    assert len(picture.items) > 6
    assert_apart(picture)
    x, y, width, height = picture.panels[0].rect
    inside = [i for i, item in enumerate(picture.items) if item.owner == "block"]
    left, top, right, bottom = picture.bounds(inside)
    assert x < left and y < top and right < x + width and bottom < y + height


@pytest.mark.parametrize("how", [BELOW, ALONE])
def test_wires_end_at_the_ports_and_level_ones_stay_level(how: Shown) -> None:
    design = template("inception-small").design()
    picture, plain = shown(design, how), shown(design, NOTHING)
    level = plain.ends[:, 1] == plain.ends[:, 3]
    assert level.any()
    assert np.allclose(picture.ends[level, 1], picture.ends[level, 3])
    for w, wire in enumerate(picture.wires):
        begin = picture.port_place(wire.source, wire.output, output=True)
        assert begin == pytest.approx(picture.ends[w, :2].tolist())
    i = picture.index["pool1"]
    hit = port_at(picture, picture.port_place(i, 0, output=True))
    assert hit is not None and (hit.item, hit.output) == (i, True)


def test_sides_follow_height_width_and_depth_on_one_scale() -> None:
    picture = shown(template("vgg-16").design(), BELOW)
    facts = [item.facts for item in picture.items]
    known = [
        (fact.output, solid)
        for fact, solid in zip(facts, picture.solids, strict=True)
        if fact is not None and fact.output is not None and fact.output.is_image
    ]
    for (a, first), (b, second) in pairwise(known):
        assert (a.height > b.height) == (first.height > second.height)
        assert (a.width > b.width) == (first.back > second.back)
        assert (a.channels < b.channels) == (first.thickness < second.thickness)
    vector = picture.solids[-1]  # of a thousand values
    assert vector.thickness > 4 * vector.height


def test_a_shape_that_is_not_known_is_an_outline() -> None:
    picture = shown(broken(), BELOW)
    looks = [picture.look(i).maps for i in range(len(picture.items))]
    assert [look is not None and look.is_known for look in looks] == [True, True, False, False]


def test_a_single_node_shows_its_block() -> None:
    picture = shown(small(), Shown(nodes=frozenset({"conv1"})))
    heights = picture.boxes[:, 3] - picture.heights
    assert heights.tolist() == [0.0, ROOM, 0.0, 0.0]
    assert [picture.look(i).maps is not None for i in range(4)] == [False, True, False, False]
    x, y = corner(picture, "conv1")
    assert item_at(picture, (x + 74.0, y + 46.0 + ROOM / 2)) == 1
    assert item_at(picture, (x - 118.0, y + 46.0 + ROOM / 2)) is None


@pytest.mark.parametrize("how", [BELOW, ALONE])
def test_a_node_that_is_dragged_stays_where_it_was_dropped(
    make_canvas: MakeCanvas, how: Shown
) -> None:
    canvas = make_canvas(small())
    begin = canvas.session.design
    canvas.show_maps(how)
    assert canvas.session.design is begin and not canvas.session.is_dirty
    x, y = corner(canvas.picture, "conv2")
    drag(canvas, (x + 60.0, y + 30.0), (x + 60.0, y + 30.0 + 120.0))
    assert corner(canvas.picture, "conv2") == (x, y + 120.0)
    assert canvas.session.design.nodes["conv2"].position == (576.0, 60.0)
    canvas.show_maps(NOTHING)
    assert corner(canvas.picture, "conv2") == (576.0, 60.0)
    canvas.session.undo()
    assert canvas.session.design is begin


def test_wires_are_drawn_from_block_to_block(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(
        loose(("image", make("Input"), 0.0, 0.0), ("conv", make("Conv2d"), 240.0, 40.0))
    )
    canvas.show_maps(ALONE)
    picture = canvas.picture
    drag(
        canvas,
        picture.port_place(0, 0, output=True),
        picture.port_place(1, 0, output=False),
    )
    assert canvas.session.design.edges == (Edge("image", "conv"),)


def test_points_of_wires_go_with_the_nodes(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    edge = canvas.session.design.edges[0]
    canvas.session.execute(SetVia(edge, ((172.0, 40.0),)))
    canvas.show_maps(BELOW)
    (shown_at,) = canvas.picture.via[0]
    assert shown_at == (172.0, 103.0)
    drag(canvas, shown_at, (172.0, 143.0))
    assert canvas.session.design.edges[0].via == ((172.0, 60.0),)


def test_a_frame_holds_its_nodes_with_their_blocks() -> None:
    names = ("conv1", "relu1")
    frame = Frame("Features", (164.0, -40.0), (396.0, 110.0), nodes=names)
    design = replace(small(), frames=(frame, Frame("", (0.0, 200.0), (260.0, 60.0), "a comment")))
    picture = shown(design, BELOW)
    x, y, width, height = picture.panels[0].rect
    left, top, right, bottom = picture.bounds(picture.owned(names))
    assert (left - x, top - y) == (28.0, 40.0)
    assert x + width >= right and bottom < y + height <= bottom + 40.0
    assert picture.panels[1].rect[3] == 60.0


@pytest.mark.parametrize("names", [(), ("conv1", "relu1")])
def test_a_frame_that_is_resized_is_where_it_was_let_go(
    make_canvas: MakeCanvas, names: tuple[str, ...]
) -> None:
    frame = Frame("Features", (164.0, -40.0), (396.0, 190.0), nodes=names)
    canvas = make_canvas(replace(small(), frames=(frame,)))
    canvas.show_maps(BELOW)
    canvas.set_viewport(replace(canvas.viewport, y=-200.0))
    x, y, width, height = canvas.picture.panels[0].rect
    drag(canvas, (x + width, y + height), (x + width + 40.0, y + height + 40.0))
    assert canvas.picture.panels[0].rect == (x, y, width + 40.0, height + 40.0)
    if names:
        assert canvas.session.design.frames[0].position == frame.position


def test_what_is_looked_at_stays_in_its_place(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"relu1"})
    canvas.set_viewport(replace(canvas.viewport, scale=1.5, x=200.0, y=-80.0))
    before = canvas.screen_rect(canvas.picture.index["relu1"]).topLeft()
    for how in (BELOW, ALONE, NOTHING):
        canvas.show_maps(how)
        now = canvas.screen_rect(canvas.picture.index["relu1"]).topLeft()
        assert (now - before).manhattanLength() <= 1.0
    canvas.set_viewport(canvas.viewport.fitted(canvas.picture.bounds()))
    canvas.show_maps(BELOW)
    assert canvas.is_whole


@pytest.mark.parametrize("scale", [0.1, 0.3, 0.4, 0.6, 1.0, 2.0])
@pytest.mark.parametrize("how", [BELOW, ALONE])
def test_blocks_are_painted_at_every_zoom(qapp: object, how: Shown, scale: float) -> None:
    picture = shown(small(), how)
    i = picture.index["conv1"]
    x, y, wide, high = picture.blocks[i].tolist()
    left, top = corner(picture, "conv1")
    middle = (left + x + wide / 2, top + y + high / 2)
    viewport = Viewport(width=300, height=300).centred(middle, scale)
    seen = []
    for how_now in (how, NOTHING):
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            paint(painter, shown(small(), how_now), viewport, DARK, grid=False, cards=False)
        seen.append(image.pixelColor(150, 150))
    blue, ground = seen
    assert blue.blue() > ground.blue() + 40 and blue.blue() > blue.red() + 30


def test_the_actions_switch_and_are_remembered(qtbot: QtBot, window: MainWindow) -> None:
    canvas, menus = window.canvas, window.menus
    begin = window.session.design
    menus.actions["maps.toggle"].trigger()
    assert canvas.picture.shown.every and window.maps.is_below
    menus.actions["maps.pyramid"].trigger()
    assert canvas.picture.shown.alone and not window.maps.is_below
    assert window.settings.value.maps == "alone"
    menus.actions["maps.pyramid"].trigger()
    assert not canvas.picture.shown.any and window.settings.value.maps == "none"
    canvas.choose({"conv1"})
    window.maps.selection()
    assert canvas.picture.shown.nodes == {"conv1"}
    window.maps.selection()
    assert not canvas.picture.shown.any
    assert window.session.design is begin
