"""Plates: put together of parts they look as one that is drawn, on every screen."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from designer.core.analysis import analyze
from designer.core.design import Design, Frame
from designer.ui.canvas.drawing.ink import colour, pen
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.drawing.plate import put_plates
from designer.ui.canvas.drawing.sprite import Sprites
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import DARK, LIGHT, Tokens
from tests.ui.canvas.drawing.test_paint import pixels

RECTS = np.array([[12.0, 9.0, 90.0, 60.0], [120.0, 20.0, 60.0, 70.0]])


def blank(ratio: float, tokens: Tokens) -> QImage:
    image = QImage(round(200 * ratio), round(100 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(colour(tokens.canvas))
    return image


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_plate_looks_as_a_drawn_one(qtbot: QtBot, ratio: float, tokens: Tokens) -> None:
    put, drawn = blank(ratio, tokens), blank(ratio, tokens)
    with QPainter(put) as painter:
        assert put_plates(painter, RECTS, 10.0, tokens, ratio)
    with QPainter(drawn) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour(tokens.frame))
        painter.setPen(pen(tokens.frame_line))
        for rect in RECTS.tolist():
            painter.drawRoundedRect(QRectF(*rect).adjusted(0.5, 0.5, -0.5, -0.5), 10.0, 10.0)
    differ = np.abs(pixels(put).astype(int) - pixels(drawn)).max(axis=2)
    assert differ.max() <= 24 and (differ > 4).sum() < 60 * ratio**2, "a shade in the corners"
    assert len(np.unique(pixels(put).reshape(-1, 3), axis=0)) >= 3


def test_edges_between_pixels_come_to_lie_on_whole_ones(qtbot: QtBot) -> None:
    image = blank(1.0, DARK)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        put_plates(painter, RECTS + np.array([0.3, -0.4, 0.0, 0.0]), 10.0, DARK, 1.0)
        assert painter.testRenderHint(QPainter.RenderHint.Antialiasing), "as it was"
    column = [image.pixelColor(57, y).name() for y in range(6, 13)]
    ground, line, frame = (
        QColor(name).name() for name in (DARK.canvas, DARK.frame_line, DARK.frame)
    )
    assert column == [ground, ground, ground, line, frame, frame, frame]


def test_too_small_a_plate_is_left_to_others(qtbot: QtBot) -> None:
    image = blank(1.0, DARK)
    with QPainter(image) as painter:
        assert not put_plates(painter, np.array([[5.0, 5.0, 80.0, 12.0]]), 10.0, DARK, 1.0)
    assert image == blank(1.0, DARK)


@pytest.mark.parametrize("scale", [2.0, 1.3, 1.0, 0.7, 0.4])
def test_ground_that_frames_cover_is_left_out_and_nobody_sees_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, scale: float
) -> None:
    frames = [
        Frame("a", (0.0, 0.0), (300.0, 180.0)),
        Frame("b", (340.0, 10.0), (200.0, 180.0)),
        Frame("c", (20.0, 40.0), (120.0, 90.0)),
    ]
    design = Design(frames=tuple(frames))
    picture = compose(design, analyze(design))
    viewport = Viewport(scale, -20.0, -20.0, 580.0 * scale, 230.0 * scale)
    images = []
    for most in (1.0, 0.0):
        monkeypatch.setattr("designer.ui.canvas.drawing.ground.MOST_BARE", most)
        image = QImage(round(viewport.width), round(viewport.height), QImage.Format.Format_RGB32)
        image.fill(QColor("#ff00ff"))
        with QPainter(image) as painter:
            paint(painter, picture, viewport, DARK, Sprites())
        images.append(pixels(image))
    assert (images[0] == images[1]).all()
