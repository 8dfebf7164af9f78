"""Frames: they stand where the design says, and go around the nodes that they hold."""

from __future__ import annotations

from dataclasses import replace

from designer.core.analysis import analyze
from designer.core.design import Design, Frame
from designer.core.edits import InsertLayer, Move
from designer.layers import CATALOGUE
from designer.storage import TEMPLATES, template
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.measure import NODE_HEIGHT, NODE_WIDTH
from designer.ui.canvas.scene.viewport import Rect
from tests.ui.canvas.nets import small


def rect_of(design: Design) -> Rect:
    """Where the first frame is shown."""
    return compose(design, analyze(design)).panels[0].rect


def framed(*nodes: str) -> Design:
    frame = Frame("stem", (-40.0, -60.0), (400.0, 160.0), nodes=nodes)
    return replace(small(), frames=(frame,))


def test_a_frame_grows_with_its_nodes_and_no_others() -> None:
    (first, second, *_) = small().nodes
    places = {first: (0.0, 0.0), second: (0.0, 0.0)}
    still = Move(places).apply(framed(first))
    assert rect_of(still) == (-40.0, -60.0, 400.0, 160.0)
    away = Move({first: (900.0, -300.0)}).apply(still)
    left, top, width, height = rect_of(away)
    assert left == -40.0 and left + width > 900.0 + NODE_WIDTH
    assert top < -300.0 and top + height == 100.0
    below = Move({first: (-200.0, 500.0)}).apply(still)
    left, top, width, height = rect_of(below)
    assert left < -200.0 and left + width == 360.0
    assert top == -60.0 and top + height > 500.0 + NODE_HEIGHT
    other = Move({second: (900.0, 900.0)}).apply(still)
    assert rect_of(other) == rect_of(still)


def test_a_frame_without_nodes_stays_where_it_is() -> None:
    assert rect_of(framed()) == (-40.0, -60.0, 400.0, 160.0)
    assert rect_of(framed("gone")) == (-40.0, -60.0, 400.0, 160.0)


def test_the_frames_of_templates_stand_as_they_were_drawn() -> None:
    for known in TEMPLATES:
        design = known.design()
        panels = compose(design, analyze(design)).panels
        expected = [(*frame.position, *frame.size) for frame in design.frames]
        assert [panel.rect for panel in panels] == expected


def test_a_node_that_makes_room_for_itself_pushes_nothing_out_of_its_frame() -> None:
    design = template("alexnet").design()
    layer = CATALOGUE["ReLU"]()
    design = InsertLayer(design.graph.outgoing["image"][0], layer).apply(design)
    picture = compose(design, analyze(design))
    (left, _, width, _), *_ = (panel.rect for panel in picture.panels)
    inside = [picture.places[name][0] for name in design.frames[0].nodes]
    assert left <= min(inside) and max(inside) + NODE_WIDTH <= left + width
