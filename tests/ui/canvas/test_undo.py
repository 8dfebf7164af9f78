"""An undo shows the picture that was, pixel by pixel, whatever was done to it in between."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from shiboken6 import delete

from designer.app.selection import Selection
from designer.app.session import A_NODE
from designer.core.design import Design, Frame
from designer.core.edits import Move, SetFrames, SetParam, SetVia
from designer.ui.canvas.edit import editing
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.view import AN_ITEM, CanvasView
from designer.ui.theme.theme import Theme
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import drag, middle, press, pull
from tests.ui.canvas.nets import blocks, broken, small
from tests.ui.canvas.test_monkey import assert_as_from_scratch

Act = Callable[[CanvasView], None]


def framed() -> Design:
    frame = Frame("Begin", (-28.0, -40.0), (400.0, 110.0), nodes=("image", "conv1"))
    return replace(small(), frames=(frame,))


def bent() -> Design:
    design = small()
    return SetVia(design.edges[0], ((170.0, -60.0),)).apply(design)


def delete_all(canvas: CanvasView) -> None:
    canvas.select_all()
    canvas.delete_selection()


def drag_a_node(canvas: CanvasView) -> None:
    x, y = middle(canvas, "conv1")
    drag(canvas, (x, y), (x + 80, y + 120))


def drag_a_frame(canvas: CanvasView) -> None:
    drag(canvas, (0.0, -30.0), (60.0, 90.0))


def drag_a_point(canvas: CanvasView) -> None:
    drag(canvas, (170.0, -60.0), (180.0, -120.0))


def visit_a_fault(canvas: CanvasView) -> None:
    fault = canvas.session.analysis.diagnostics[-1]
    editing.visit(canvas, fault)
    canvas.hover.preview.clear()
    canvas.session.execute(Move({"fc1": (400.0, 200.0)}))


def change_a_parameter(canvas: CanvasView) -> None:
    canvas.hover.move(canvas.pointer(QPointF(*canvas.viewport.to_screen(*middle(canvas, "conv1")))))
    canvas.session.execute(SetParam("conv1", "out_channels", 99))


def leave_a_drag(canvas: CanvasView) -> None:
    press(canvas, middle(canvas, "conv1"))
    pull(canvas, middle(canvas, "conv1"), (400.0, 200.0))
    canvas.session.execute(SetParam("conv1", "out_channels", 99))


def add_a_frame(canvas: CanvasView) -> None:
    canvas.session.execute(SetFrames((Frame("One", (0.0, -40.0), (300.0, 200.0)),)))


CASES = [
    (small, delete_all),
    (small, drag_a_node),
    (framed, drag_a_frame),
    (bent, drag_a_point),
    (broken, visit_a_fault),
    (small, change_a_parameter),
    (small, leave_a_drag),
    (small, add_a_frame),
    (lambda: blocks(8), delete_all),
]


def shown(canvas: CanvasView) -> QImage:
    """What the canvas shows when no more of it is to be drawn."""
    canvas.grab()
    while canvas.sprites.is_behind and canvas.sprites.catch_up() is False:
        pass
    return canvas.grab().toImage()


def anew(canvas: CanvasView) -> QImage:
    """What a canvas that was just made shows of the same design in the same place."""
    selection, theme = Selection(), Theme("dark")
    selection.set(canvas.selection.nodes, canvas.selection.edges)
    fresh = CanvasView(canvas.session, selection, theme)
    fresh.resize(canvas.size())
    fresh.set_viewport(canvas.viewport)
    fresh._on_selection_changed()
    fresh.minimap.setVisible(canvas.minimap.isVisible())
    image = shown(fresh)
    delete(fresh)  # now, and not when garbage is looked for: it hears the session
    return image


@pytest.mark.parametrize(("begin", "act"), CASES)
def test_undo_and_redo_show_what_a_new_canvas_shows(
    make_canvas: MakeCanvas, begin: Callable[[], Design], act: Act
) -> None:
    canvas = make_canvas(begin())
    session = canvas.session
    session.analyse()
    pictures: list[Picture] = [canvas.picture]
    act(canvas)
    assert session.can_undo
    pictures.append(canvas.picture)
    for step, which in ((session.undo, 0), (session.redo, 1), (session.undo, 0)):
        step()
        canvas.choose()
        assert canvas.picture is pictures[which]
        assert_as_from_scratch(canvas)
        assert shown(canvas) == anew(canvas)


def test_what_comes_back_is_not_composed_again(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    analyses, pictures = [canvas.session.analysis], []
    for channels in (5, 6, 7):
        canvas.session.execute(SetParam("conv1", "out_channels", channels))
        pictures.append(canvas.picture)
        analyses.append(canvas.session.analysis)
    for step, place in ((canvas.session.undo, 1), (canvas.session.undo, 0)):
        step()
        assert canvas.picture is pictures[place]
        assert canvas.session.analysis is analyses[place + 1]
    canvas.session.redo()
    assert canvas.picture is pictures[1]


def test_another_project_brings_nothing_of_the_one_before(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    design = canvas.session.design
    canvas.session.execute(SetParam("conv1", "out_channels", 5))
    before = canvas.picture
    canvas.session.new(broken())
    canvas.session.new(design)
    canvas.session.execute(SetParam("conv1", "out_channels", 5))
    assert canvas.picture is not before
    assert_as_from_scratch(canvas)


def test_what_is_kept_has_its_bounds_and_what_is_not_is_made_again(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    session = canvas.session
    session._analyses.budget, canvas._pictures.budget = 5 * A_NODE * 4, 3 * AN_ITEM * 4
    for channels in range(2, 12):
        session.execute(SetParam("conv1", "out_channels", channels))
    assert (len(session._analyses), len(canvas._pictures)) == (5, 3)
    for _ in range(10):
        session.undo()
        assert_as_from_scratch(canvas)
    for _ in range(10):
        session.redo()
        assert_as_from_scratch(canvas)
    assert canvas._pictures.size <= canvas._pictures.budget
    assert session._analyses.size <= session._analyses.budget
