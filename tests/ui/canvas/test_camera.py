"""The camera: wheel, minimap, fit; what is under the pointer stays there."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.nets import blocks, broken, small


def turn(
    canvas: CanvasView,
    at: QPointF,
    angle: QPoint,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
) -> None:
    where = canvas.mapToGlobal(at)
    buttons = Qt.MouseButton.NoButton
    event = QWheelEvent(at, where, QPoint(), angle, buttons, keys, phase, False)
    QApplication.sendEvent(canvas, event)


def test_the_wheel_zooms_to_the_pointer(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    canvas = make_canvas(small())
    at = QPointF(700.0, 210.0)
    before = canvas.viewport.to_canvas(at.x(), at.y())
    turn(canvas, at, QPoint(0, 240))
    assert canvas.zoom > 1.3
    assert canvas.viewport.to_canvas(at.x(), at.y()) == pytest.approx(before)
    turn(canvas, at, QPoint(0, -240))
    assert canvas.zoom == pytest.approx(1.0)
    qtbot.waitUntil(lambda: canvas._is_sharp, timeout=2000)


def test_two_fingers_pan_and_zoom_with_ctrl(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = canvas.viewport
    at = QPointF(300.0, 300.0)
    turn(canvas, at, QPoint(-40, 80), phase=Qt.ScrollPhase.ScrollUpdate)
    assert (canvas.viewport.x, canvas.viewport.y) == (before.x + 20, before.y - 40)
    control = Qt.KeyboardModifier.ControlModifier
    turn(canvas, at, QPoint(0, 80), control, Qt.ScrollPhase.ScrollUpdate)
    assert canvas.zoom > 1.0


def test_shift_and_the_wheel_pan_sideways(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    before = canvas.viewport
    turn(canvas, QPointF(300, 300), QPoint(0, 120), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.viewport.x == before.x - 60
    assert canvas.viewport.y == before.y


def test_the_zoom_has_ends() -> None:
    viewport = Viewport()
    assert viewport.zoomed(1e9, (10, 10)).scale == 4.0
    assert viewport.zoomed(1e-9, (10, 10)).scale == 0.02


def test_fit_shows_all_and_is_never_larger_than_life() -> None:
    viewport = Viewport(width=1000, height=500)
    small_net = viewport.fitted((0, 0, 100, 50))
    assert small_net.scale == 1.0
    assert small_net.to_screen(50, 25) == (500, 250)
    large = viewport.fitted((-2000, 0, 6000, 100))
    left, top, right, bottom = large.seen
    assert left < -2000 and right > 6000 and top < 0 and bottom > 100


def test_a_pan_goes_by_whole_device_pixels() -> None:
    viewport = Viewport(ratio=1.5).panned(0.4, 10.1)
    assert -viewport.x * 1.5 == pytest.approx(round(-viewport.x * 1.5))
    assert -viewport.y * 1.5 == pytest.approx(15)


def test_the_minimap_is_there_while_something_is_out_of_sight(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(8))
    assert canvas.minimap.isVisible()
    canvas.zoom_fit()
    assert not canvas.minimap.isVisible()


def test_the_minimap_is_dragged(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(8))
    overview = canvas.minimap.overview()
    x1, y1, x2, y2 = canvas.picture.bounds()
    end = QPointF(*overview.to_screen(x2, (y1 + y2) / 2)).toPoint()
    start = QPointF(*overview.to_screen(x1, (y1 + y2) / 2)).toPoint()
    none = Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas.minimap, Qt.MouseButton.LeftButton, none, start)
    QTest.mouseMove(canvas.minimap, end)
    left, _, right, _ = canvas.viewport.seen
    assert left < x2 < right
    QTest.mouseRelease(canvas.minimap, Qt.MouseButton.LeftButton, none, end)
    canvas.grab()


def test_a_design_that_is_opened_is_fitted_and_an_edit_is_not(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.session.new(blocks(4))
    whole = canvas.viewport
    assert whole.scale < 1.0
    canvas.choose({"r0"})
    canvas.delete_selection()
    assert canvas.viewport == whole


def test_an_undo_that_takes_part_of_the_selection_away_leaves_the_camera_alone(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv1"})
    canvas.duplicate()
    (copy,) = canvas.selection.nodes
    canvas.choose({copy, "image"})
    # far from where the node is that stays
    camera = replace(canvas.viewport, x=5000.0)
    canvas.set_viewport(camera)
    canvas.session.undo()
    assert canvas.selection.nodes == {"image"}
    assert canvas.viewport == camera


def test_what_is_seen_whole_is_seen_whole_in_a_window_of_another_size(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(blocks(8, 3))
    canvas.zoom_fit()
    canvas.resize(canvas.width() // 2, canvas.height() // 2)
    left, top, right, bottom = canvas.picture.bounds()
    seen = canvas.viewport.seen
    assert seen[0] <= left and seen[1] <= top and seen[2] >= right and seen[3] >= bottom
    canvas.zoom_by(2.0)
    before = canvas.viewport
    canvas.resize(canvas.width() + 100, canvas.height())
    after = canvas.viewport
    assert (after.x, after.y, after.scale) == (before.x, before.y, before.scale), "chosen by hand"


def test_the_camera_glides_where_motion_is_wanted(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    canvas = make_canvas(blocks(4))
    canvas.motion = 120
    begin, end = canvas.viewport, canvas.viewport.fitted(canvas.picture.bounds())
    seen: list[float] = []
    canvas.zoom_changed.connect(seen.append)
    canvas.zoom_fit()
    assert canvas.viewport == begin
    qtbot.waitUntil(lambda: canvas.viewport == end, timeout=3000)
    assert canvas._is_sharp
    assert len(seen) > 2
    assert seen == sorted(seen, reverse=True)


def test_a_hand_on_the_wheel_stops_the_glide(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    canvas = make_canvas(blocks(4))
    canvas.motion = 200
    canvas.zoom_fit()
    turn(canvas, QPointF(300, 300), QPoint(0, 120))
    held = canvas.viewport
    qtbot.wait(260)
    assert canvas.viewport == held


def test_a_glide_that_is_stopped_comes_to_rest(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    canvas = make_canvas(blocks(4))
    canvas.motion = 10**6
    canvas.zoom_in()
    qtbot.waitUntil(lambda: not canvas._is_sharp)
    canvas.set_viewport(canvas.viewport.panned(40, 0))
    qtbot.waitUntil(lambda: canvas._is_sharp, timeout=3000)
    qtbot.waitUntil(lambda: canvas.is_settled, timeout=3000)


def on_screen(canvas: CanvasView) -> QImage:
    """What was painted last, as it lies in the memory of the screen; when all is drawn in full."""
    QApplication.processEvents()
    while not canvas.is_settled:
        QApplication.processEvents()
    QApplication.processEvents()
    return canvas.screen().grabWindow(canvas.winId()).toImage()


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.2])
def test_a_step_aside_paints_what_comes_into_view_only(
    make_canvas: MakeCanvas, monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    canvas = make_canvas(blocks(40))
    canvas._sharpen.setInterval(10**6)
    canvas.set_viewport(canvas.viewport.centred((1500.0, 120.0), scale))
    on_screen(canvas)
    painted: list[int] = []
    monkeypatch.setattr(
        "designer.ui.canvas.pane.paint",
        lambda *given, **more: painted.append(area(given[5])) or paint(*given, **more),
    )
    partly = []
    for dx, dy in [*[(-8, -2)] * 8, (5, 0), (0, 9), (-31, 17), (60, -40), (3, 3)]:
        canvas.set_viewport(canvas.viewport.panned(dx, dy))
        found = on_screen(canvas)
        partly.append(sum(painted))
        painted.clear()
        canvas.repaint()
        assert alike(found, on_screen(canvas)), (dx, dy)
        assert sum(painted) > 0.95 * 1200 * 700
        painted.clear()
    assert max(partly) < 0.5 * 1200 * 700
    assert partly.count(0) >= 4, "most of it was painted ahead"


def test_two_steps_before_a_paint_are_one(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(40))
    canvas.set_viewport(canvas.viewport.centred((1500.0, 120.0), 1.0))
    on_screen(canvas)
    for steps in [[(-8, -2), (-9, 4)], [(20, 0), (-20, 3)], [(0, -7), (4, 0), (0, 7)]]:
        for step in steps:
            canvas.set_viewport(canvas.viewport.panned(*step))
        found = on_screen(canvas)
        canvas.repaint()
        assert alike(found, on_screen(canvas)), steps


def test_what_was_painted_ahead_is_forgotten_when_it_shows_something_else(
    make_canvas: MakeCanvas,
) -> None:
    canvas = make_canvas(blocks(40))
    canvas._sharpen.setInterval(10**6)
    canvas.set_viewport(canvas.viewport.centred((1500.0, 120.0), 1.0))
    on_screen(canvas)
    for step in range(6):
        if step == 3:
            right = canvas.viewport.seen[2]
            picture = canvas.picture
            beyond = [
                item.id
                for item, (x, *_) in zip(picture.items, picture.boxes.tolist(), strict=True)
                if right - 20.0 < x < right + 200.0
            ]
            canvas.picture.select(frozenset(beyond), frozenset())
            canvas.update()
        canvas.set_viewport(canvas.viewport.panned(-30, 0))
        found = on_screen(canvas)
        canvas.repaint()
        assert alike(found, on_screen(canvas)), step


def test_a_pan_at_rest_is_painted_in_one(make_canvas: MakeCanvas, qtbot: QtBot) -> None:
    canvas = make_canvas(blocks(40))
    canvas.set_viewport(canvas.viewport.centred((1500.0, 120.0), 1.0))
    on_screen(canvas)
    for _ in range(5):
        canvas.set_viewport(canvas.viewport.panned(-13, 5))
        on_screen(canvas)
    qtbot.waitUntil(lambda: not canvas._sharpen.isActive())
    found = on_screen(canvas)
    canvas.repaint()
    assert found == on_screen(canvas)


def test_words_that_lie_above_the_canvas_stay_and_do_not_make_it_slow(
    make_canvas: MakeCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = make_canvas(blocks(40))
    words = QLabel("Assignment 4 / all", canvas)
    words.move(300, 200)
    words.show()
    canvas.set_viewport(canvas.viewport.centred((1500.0, 120.0), 1.0))
    on_screen(canvas)
    canvas.set_viewport(canvas.viewport.panned(-8, -2))
    painted: list[int] = []
    monkeypatch.setattr(
        "designer.ui.canvas.pane.paint",
        lambda *given, **more: painted.append(area(given[5])) or paint(*given, **more),
    )
    for dx, dy in [(-8, -2), (5, 0), (0, 9), (-31, 17), (3, 3)]:
        canvas.set_viewport(canvas.viewport.panned(dx, dy))
        found = on_screen(canvas)
        before, _ = sum(painted), canvas.repaint()
        assert alike(found, on_screen(canvas)), (dx, dy)
        painted.clear()
        assert before < 0.6 * 1200 * 700


def area(rects: Sequence[QRect]) -> int:
    return sum(rect.width() * rect.height() for rect in rects)


def alike(first: QImage, second: QImage) -> bool:
    """Whether two pictures show the same; a smooth line that is cut may differ by a shade."""
    one, other = (
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8)
        for image in (first, second)
    )
    return bool(np.abs(one.astype(int) - other).max() <= 8)


def test_what_stands_still_on_the_screen_is_not_taken_along(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(broken())
    canvas.set_viewport(canvas.viewport.centred((600.0, 0.0), 1.0))
    for step in (-40, -300, 340):
        canvas.set_viewport(canvas.viewport.panned(step, 0))
        found = on_screen(canvas)
        canvas.repaint()
        assert found == on_screen(canvas)


@pytest.mark.parametrize("scale", [1.0, 0.6, 0.25])
def test_the_pointer_lights_only_what_it_is_over(make_canvas: MakeCanvas, scale: float) -> None:
    canvas = make_canvas(blocks(6))
    canvas.set_viewport(canvas.viewport.centred((900.0, 150.0), scale))
    lit = set()
    picture, shown = canvas.picture, canvas.viewport.to_screen
    places = [(20.0, 20.0)]
    for w in range(0, len(picture.wires), 7):
        x, y = picture.boxes[picture.target[w], :2].tolist()
        places += [shown(*picture.routes.middle(w)), shown(x + 70.0, y + 20.0)]
    for x, y in [place for place in places if 0 < place[0] < 1200 and 0 < place[1] < 700]:
        canvas.hover.move(canvas.pointer(QPointF(x, y)))
        lit.add((canvas.hover.item is not None, canvas.hover.wire is not None))
        found = on_screen(canvas)
        canvas.repaint()
        assert alike(found, on_screen(canvas))
    assert lit == {(False, False), (True, False), (False, True)}


def test_more_nodes_than_can_be_kept_are_not_drawn_for_ever(
    make_canvas: MakeCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("designer.ui.canvas.drawing.sprite.AT_LEAST", 2)
    canvas = make_canvas(blocks(8))
    on_screen(canvas)
    canvas.sprites.budget, canvas.sprites.patience = 100_000, 1e-6
    canvas.zoom_at(1.1, QPointF(400, 300))
    for _ in range(3):
        on_screen(canvas)
        canvas.repaint()
    assert canvas.sprites.is_behind
    assert canvas.is_settled


def test_at_rest_what_a_zoom_was_content_with_is_not_enough(
    make_canvas: MakeCanvas, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("designer.ui.canvas.drawing.sprite.AT_LEAST", 2)
    monkeypatch.setattr("designer.ui.canvas.drawing.sprite.IN_HASTE", 1)
    canvas = make_canvas(blocks(8))
    canvas.set_viewport(canvas.viewport.centred((900.0, 150.0), 1.0))
    on_screen(canvas)
    canvas._sharpen.setInterval(10**6)
    canvas.sprites.patience = 1e-4
    canvas.zoom_at(0.6, QPointF(600, 350))
    QApplication.processEvents()
    assert canvas.sprites.is_behind
    qtbot.waitUntil(lambda: not canvas._catch_up.isActive())
    QApplication.processEvents()
    canvas._on_rested()
    assert canvas.sprites.is_behind, "other sprites are wanted now"
    qtbot.waitUntil(lambda: not canvas._catch_up.isActive())
    QApplication.processEvents()
    assert not canvas.sprites.is_behind
