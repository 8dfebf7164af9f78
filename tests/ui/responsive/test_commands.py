"""Nothing blocks the window whatever is done to a net of 500 nodes while a run reports."""

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.app.actions import ACTIONS, Action
from designer.app.trainer import Trainer
from designer.core.edits import SetParam
from designer.ui.canvas.view import CanvasView
from designer.ui.main_window import MainWindow
from tests.ui.canvas.hands import LEFT, NONE, middle, pixel
from tests.ui.responsive.conftest import Open
from tests.ui.responsive.nets import large
from tests.ui.responsive.watchdog import Watch, idle, never_holds, play, until

pytestmark = pytest.mark.alone

CTRL = Qt.KeyboardModifier.ControlModifier
ONE = "conv2d0_1_2"
Hands = Iterator[object]


DOUBLING = ("paste", "paste_wired", "duplicate")
"""What makes twice as many nodes of all."""


def acting(*menus: str) -> list[Action]:
    """The actions of these menus that change or show the net; a picture is not one of them."""
    return [a for a in ACTIONS if a.menu in menus and a.receiver != "pictures"]


def put_back(window: MainWindow, nodes: Iterable[str]) -> Hands:
    """Leave what an action opened, take back what it did, and have these nodes selected."""
    QTest.keyClick(QApplication.focusWidget() or window.canvas, Qt.Key.Key_Escape)
    yield
    while window.session.can_undo:
        window.session.undo()
        yield
    window.canvas.setFocus()
    window.selection.set(nodes)
    yield


def one_by_one(window: MainWindow, actions: list[Action], nodes: Iterable[str]) -> Hands:
    """Do every one of these actions with the nodes selected, and take it back."""
    nodes = frozenset(nodes)
    yield from put_back(window, nodes)
    for action in actions:
        window.bindings.run(action)
        yield
        yield from put_back(window, nodes)


def wheel(canvas: CanvasView, turn: int, keys: Qt.KeyboardModifier = NONE) -> None:
    at = QPointF(canvas.width() / 2, canvas.height() / 2)
    QApplication.sendEvent(canvas, QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    ))  # fmt: skip


def pull(canvas: CanvasView, first: QPoint, last: QPoint) -> Hands:
    """Press, move with the button down, and let go."""
    QTest.mousePress(canvas, LEFT, NONE, first)
    for step in range(1, 9):
        yield
        QTest.mouseMove(canvas, first + (last - first) * (step / 8))
    yield
    QTest.mouseRelease(canvas, LEFT, NONE, last)
    yield


def looking_about(window: MainWindow) -> Hands:
    """Scroll, zoom, hover, draw a band around all nodes, move them, break and mend the net."""
    canvas = window.canvas
    for keys in (NONE, CTRL):
        for turn in (-120, -120, -120, 120, 120, 120):
            wheel(canvas, turn, keys)
            yield
    for step in range(12):
        QTest.mouseMove(canvas, QPoint(60 + 53 * step, 40 + 29 * step))
        yield
    canvas.zoom_fit()
    yield
    yield from pull(canvas, QPoint(3, 3), QPoint(canvas.width() - 3, canvas.height() - 3))
    assert len(window.selection.nodes) == len(window.session.design.nodes)
    at = pixel(canvas, *middle(canvas, ONE))
    yield from pull(canvas, at, at + QPoint(30, 20))
    assert window.session.can_undo
    yield from put_back(window, [ONE])
    window.session.execute(SetParam("maxpool2d0_3_0", "stride", 2))
    assert not window.session.analysis.is_valid
    yield
    for _ in range(3):
        window.view.next_problem()
        yield
    yield from put_back(window, [])


@pytest.mark.parametrize("scene", ["one", "all", "doubled", "panels", "hands"])
def test_whatever_is_done_to_a_large_net_while_a_run_reports(open_window: Open, scene: str) -> None:
    def scenario(watch: Watch) -> None:
        window = open_window(large(250 if scene == "doubled" else 500))
        trainer = window.findChild(Trainer)
        assert trainer is not None
        window.train()
        until(lambda: trainer.run is not None and trainer.run.steps > 200)
        window.canvas.zoom_actual()
        window.canvas.reveal({ONE})
        idle(100)
        before = window.session.design
        edits, copies = acting("Edit", "Arrange"), [a for a in ACTIONS if a.method in DOUBLING]
        window.canvas.select_all()
        window.canvas.copy()
        hands = {
            "one": one_by_one(window, [*edits, *acting("Walk")], [ONE]),
            "all": one_by_one(window, [a for a in edits if a not in copies], before.nodes),
            "doubled": one_by_one(window, copies, before.nodes),
            "panels": one_by_one(window, acting("Panels"), [ONE]),
            "hands": looking_about(window),
        }
        with watch():
            play(hands[scene])
        assert window.session.design == before

    never_holds(scenario)
