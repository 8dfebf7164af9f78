"""Into a composite and out again: its inside alone, read only, with breadcrumbs above it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from designer.core.edits import RemoveNodes, SetNode, SetParam
from designer.ui.canvas.view import CanvasView
from designer.ui.main_window import MainWindow
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import LEFT, NONE, Palette, click, drag, key, middle, pixel
from tests.ui.canvas.nets import small, with_inception

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def inside(make_canvas: MakeCanvas) -> CanvasView:
    """The inside of an Inception, gone into by a key."""
    canvas = make_canvas(with_inception())
    click(canvas, middle(canvas, "block"))
    key(canvas, K.Key_O)
    return canvas


def test_o_shows_the_inside_alone_and_escape_all_as_it_was(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(with_inception())
    camera, whole = canvas.viewport, {item.id for item in canvas.picture.items}
    click(canvas, middle(canvas, "block"))
    key(canvas, K.Key_O)
    facts = canvas.session.analysis.facts["block"]
    assert {item.id for item in canvas.picture.items} == {f"block/{n}" for n in facts.inside or ()}
    assert all(item.facts == (facts.inside or {})[item.id[6:]] for item in canvas.picture.items)
    left, top, right, bottom = canvas.viewport.seen
    x1, y1, x2, y2 = canvas.picture.bounds()
    assert left < x1 and top < y1 and right > x2 and bottom > y2
    canvas.grab()
    key(canvas, K.Key_Escape)
    assert {item.id for item in canvas.picture.items} == whole
    assert canvas.viewport == camera
    assert canvas.selection.nodes == {"block"}
    assert canvas.session.document.undo_label is None


def test_what_goes_in_and_what_comes_out_are_seen(make_canvas: MakeCanvas) -> None:
    canvas = inside(make_canvas)
    roles = [item.node.layer.role for item in canvas.picture.items]
    assert roles.count("image") == 1
    index = roles.index("image")
    assert canvas.picture.look(index).second == "192 × 28 × 28"
    outputs = canvas.session.analysis.facts["block"].outputs
    assert canvas.picture.look(len(roles) - 1).second == str((outputs or ("",))[0])


def test_nothing_can_be_edited_there_and_a_sentence_says_why(make_canvas: MakeCanvas) -> None:
    canvas = inside(make_canvas)
    begin, said = canvas.session.design, []
    boxes = canvas.picture.boxes.copy()
    canvas.refused.connect(said.append)
    node = canvas.picture.items[2].id
    drag(canvas, middle(canvas, node), (middle(canvas, node)[0] + 90.0, 300.0))
    assert not said
    for which, held in [(K.Key_Delete, NONE), (K.Key_Space, NONE), (K.Key_D, CTRL), (K.Key_G, CTRL),
                        (K.Key_T, CTRL), (K.Key_N, NONE), (K.Key_B, NONE), (K.Key_R, NONE),
                        (K.Key_C, NONE), (K.Key_Down, CTRL)]:  # fmt: skip
        key(canvas, which, held)
    assert len(said) == 10
    assert set(said) == {
        "the inside of block is given by its parameters: go out (Esc) to edit the net around it"
    }
    Palette(canvas, "ReLU").drop(middle(canvas, node))
    assert len(said) == 11
    assert canvas.session.design is begin
    assert (canvas.picture.boxes == boxes).all()
    assert not canvas.quick_add.isVisible() and not canvas.frames.writing.isVisible()


def test_a_parameter_of_the_composite_changes_what_is_seen(make_canvas: MakeCanvas) -> None:
    canvas = inside(make_canvas)
    count = len(canvas.picture.items)
    canvas.session.execute(SetParam("block", "reduce_5x5", 0))
    assert len(canvas.picture.items) < count
    assert canvas.levels.path == "block"
    canvas.session.undo()
    assert len(canvas.picture.items) == count


def test_what_is_gone_or_not_known_leads_out(make_canvas: MakeCanvas) -> None:
    canvas = inside(make_canvas)
    canvas.session.execute(RemoveNodes(frozenset({"block"})))
    assert canvas.levels.path == "" and "pool2" in canvas.picture.index
    canvas.session.undo()
    click(canvas, middle(canvas, "block"))
    key(canvas, K.Key_O)
    canvas.session.execute(RemoveNodes(frozenset({"image"})))
    assert canvas.levels.path == "" and "block" in canvas.picture.index
    said: list[str] = []
    canvas.refused.connect(said.append)
    canvas.choose({"block"})
    key(canvas, K.Key_O)
    assert said == ["block shows its inside when the shape that it gets is known"]


def test_what_is_chosen_elsewhere_leads_out_and_is_shown(make_canvas: MakeCanvas) -> None:
    canvas = inside(make_canvas)
    canvas.selection.set({"pool3"})
    assert canvas.levels.path == ""
    assert canvas.rect().contains(canvas.screen_rect(canvas.picture.index["pool3"]).toRect())
    key(canvas, K.Key_U)
    canvas.choose({"pool2"})
    key(canvas, K.Key_O)
    assert canvas.levels.path == "", "a pooling has no inside"


def test_another_project_is_shown_whole(make_canvas: MakeCanvas) -> None:
    canvas = inside(make_canvas)
    canvas.session.new(small())
    assert canvas.levels.path == ""
    assert set(canvas.picture.index) == set(small().nodes)


def test_breadcrumbs_say_where_one_is_and_lead_back(qtbot: QtBot, window: MainWindow) -> None:
    window.session.new(with_inception())
    window.session.execute(SetNode("block", "label", "<b>mixed</b> & more"))
    canvas, path = window.canvas, window.column.path

    def words() -> list[str]:
        layout = path.layout()
        assert layout is not None
        shown = (layout.itemAt(i).widget() for i in range(layout.count()))  # type: ignore[union-attr]
        return [w.text() for w in shown if isinstance(w, QLabel)]

    assert words() == ["Untitled", "/", "all"] and not path.crumbs
    canvas.choose({"block"})
    canvas.setFocus()
    key(canvas, K.Key_O)
    assert words() == ["/", "<b>mixed</b> & more", "·", "its inside is fixed"]
    (crumb,) = path.crumbs
    assert crumb.accessibleName() == "Go out to Untitled"
    qtbot.waitUntil(crumb.isVisible)
    QTest.mouseClick(crumb, LEFT, NONE)
    assert canvas.levels.path == ""
    assert words() == ["Untitled", "/", "all"]


def test_a_double_click_inside_adds_nothing(make_canvas: MakeCanvas) -> None:
    canvas = inside(make_canvas)
    _, _, right, bottom = canvas.picture.bounds()
    QTest.mouseDClick(canvas, LEFT, NONE, pixel(canvas, right, bottom))
    assert not canvas.quick_add.isVisible()
