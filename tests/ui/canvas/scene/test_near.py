"""What is told of the pointer's surroundings is what the whole net says."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from designer.core.analysis import analyze
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.hit import item_at, port_at, wire_at
from designer.ui.canvas.scene.near import Near
from designer.ui.canvas.scene.picture import Picture
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import input_, middle, output, pixel
from tests.ui.canvas.nets import blocks, broken, small, with_inception


def written_out() -> Picture:
    design = blocks(6)
    return compose(design, analyze(design))


def unfolded() -> Picture:
    design = with_inception()
    return compose(design, analyze(design), unfolded=frozenset({"block"}))


@pytest.mark.parametrize("make", [written_out, unfolded])
@pytest.mark.parametrize("scale", [0.1, 0.7, 3.0])
def test_a_walk_meets_what_is_met_by_looking_through_everything(make, scale: float) -> None:
    picture, dice = make(), random.Random(1)
    left, top, right, bottom = picture.bounds()
    reach = 8.0 / scale
    near, answers, made = None, set(), 0
    owned = [i for i, item in enumerate(picture.items) if item.owner == item.id]
    for turn in range(40):
        at = (dice.uniform(left, right), dice.uniform(top, bottom))
        if turn % 2:
            at = picture.port_place(dice.choice(owned), 0, output=turn % 4 == 1)
        for _ in range(12):
            at = (at[0] + dice.gauss(0, 9 / scale), at[1] + dice.gauss(0, 5 / scale))
            if near is None or not near.holds(picture, at, reach):
                near, made = Near(picture, at, reach, scale), made + 1
            found = (near.item(at), near.port(at, min(reach, 14.0)), near.wire(at))
            every = (
                item_at(picture, at),
                port_at(picture, at, min(reach, 14.0)),
                wire_at(picture, at, reach),
            )
            assert found == every
            answers |= {name for name, one in zip("ipw", found, strict=True) if one is not None}
    assert answers == {"i", "p", "w"}
    assert made < 40 * 12 / 2


def test_it_holds_for_its_picture_as_it_lies_and_no_longer() -> None:
    picture, other = written_out(), written_out()
    near = Near(picture, (0.0, 0.0), 8.0, 1.0)
    assert near.holds(picture, (60.0, -60.0), 8.0)
    assert not near.holds(picture, (70.0, 0.0), 8.0)
    assert not near.holds(picture, (0.0, 0.0), 16.0)
    assert not near.holds(other, (0.0, 0.0), 8.0)
    picture.move(np.array([0]), picture.boxes[:1, :2] + 5.0)
    assert not near.holds(picture, (0.0, 0.0), 8.0)
    for change in (picture.reroute, picture.rest, lambda: picture.lead(0, ((9.0, 9.0),))):
        near = Near(picture, (0.0, 0.0), 8.0, 1.0)
        change()
        assert not near.holds(picture, (0.0, 0.0), 8.0)


def test_an_empty_canvas_has_nothing_near() -> None:
    design = blocks(0).with_nodes((), ())
    near = Near(compose(design, analyze(design)), (0.0, 0.0), 8.0, 1.0)
    assert (near.item((1.0, 1.0)), near.port((1.0, 1.0), 8.0), near.wire((1.0, 1.0))) == (None,) * 3


def test_the_pointer_has_a_cross_over_ports_and_its_usual_shape_elsewhere(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(small())

    def go(place: tuple[float, float]) -> Qt.CursorShape:
        canvas.hover.move(canvas.pointer(QPointF(pixel(canvas, *place))))
        return canvas.cursor().shape()

    cross, usual = Qt.CursorShape.CrossCursor, Qt.CursorShape.ArrowCursor
    assert go(middle(canvas, "conv1")) == usual
    assert go(output(canvas, "conv1")) == cross
    assert go(output(canvas, "conv1")) == cross
    canvas.unsetCursor()  # as the end of a gesture does
    assert go(output(canvas, "conv1")) == cross
    assert go(input_(canvas, "relu1")) == cross
    assert go(middle(canvas, "conv1")) == usual


def test_the_cards_under_the_pointer_are_those_that_are_shown_now(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    card = canvas.hover.fault_card(QPointF(0.0, 0.0))
    assert card is None
    (i,) = canvas.picture.faults
    shown = canvas.hover._cards[1][0]
    assert canvas.hover.fault_card(shown.rect.center()) == shown
    canvas.set_viewport(canvas.viewport.panned(0, 90))
    assert canvas.hover.fault_card(shown.rect.center()) is None
    moved = shown.rect.center() + QPointF(0, 90)
    assert canvas.hover.fault_card(moved) is not None
    canvas.session.undo()
    canvas.session.analyse()
    canvas.zoom_by(0.3)
    assert canvas.hover.fault_card(moved) is None
    canvas.choose({canvas.picture.items[i].id})
    assert canvas.hover.fault_card(QPointF(0.0, 0.0)) is None
    assert [one.item for one in canvas.hover._cards[1]] == [i]
