"""Pixels painted ahead: what is shown of them is what would be painted there, wherever it is."""

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from designer.ui.canvas.drawing.ahead import FARTHEST, MOST, Ahead

SIZE = 64


class Ground:
    """Something to pan over: each square of four pixels has a colour of its own."""

    def __init__(self) -> None:
        self.way = (0, 0)
        self.painted: list[QRect] = []
        self.stays = True

    def paint(self, painter: QPainter, rect: QRect) -> bool:
        self.painted.append(rect)
        x0, y0 = self.way
        for x in range(rect.left() // 4 * 4 - 4, rect.right() + 5, 4):
            for y in range(rect.top() // 4 * 4 - 4, rect.bottom() + 5, 4):
                at = (x // 4 * 4 - x0 % 4, y // 4 * 4 - y0 % 4)
                square = ((at[0] + x0) // 4, (at[1] + y0) // 4)
                ink = QColor(square[0] * 37 % 256, square[1] * 91 % 256, 80)
                painter.fillRect(QRectF(*at, 4, 4), ink)
        return self.stays


def shown(ahead: Ahead | None, ground: Ground, rect: QRect, ratio: float) -> QImage:
    """A rectangle of the window, from what was painted ahead or as it would be painted."""
    image = QImage(round(SIZE * ratio), round(SIZE * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("white"))
    with QPainter(image) as painter:
        painter.setClipRect(rect)
        if ahead is None:
            ground.paint(painter, rect)
        else:
            ahead.show(painter, rect, ratio)
    return image


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_what_is_shown_is_what_would_be_painted(qtbot: QtBot, ratio: float) -> None:
    ground = Ground()
    ahead = Ahead(ground.paint)
    dice = np.random.default_rng(3)
    for step in [(-3, -1)] * 9 + [tuple(dice.integers(-9, 10, 2).tolist()) for _ in range(20)]:
        ground.way = (ground.way[0] - step[0], ground.way[1] - step[1])
        ahead.go(step)
        for rect in (QRect(SIZE - 3, 0, 3, SIZE), QRect(0, SIZE - 9, SIZE, 9), QRect(20, 30, 9, 5)):
            assert shown(ahead, ground, rect, ratio) == shown(None, ground, rect, ratio)


def test_steps_in_a_row_are_painted_once_in_many(qtbot: QtBot) -> None:
    ground = Ground()
    ahead = Ahead(ground.paint)
    for _ in range(64):
        ahead.go((-8, -2))
        shown(ahead, ground, QRect(SIZE - 8, 0, 8, SIZE), 1.0)
    assert len(ground.painted) <= 6
    assert max(rect.width() for rect in ground.painted) <= FARTHEST + 8
    assert len(ahead._pieces) <= MOST


def test_what_will_not_stay_is_not_kept(qtbot: QtBot) -> None:
    ground = Ground()
    ahead = Ahead(ground.paint)
    ground.stays = False
    rect = QRect(SIZE - 8, 0, 8, SIZE)
    ahead.go((-8, 0))
    for _ in range(3):
        shown(ahead, ground, rect, 1.0)
    assert [one == rect for one in ground.painted] == [False, True] * 3, "the rectangle alone"
    ground.painted.clear()
    ground.stays = True
    shown(ahead, ground, rect, 1.0), shown(ahead, ground, rect, 1.0)
    assert len(ground.painted) == 1
    ahead.forget()
    shown(ahead, ground, rect, 1.0)
    assert len(ground.painted) == 2
