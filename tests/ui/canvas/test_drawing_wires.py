"""A wire that is drawn: what would take it glows, what would come of it is said beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.core.graph import Edge
from designer.ui.canvas.view import CanvasView
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import (
    LEFT,
    NONE,
    drag,
    input_,
    key,
    middle,
    output,
    pixel,
    press,
    pull,
    release,
)
from tests.ui.canvas.nets import blocks, loose, make, small
from tests.ui.canvas.test_badge import Painted, at_rest
from tests.ui.canvas.test_camera import alike, on_screen

Said = list[tuple[str, str]]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    """What is written beside the pointer: sentences with their tone, and shapes."""
    found: Said = []
    where = "designer.ui.canvas.gestures.connect."
    monkeypatch.setattr(
        f"{where}draw_sentence", lambda painter, at, words, tone, view: found.append((tone, words))
    )
    monkeypatch.setattr(
        f"{where}draw_pill", lambda painter, at, words, tokens, **more: found.append(("", words))
    )
    return found


def hold(canvas: CanvasView, first: tuple[float, float], last: tuple[float, float]) -> QImage:
    """Draw a wire, hold it there, and look."""
    press(canvas, first)
    pull(canvas, first, last)
    return canvas.grab().toImage()


def glows(canvas: CanvasView, image: QImage, node: str) -> bool:
    """Whether the rim of a node is lit in the accent."""
    rect = canvas.screen_rect(canvas.picture.index[node]).adjusted(-2, -2, 2, 2)
    accent = QColor(canvas.tokens.accent)
    near = [image.pixelColor(QPointF(rect.center().x() + dx, rect.top() + dy).toPoint())
            for dx in range(-30, 31, 5) for dy in (-1, 0, 1)]  # fmt: skip
    return any(
        abs(c.red() - accent.red())
        + abs(c.green() - accent.green())
        + abs(c.blue() - accent.blue())
        < 100
        for c in near
    )


def test_what_would_take_the_wire_glows_and_nothing_else(
    make_canvas: MakeCanvas, said: Said
) -> None:
    canvas = make_canvas(
        loose(
            ("image", make("Input"), 0, 0),
            ("conv1", make("Conv2d"), 300, -150),
            ("pool1", make("MaxPool2d"), 300, 0),
            ("fc1", make("Linear"), 300, 150),
            ("other", make("Input"), 600, 0),
        )
    )
    image = hold(canvas, output(canvas, "image"), (200.0, 260.0))
    lit = {node for node in canvas.picture.index if glows(canvas, image, node)}
    assert lit == {"conv1", "pool1"}, "a Linear takes no image, an Input nothing"
    assert said[-1] == ("", "1 × 28 × 28"), "what the wire carries"
    release(canvas, (200.0, 260.0))


def test_over_a_target_the_shape_that_would_come_of_it_is_shown(
    make_canvas: MakeCanvas, said: Said
) -> None:
    canvas = make_canvas(
        loose(("image", make("Input"), 0, 0), ("conv1", make("Conv2d", 8, 5), 300, 80))
    )
    hold(canvas, output(canvas, "image"), input_(canvas, "conv1"))
    assert said[-1] == ("", "conv1 gives 8 × 24 × 24")
    assert canvas.session.design.edges == ()
    release(canvas, input_(canvas, "conv1"))
    outputs = canvas.session.analysis.facts["conv1"].outputs
    assert said[-1][1].endswith(str((outputs or ("",))[0]))


def test_a_wire_that_takes_another_s_place_says_so(make_canvas: MakeCanvas, said: Said) -> None:
    canvas = make_canvas(small())
    hold(canvas, output(canvas, "image"), input_(canvas, "conv2"))
    assert said[-1] == ("", "conv2 gives 8 × 26 × 26, in place of the wire from relu1")
    release(canvas, input_(canvas, "conv2"))
    assert Edge("image", "conv2") in canvas.session.design.edges


def test_the_words_of_a_doubtful_wire_are_those_of_the_fault_that_it_becomes(
    make_canvas: MakeCanvas, said: Said
) -> None:
    canvas = make_canvas(loose(("image", make("Input"), 0, 0), ("fc1", make("Linear"), 300, 80)))
    hold(canvas, output(canvas, "image"), input_(canvas, "fc1"))
    tone, words = said[-1]
    release(canvas, input_(canvas, "fc1"))
    (fault,) = canvas.picture.faults.values()
    assert (tone, words) == ("warning", fault.message)


def test_the_words_of_a_refused_wire_stay_when_it_is_let_go(
    make_canvas: MakeCanvas, said: Said
) -> None:
    canvas = make_canvas(small())
    told: list[str] = []
    canvas.refused.connect(told.append)
    begin = canvas.session.design
    for first, last in (("conv2", "conv1"), ("conv1", "image")):
        hold(canvas, output(canvas, first), middle(canvas, last))
        assert said[-1][0] == "error"
        release(canvas, middle(canvas, last))
        assert told[-1] == said[-1][1]
    assert "is a cycle" in told[0]
    assert told[1].startswith(("conv1 → image", "image → conv1")), "that closes one, too"
    assert canvas.session.design is begin


def test_on_empty_canvas_typing_begins_at_once(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("image", make("Input"), 0, 0)))
    drag(canvas, output(canvas, "image"), (300.0, 120.0))
    QTest.keyClicks(QApplication.focusWidget(), "maxp")
    assert canvas.quick_add.kinds[0] == "MaxPool2d"
    key(canvas, Qt.Key.Key_Return)
    assert canvas.session.design.edges == (Edge("image", "maxpool1"),)
    x, y = input_(canvas, "maxpool1")
    assert abs(x - 300.0) <= 4.0 and abs(y - 120.0) <= 4.0, "where the wire was let go"


def test_from_an_input_what_could_feed_it_is_offered(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(loose(("conv1", make("Conv2d"), 300, 0)))
    drag(canvas, input_(canvas, "conv1"), (120.0, 120.0))
    assert "Output" not in canvas.quick_add.kinds
    QTest.keyClicks(QApplication.focusWidget(), "input")
    key(canvas, Qt.Key.Key_Return)
    assert canvas.session.design.edges == (Edge("input1", "conv1"),)


@pytest.mark.parametrize("scale", [1.0, 0.5])
def test_a_step_of_a_wire_paints_what_is_new_in_it(
    make_canvas: MakeCanvas, qtbot: QtBot, scale: float
) -> None:
    canvas = make_canvas(blocks(4))
    canvas.sprites.patience = 60.0  # what is not drawn in time is painted later, and wholly
    canvas.set_viewport(canvas.viewport.centred((500.0, 120.0), scale))
    at_rest(qtbot, canvas)
    x, y = output(canvas, "image")
    QTest.mousePress(canvas, LEFT, NONE, pixel(canvas, x, y))
    painted = Painted(canvas)
    for dx, dy in [(30, 30), (200, 90), (420, -60), (60, 160), (-100, 40), (500, 60)]:
        for step in (0, 7):
            painted.area = 0
            QTest.mouseMove(canvas, pixel(canvas, x + dx + step, y + dy + step))
            found = on_screen(canvas)
            area = painted.area
            canvas.repaint()
            assert alike(found, on_screen(canvas)), (dx, dy)
        assert area < 0.6 * 1200 * 700
    key(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NONE, pixel(canvas, x + 500, y + 60))
