"""The main job in the real window: drag the lesson's net, set it, train it, watch, export, run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject, QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from designer.app.settings import SettingsFile
from designer.app.trainer import Trainer
from designer.ui.fields.field import Field
from designer.ui.files import Answer, Dialogs
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from designer.ui.training.panel import TrainingPanel
from tests.ui.canvas.hands import Palette, click, drag, input_, middle, output

Found = TypeVar("Found", bound=QObject)

CTRL = Qt.KeyboardModifier.ControlModifier
LAYERS = (
    ("Input", "input1"),
    ("Conv2d", "conv1"),
    ("ReLU", "relu1"),
    ("Conv2d", "conv2"),
    ("ReLU", "relu2"),
    ("Flatten", "flatten1"),
    ("Linear", "fc1"),
    ("ReLU", "relu3"),
    ("Linear", "fc2"),
)
SHAPES = {
    "input1": "1 × 28 × 28",
    "conv1": "16 × 14 × 14",
    "relu1": "16 × 14 × 14",
    "conv2": "16 × 7 × 7",
    "flatten1": "784",
    "fc1": "64",
    "fc2": "10",
}


class Answers(Dialogs):
    """Dialogs that are answered beforehand."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask_unsaved(self, name: str) -> Answer:
        return "discard"

    def ask_running(self) -> bool:
        return True

    def save_path(self, suggestion: str, pattern: str) -> Path | None:
        return self.folder / ("net.py" if "py" in pattern else "net.convnet")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    theme = Theme("light")
    theme.apply()
    made = make_window(SettingsFile(tmp_path / "settings.json"), theme, Answers(tmp_path))
    made.resize(1600, 1000)
    with qtbot.waitSignal(made.completed, timeout=20_000):
        made.show()
    yield made
    made.close()
    qtbot.waitUntil(lambda: not alive(made), timeout=10_000)
    made.deleteLater()
    theme.deleteLater()
    qtbot.wait(1)


def alive(window: MainWindow) -> list[QProcess]:
    running = QProcess.ProcessState.NotRunning
    return [p for p in window.findChildren(QProcess) if p.state() != running]


def the(window: MainWindow, kind: type[Found]) -> Found:
    """The one panel of this kind in the window."""
    (panel,) = window.findChildren(kind)
    return panel


def type_into(field: QWidget, text: str) -> None:
    line = field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
    assert line is not None
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClick(line, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def set_parameter(window: MainWindow, node: str, name: str, text: str) -> None:
    click(window.canvas, middle(window.canvas, node))
    assert window.selection.nodes == {node}
    field: Field = window.inspector.nodes.form.fields[name]
    type_into(field, text)


def build(window: MainWindow) -> None:
    """Drag nine layers from the palette onto the canvas, and pull eight wires."""
    canvas = window.canvas
    canvas.zoom_actual()
    for number, (kind, name) in enumerate(LAYERS):
        row, place = divmod(number, 4)
        Palette(canvas, kind).drop((-300.0 + 200 * place, -140.0 + 100 * row))
        assert name in window.session.design.nodes
    for (_, first), (_, second) in pairwise(LAYERS):
        drag(canvas, output(canvas, first), input_(canvas, second))
    assert len(window.session.design.edges) == 8


def points(plot: Any) -> int:
    """How many points the longest curve of a plot has."""
    drawn = [item.getData()[0] for item in plot.getPlotItem().items if hasattr(item, "getData")]
    return max((len(x) for x in drawn if x is not None), default=0)


def test_from_an_empty_canvas_to_a_script_that_runs(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    build(window)
    for conv in ("conv1", "conv2"):
        set_parameter(window, conv, "kernel_size", "5")
        set_parameter(window, conv, "stride", "2")
        set_parameter(window, conv, "padding", "same")
    set_parameter(window, "fc1", "out_features", "64")

    # the shapes are read off the picture that the canvas paints
    picture = window.canvas.picture
    shown = {name: picture.look(picture.index[name]).second for name in SHAPES}
    assert shown == SHAPES
    totals = window.session.analysis.totals
    assert (totals.parameters, totals.macs) == (57_722, 442_816)
    assert window.session.analysis.diagnostics == ()

    QTest.keyClick(window.canvas, Qt.Key.Key_S, CTRL)
    assert (tmp_path / "net.convnet").is_file()

    click(window.canvas, (-340.0, 300.0))
    assert window.selection.nodes == frozenset()
    type_into(window.inspector.project.training.fields["epochs"], "1")
    assert window.session.design.training.epochs == 1
    QTest.mouseClick(window.title_bar.train, Qt.MouseButton.LeftButton)
    trainer, panel = the(window, Trainer), the(window, TrainingPanel)
    qtbot.waitUntil(lambda: trainer.is_active, timeout=10_000)
    run = trainer.run
    assert run is not None
    qtbot.waitUntil(lambda: len(run.losses.values) > 50, timeout=60_000)
    qtbot.waitUntil(lambda: points(panel.loss.plot) > 50, timeout=5_000)
    qtbot.waitUntil(lambda: not run.is_active, timeout=60_000)
    assert run.stage == "finished", run.failure
    losses = run.losses.values
    assert len(losses) == 237
    assert losses[-20:].mean() < losses[:20].mean() / 2
    assert run.result is not None
    assert run.result.test_accuracy > 0.75
    qtbot.waitUntil(lambda: not panel.status.outcome.isHidden(), timeout=5_000)
    assert f"{run.result.test_accuracy:.1%}"[:2] in panel.status.outcome.figure.text()

    QTest.keyClick(window.canvas, Qt.Key.Key_E, CTRL)
    script = tmp_path / "net.py"
    qtbot.waitUntil(script.is_file, timeout=20_000)
    done = subprocess.run(
        [sys.executable, "-I", script, "--epochs", "1", "--json", "--device", "cpu"],
        cwd=tmp_path,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    finished = json.loads(done.stdout.splitlines()[-1])
    assert finished["event"] == "finished"
    assert abs(finished["test_accuracy"] - run.result.test_accuracy) < 0.05


def test_a_missing_flatten_is_said_and_mended_on_the_node(qtbot: QtBot, window: MainWindow) -> None:
    canvas = window.canvas
    build(window)
    click(canvas, middle(canvas, "flatten1"))
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    (fault,) = (d for d in window.session.analysis.diagnostics if d.node == "fc1")
    assert "put a Flatten between them" in fault.message
    click(canvas, middle(canvas, "fc1"))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert window.session.analysis.is_valid
    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert not window.session.analysis.is_valid
