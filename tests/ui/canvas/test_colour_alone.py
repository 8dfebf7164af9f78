"""No state is told by colour alone: all are told apart where every hue is one grey."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from designer.core.analysis import analyze
from designer.core.edits import ReplaceLayer
from designer.rules import RULES
from designer.ui.canvas.drawing.draw import draw_node
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.look import Look, Mark, Ports
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.contrast import DECOR, FILLS, GROUNDS, INKS, SIGNS
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.tokens import DARK, LIGHT, Tokens
from designer.ui.training.curves import _Key
from tests.ui.canvas.nets import broken, make, small

HUES = {*INKS, *SIGNS, *FILLS} - {*GROUNDS, *DECOR} - {"wire"}
GREYS = {"accent_soft": "raised", "error_soft": "raised", "frame_tint": "panel", "wire": "text"}


def grey(tokens: Tokens) -> Tokens:
    """The theme as one sees it who tells no hue from another: each is the grey of the words."""
    colours = {field.name for field in fields(Tokens)}
    one = dict.fromkeys(HUES & colours, tokens.text)
    return replace(tokens, **one, **{name: getattr(tokens, to) for name, to in GREYS.items()})


@pytest.fixture(autouse=True)
def fonts(qtbot: QtBot) -> None:
    load_fonts()


def drawn(tokens: Tokens, mark: Mark, scale: float) -> QImage:
    ports = Ports(1, 1)
    sign = "bypassed" if mark & Mark.BYPASSED else "frozen" if mark & Mark.FROZEN else ""
    look = Look("conv1", "16 × 28 × 28", "5×5", "Convolution", mark, ports, ports, 46.0, sign)
    image = QImage(200, 80, QImage.Format.Format_RGB32)
    image.fill(QColor(tokens.canvas))
    with QPainter(image) as painter:
        painter.translate(20, 15)
        painter.scale(scale, scale)
        draw_node(painter, look, tokens, scale)
    return image


@pytest.mark.parametrize("tokens", [grey(DARK), grey(LIGHT)], ids=["dark", "light"])
@pytest.mark.parametrize("scale", [1.0, 0.6, 0.36])
def test_states_of_a_node_are_told_apart_without_colour(tokens: Tokens, scale: float) -> None:
    marks = [Mark(0), Mark.ERROR, Mark.SELECTED, Mark.BYPASSED]
    if scale >= 0.75:
        marks += [Mark.FROZEN, Mark.WARNING]
    seen = {mark: drawn(tokens, mark, scale) for mark in marks}
    alike = [(a, b) for a, b in combinations(marks, 2) if seen[a] == seen[b]]
    assert alike == []


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_a_fault_is_seen_from_afar_without_colour(severity: str) -> None:
    """It is told from a node that is sound, and from one that is selected."""
    tokens, design = grey(DARK), broken()
    if severity == "warning":
        design = ReplaceLayer("relu1", make("Dropout", p=1.0)).apply(small())
    analysis = analyze(design, RULES)
    picture = compose(design, analysis)
    faulty = {picture.items[i].id for i, f in picture.faults.items() if f.severity == severity}

    def far() -> QImage:
        viewport = Viewport(width=400, height=200).fitted(picture.bounds(), largest=0.12)
        image = QImage(400, 200, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            paint(painter, picture, viewport, tokens, grid=False, cards=False)
        return image

    at_fault = far()
    picture.faults.clear()
    sound = far()
    picture.select(frozenset(faulty), frozenset())
    selected = far()
    assert faulty
    assert at_fault != sound
    assert at_fault != selected


def test_wires_to_faults_differ_by_more_than_hue() -> None:
    """A wire that is selected or leads to a fault is thicker than the others."""
    tokens = grey(LIGHT)
    design = small()
    picture = compose(design, analyze(design, RULES))

    def shown(edges: frozenset[object]) -> QImage:
        picture.select(frozenset(), edges)  # type: ignore[arg-type]
        viewport = Viewport(width=900, height=200, x=-20, y=-60)
        image = QImage(900, 200, QImage.Format.Format_RGB32)
        with QPainter(image) as painter:
            paint(painter, picture, viewport, tokens, grid=False, cards=False)
        return image

    assert shown(frozenset()) != shown(frozenset(design.edges[:1]))


def test_the_keys_of_two_curves_differ_by_more_than_hue(qtbot: QtBot) -> None:
    images = []
    for has_marks in (False, True):
        key = _Key(has_marks=has_marks)
        qtbot.addWidget(key)
        key.resize(key.sizeHint())
        key.set_colour(QColor(LIGHT.text))
        images.append(key.grab(QRectF(key.rect()).toRect()).toImage())
    assert images[0] != images[1]
