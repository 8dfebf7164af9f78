"""How nodes, ports, wires and the ground look: sizes and inks, read off the pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.ui.canvas.drawing.draw import draw_node
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.look import Mark
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.tokens import DARK, LIGHT, Tokens
from tests.ui.canvas.nets import make, small

Pixels = np.ndarray[tuple[int, int, int], np.dtype[np.int16]]


@pytest.fixture(autouse=True)
def fonts(qtbot: QtBot) -> None:
    load_fonts()


def drawn(picture: Picture, tokens: Tokens = DARK, scale: float = 1.0) -> Pixels:
    """Red, green, blue of what is shown of the canvas from (−50, −50) on, without sprites."""
    image = QImage(round(700 * scale), round(200 * scale), QImage.Format.Format_RGB888)
    size = (float(image.width()), float(image.height()))
    with QPainter(image) as painter:
        paint(painter, picture, Viewport(scale, -50.0, -50.0, *size), tokens)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return flat[:, : 3 * image.width()].reshape(image.height(), -1, 3).astype(np.int16)


def ink(text: str) -> tuple[int, int, int]:
    colour = QColor(text)
    return (colour.red(), colour.green(), colour.blue())


def net(design: Design) -> Picture:
    return compose(design, analyze(design))


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_a_node_is_148_by_46_with_a_stripe_of_4_in_the_colour_of_its_family(
    tokens: Tokens,
) -> None:
    seen = drawn(net(Design(graph=Graph.of([Node("image", make("Input"), (0.0, 0.0))]))), tokens)
    row = seen[50 + 12, 50 : 50 + 148]
    stripe = (row == ink(tokens.family("image"))).all(axis=1)
    assert stripe[2:4].all() and not stripe[4:].any(), "beside the outline"
    assert (row[8:14] == ink(tokens.node)).all()
    inside = (seen == ink(tokens.node)).all(axis=2)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    assert (rows[0], rows[-1]) == (50 + 1, 50 + 44), "within a line of one pixel"
    assert (columns[0], columns[-1]) == (50 + 4, 50 + 146)


def test_a_port_of_9_is_hollow_when_free() -> None:
    free = drawn(net(small().with_nodes([small().nodes["image"], small().nodes["conv1"]], [])))
    wired = drawn(net(small()))
    middle, left = 50 + 23, 50 + 192
    assert (free[middle, left] == ink(DARK.canvas)).all(), "the ground is seen through it"
    assert (wired[middle, left] == ink(DARK.wire)).all()
    column = np.abs(free[middle - 8 : middle + 9, left] - ink(DARK.canvas)).sum(axis=1)
    rim = np.flatnonzero((free[middle - 8 : middle + 9, left] != ink(DARK.canvas)).any(axis=1))
    assert column.max() > 100
    assert rim[0] <= 4 and rim[-1] >= 12, "nine pixels from rim to rim"


class Recorder(QPainter):
    """Keeps every text that is drawn, with its font."""

    words: dict[str, QFont]

    def drawText(self, at: object, text: str) -> None:  # type: ignore[override]  # noqa: N802
        self.words[text] = QFont(self.font())


def test_the_name_is_semibold_above_the_shape_in_tabular_figures() -> None:
    picture, image = net(small()), QImage(200, 100, QImage.Format.Format_RGB32)
    with Recorder(image) as painter:
        painter.words = {}
        draw_node(painter, picture.look(picture.index["conv1"]), DARK)
    words = painter.words
    assert list(words) == ["5×5 /2", "conv1", "16 × 14 × 14"], "and no names of ports"
    assert (words["conv1"].pixelSize(), words["conv1"].weight()) == (13, QFont.Weight.DemiBold)
    shape = words["16 × 14 × 14"]
    assert shape.pixelSize() == 12
    assert shape.featureValue(QFont.Tag("tnum")) == 1
    assert words["conv1"].featureValue(QFont.Tag("calt")) == 0, "names stay as they are typed"


def thickness(scale: float, channels: int) -> float:
    """How many pixels across a wire with so many channels is, its faint edges counted in part."""
    nodes = [
        Node("image", make("Input", channels, 8, 8), (0.0, 0.0)),
        Node("relu", make("ReLU"), (300.0, 0.0)),
    ]
    seen = drawn(net(Design(graph=Graph.of(nodes, [Edge("image", "relu")]))), scale=scale)
    column = seen[round(60 * scale) : round(86 * scale), round((50 + 204) * scale)]
    away = np.abs(column - ink(DARK.canvas)).sum(axis=1)
    return float(away.sum() / np.abs(np.subtract(ink(DARK.wire), ink(DARK.canvas))).sum())


def test_close_by_wires_are_as_thick_as_their_channels_are_many() -> None:
    assert thickness(1.0, 1) == pytest.approx(1.25, abs=0.1)
    assert thickness(1.0, 1024) == pytest.approx(1.25, abs=0.1)
    close = [thickness(2.0, channels) for channels in (1, 16, 128, 1024)]
    assert close == sorted(close)
    assert close[0] == pytest.approx(1.25, abs=0.1)
    assert len({round(width, 1) for width in close}) == 4


@pytest.mark.parametrize(
    ("mark", "token"),
    [
        (Mark(0), DARK.wire),
        (Mark.HOVERED, DARK.accent),
        (Mark.SELECTED, DARK.accent),
        (Mark.ERROR, DARK.error),
    ],
)
def test_a_wire_has_a_colour_only_when_it_is_meant_or_at_fault(mark: Mark, token: str) -> None:
    picture = net(small())
    picture.wire_mark[:] = mark.value
    seen = drawn(picture)[50 + 18 : 50 + 29, 50 + 170]
    away = np.abs(seen - ink(DARK.canvas)).sum(axis=1)
    strongest = seen[away.argmax()]
    assert np.abs(strongest - ink(token)).max() <= 40


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)
def test_the_dots_of_the_ground_are_faint_and_fade_with_the_zoom(tokens: Tokens) -> None:
    picture = net(Design())
    strength = [
        float(np.abs(drawn(picture, tokens, scale) - ink(tokens.canvas)).max()) / 255
        for scale in (1.0, 0.5, 0.25)
    ]
    assert 0.06 <= strength[0] <= 0.09
    assert strength[0] > strength[1] > strength[2] == 0.0
