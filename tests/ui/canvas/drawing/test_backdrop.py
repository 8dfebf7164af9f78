"""The backdrop: a drag in steps shows what painting all of it shows."""

import os
import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.core.analysis import analyze
from designer.ui.canvas.drawing.backdrop import Backdrop
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.drawing.sprite import Sprites
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.canvas.view import CanvasView
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.tokens import DARK
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import middle, pixel, press, release
from tests.ui.canvas.nets import blocks
from tests.ui.canvas.test_camera import on_screen


def shades(image: QImage) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), -1, 4)[:, :, :3].astype(np.int64)


def whole(canvas: CanvasView) -> QImage:
    """All that the canvas shows, painted without a backdrop."""
    image = QImage(canvas.size(), QImage.Format.Format_RGB32)
    shown = canvas.picture, canvas.viewport, canvas.tokens
    with QPainter(image) as painter:
        paint(painter, *shown, canvas.sprites)
        canvas.paint_above(painter)
    return image


@pytest.mark.parametrize("node", ["join2", "b2"])
def test_each_step_of_a_drag_shows_all(make_canvas: MakeCanvas, node: str) -> None:
    canvas = make_canvas(blocks(6))
    canvas.set_viewport(canvas.viewport.centred(middle(canvas, node), 1.0))
    begin = middle(canvas, node)
    on_screen(canvas)
    press(canvas, begin)
    on_screen(canvas)
    place = pixel(canvas, *begin)
    for dx, dy in [(140, -160), (30, 25), (44, 20), (90, -140), (60, -220), (-80, 60), (-84, 63)]:
        QTest.mouseMove(canvas, place + QPoint(dx, dy))
        found = shades(on_screen(canvas))
        wanted = shades(whole(canvas))
        hidden = canvas.minimap.geometry()
        wanted[hidden.top() : hidden.bottom() + 1, hidden.left() : hidden.right() + 1] = found[
            hidden.top() : hidden.bottom() + 1, hidden.left() : hidden.right() + 1
        ]
        # a smooth line that is cut may differ by a shade
        assert np.abs(found - wanted).max() <= 24, (dx, dy)
    assert canvas._backdrop._under is not None
    release(canvas, canvas.viewport.to_canvas(place.x() - 84, place.y() + 63))
    found = on_screen(canvas)
    assert canvas._backdrop._under is None, "nothing moves any more"
    canvas.repaint()
    assert found == on_screen(canvas)


def test_a_step_that_moves_nothing_paints_nothing(
    make_canvas: MakeCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas = make_canvas(blocks(3))
    begin = middle(canvas, "join1")
    canvas.set_viewport(canvas.viewport.centred(begin, 1.0))
    press(canvas, begin)
    place = pixel(canvas, *begin)
    QTest.mouseMove(canvas, place + QPoint(40, 40))
    painted: list[object] = []
    monkeypatch.setattr(canvas, "refresh", lambda *rects: painted.append(rects))
    QTest.mouseMove(canvas, place + QPoint(41, 40))
    assert not painted, "the node is on the grid"
    QTest.mouseMove(canvas, place + QPoint(48, 40))
    assert len(painted) == 1
    canvas.cancel()


def test_a_drag_that_takes_the_canvas_along_leaves_nothing_behind(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(blocks(3))
    begin = middle(canvas, "join1")
    canvas.set_viewport(canvas.viewport.centred(begin, 1.0))
    press(canvas, begin)
    place = pixel(canvas, *begin)
    QTest.mouseMove(canvas, place + QPoint(60, 40))
    on_screen(canvas)
    for step in [(60, 40), (60, 44), (100, -80)]:
        canvas.set_viewport(canvas.viewport.panned(-24, 8))
        canvas.hands.move_gesture()
        QTest.mouseMove(canvas, place + QPoint(*step))
        found = shades(on_screen(canvas))
        canvas.repaint()
        assert np.abs(found - shades(on_screen(canvas))).max() <= 24
    canvas.cancel()


def _wired(picture: Picture) -> str:
    """The node with the most wires."""
    ends = np.bincount(np.concatenate([picture.source, picture.target]))
    return picture.items[int(ends.argmax())].id


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_on_every_screen_it_is_the_same(qtbot: QtBot, ratio: float) -> None:
    load_fonts()
    design = blocks(4)
    picture = compose(design, analyze(design))
    viewport = Viewport(1.0, 100.0, -100.0, 640.0, 400.0, ratio)
    items = np.array([picture.index[_wired(picture)]], dtype=np.intp)
    home = picture.boxes[items, :2].copy()
    sprites, backdrop = Sprites(), Backdrop()
    assert backdrop.of(picture, viewport, DARK) is None
    for step in range(1, 5):
        picture.move(items, home + 7.0 * step)
        under = backdrop.of(picture, viewport, DARK)
        assert (under is None) == (step == 1), "the first step may be the only one"
        images = []
        for given in (under, None):
            image = QImage(round(640 * ratio), round(400 * ratio), QImage.Format.Format_RGB32)
            image.setDevicePixelRatio(ratio)
            with QPainter(image) as painter:
                paint(
                    painter, picture, viewport, DARK, sprites, [QRectF(0, 0, 640, 400)], under=given
                )
            images.append(shades(image))
        assert np.abs(images[0] - images[1]).max() <= 8


def test_what_is_marked_meanwhile_is_painted_anew(qtbot: QtBot) -> None:
    load_fonts()
    design = blocks(4)
    picture = compose(design, analyze(design))
    viewport = Viewport(width=640.0, height=400.0)
    items = np.array([picture.index[_wired(picture)]], dtype=np.intp)
    home = picture.boxes[items, :2].copy()
    backdrop = Backdrop()
    found = []
    for step in range(1, 7):
        picture.move(items, home + 7.0 * step)
        if step == 4:
            picture.hover(None, 0)
        found.append(backdrop.of(picture, viewport, DARK))
    assert [under is None for under in found] == [True, False, False, True, False, False]
    assert found[1] is found[2] and found[4] is found[5] and found[1] is not found[4]
    picture.reroute()
    assert backdrop.of(picture, viewport, DARK) is None


@pytest.mark.nightly
@pytest.mark.parametrize("ratio", ["1.25", "1.5", "2"])
def test_pans_and_drags_on_screens_with_finer_pixels(ratio: str) -> None:
    environment = {**os.environ, "QT_SCALE_FACTOR": ratio, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.ui.canvas.steps_on_screen"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, text=True)
    found, worst = map(float, done.stdout.split())
    assert found == float(ratio)
    assert worst <= 24
