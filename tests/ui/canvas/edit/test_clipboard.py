"""Copy, cut, paste and duplicate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.app.settings import SettingsFile
from designer.core.design import Frame
from designer.core.edits import SetFrames
from designer.core.graph import Edge
from designer.ui.canvas.scene.measure import GRID
from designer.ui.canvas.view import CanvasView
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from tests.ui.canvas.conftest import MakeCanvas
from tests.ui.canvas.hands import click, key, middle, pixel
from tests.ui.canvas.nets import chain, small
from tests.ui.conftest import Answers

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def ready(qtbot: QtBot, window: MainWindow) -> CanvasView:
    """The canvas of a window that takes keys."""
    canvas = window.canvas
    with qtbot.waitActive(window):
        window.activateWindow()
    canvas.set_viewport(replace(canvas.viewport, scale=0.6, x=-100.0, y=-300.0))
    canvas.setFocus()
    return canvas


def test_what_is_copied_is_pasted_with_its_wires_under_free_names(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv1", "relu1"})
    canvas.copy()
    canvas.paste()
    design = canvas.session.design
    new = canvas.selection.nodes
    assert new == {"conv3", "relu2"}
    assert Edge("conv3", "relu2") in design.edges
    assert design.nodes["conv3"].layer == design.nodes["conv1"].layer
    assert len([e for e in design.edges if e.source in new or e.target in new]) == 1
    assert canvas.session.document.undo_label == "paste 2 nodes"


def test_paste_goes_to_another_canvas(make_canvas: MakeCanvas) -> None:
    first, second = make_canvas(small()), make_canvas(chain())
    first.select_all()
    first.copy()
    second.paste()
    assert second.session.design.nodes.keys() == first.session.design.nodes.keys()
    assert second.session.design.edges == first.session.design.edges


def test_cut_takes_away_and_paste_brings_back(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"relu1"})
    canvas.cut()
    assert "relu1" not in canvas.session.design.nodes
    canvas.paste()
    assert "relu1" in canvas.session.design.nodes


def test_a_duplicate_stands_below_what_it_was_made_of(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    canvas.choose({"conv1", "relu1"})
    canvas.duplicate()
    nodes = canvas.session.design.nodes
    assert nodes["conv3"].position == (192.0, 80.0)
    assert nodes["relu2"].position == (384.0, 80.0)
    assert canvas.session.document.undo_label == "duplicate 2 nodes"


NODE = '{"format": "convnet-fragment", "version": 1, "nodes": [%s]}'


def foreign(what: str) -> QMimeData:
    """What may be on a clipboard besides nodes."""
    data = QMimeData()
    if what == "picture":
        data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    elif what == "bytes":
        data.setData("application/octet-stream", bytes(range(256)))
    elif what == "cut off":
        data.setText(NODE[:40])
    elif what == "unknown layer":
        data.setText(NODE % '{"id": "a", "layer": "Conv9d"}')
    elif what == "empty":
        data.setText(NODE % "")
    elif what == "huge":
        data.setText("x" * 5_000_000)
    elif what == "markup":
        data.setHtml("<b>convnet-fragment</b>")
    else:
        data.setText(what)
    return data


@pytest.mark.parametrize(
    "what",
    ["picture", "bytes", "cut off", "unknown layer", "empty", "huge", "markup", "hello", "[]",
     "\x00\x01", '{"nodes": 3}', "https://example.org"],
)  # fmt: skip
def test_what_is_foreign_gives_one_sentence_and_changes_nothing(
    make_canvas: MakeCanvas, what: str
) -> None:
    canvas = make_canvas(small())
    begin, camera, said = canvas.session.design, canvas.viewport, []
    canvas.choose({"conv1"})
    canvas.refused.connect(said.append)
    for keys in (CTRL, CTRL | SHIFT):
        QGuiApplication.clipboard().setMimeData(foreign(what))
        key(canvas, Qt.Key.Key_V, keys)
    assert canvas.session.design is begin
    assert (canvas.viewport, canvas.selection.nodes) == (camera, {"conv1"})
    assert not canvas.session.can_undo
    assert len(said) == 2 and said[0] == said[1]
    assert 10 < len(said[0]) < 300 and "\n" not in said[0]


@pytest.mark.parametrize("place", ["[1e308, -1e308]", "[1e308, 1e308]", "[0, 0]"])
def test_nodes_from_beyond_all_measure_do_no_harm(make_canvas: MakeCanvas, place: str) -> None:
    canvas = make_canvas(small())
    rows = [f'{{"id": "{n}", "layer": "ReLU", "position": {p}}}'
            for n, p in (("far", place), ("near", "[10, 10]"), ("so", place))]  # fmt: skip
    assert canvas.paste_text(NODE % ", ".join(rows))
    canvas.grab()
    assert {"far", "near"} <= canvas.session.design.nodes.keys()
    canvas.session.undo()
    canvas.grab()


def test_copied_nodes_stand_with_their_middle_at_the_pointer(
    qtbot: QtBot, window: MainWindow
) -> None:
    canvas = ready(qtbot, window)
    canvas.choose({"conv1", "relu1"})
    key(canvas, Qt.Key.Key_C, CTRL)
    QTest.mouseMove(canvas, pixel(canvas, 500.0, 400.0))
    key(canvas, Qt.Key.Key_V, CTRL)
    (x1, y1), (x2, y2) = (middle(canvas, n) for n in ("conv3", "relu4"))
    assert abs((x1 + x2) / 2 - 500.0) <= GRID and abs((y1 + y2) / 2 - 400.0) <= GRID
    assert canvas.selection.nodes == {"conv3", "relu4"}


def test_with_shift_the_wires_into_the_copies_are_kept(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    begin = canvas.session.design
    canvas.choose({"conv2", "relu2"})
    key(canvas, Qt.Key.Key_C, CTRL)
    key(canvas, Qt.Key.Key_V, CTRL | SHIFT)
    new = {e for e in canvas.session.design.edges if e not in begin.edges}
    assert new == {Edge("relu1", "conv3"), Edge("conv3", "relu4")}
    assert canvas.session.analysis.facts["relu4"].outputs is not None
    canvas.session.undo()
    assert canvas.session.design is begin
    key(canvas, Qt.Key.Key_V, CTRL)
    assert not canvas.session.design.graph.incoming.get("conv3")


def test_an_input_that_is_not_there_is_said_and_the_rest_is_pasted(
    qtbot: QtBot, window: MainWindow
) -> None:
    canvas = ready(qtbot, window)
    said: list[str] = []
    canvas.refused.connect(said.append)
    canvas.choose({"conv2"})
    key(canvas, Qt.Key.Key_C, CTRL)
    canvas.choose({"relu1"})
    key(canvas, Qt.Key.Key_Delete)
    key(canvas, Qt.Key.Key_V, CTRL | SHIFT)
    assert "conv3" in canvas.session.design.nodes
    assert said == ["there is no relu1 here: what read it was pasted without that wire"]


def test_what_is_copied_in_one_window_is_pasted_in_another(
    qtbot: QtBot, window: MainWindow, theme: Theme, answers: Answers, tmp_path: Path
) -> None:
    canvas = ready(qtbot, window)
    canvas.choose({"conv1", "relu1"})
    key(canvas, Qt.Key.Key_C, CTRL)
    other = make_window(SettingsFile(tmp_path / "other.json"), theme, answers, engine=False)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.completed):
        other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    other.canvas.setFocus()
    key(other.canvas, Qt.Key.Key_V, CTRL)
    assert list(other.session.design.nodes) == ["conv1", "relu1"]
    assert other.session.design.edges == (Edge("conv1", "relu1"),)
    assert [n.layer for n in other.session.design.nodes.values()] == [
        canvas.session.design.nodes[n].layer for n in ("conv1", "relu1")
    ]
    other.session.document.mark_saved()
    other.close()


def test_text_out_of_a_mail_is_pasted(qtbot: QtBot, window: MainWindow) -> None:
    canvas = ready(qtbot, window)
    canvas.choose({"relu1"})
    key(canvas, Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().setText("\r\n  " + text.replace("\n", "\r\n") + "\r\n\r\n")
    key(canvas, Qt.Key.Key_V, CTRL)
    assert "relu4" in canvas.session.design.nodes


def test_a_frame_is_copied_with_what_it_holds_and_a_comment_alone(
    qtbot: QtBot, window: MainWindow
) -> None:
    canvas = ready(qtbot, window)
    frame = Frame("stem", (180.0, -40.0), (400.0, 120.0), nodes=("conv1", "relu1"))
    comment = Frame("", (200.0, 200.0), (260.0, 60.0), "why?")
    canvas.session.execute(SetFrames((frame, comment)))
    begin = canvas.session.design
    click(canvas, (240.0, -26.0))
    key(canvas, Qt.Key.Key_C, CTRL)
    key(canvas, Qt.Key.Key_V, CTRL)
    assert canvas.session.design.frames[-1].nodes == ("conv3", "relu4")
    canvas.session.undo()
    assert canvas.session.design is begin
    click(canvas, (260.0, 230.0))
    key(canvas, Qt.Key.Key_X, CTRL)
    assert canvas.session.design.frames == (frame,)
    key(canvas, Qt.Key.Key_V, CTRL)
    assert [f.text for f in canvas.session.design.frames] == ["", "why?"]
    assert canvas.session.design.nodes is begin.nodes or len(canvas.session.design.nodes) == 9
    click(canvas, (240.0, -26.0))
    key(canvas, Qt.Key.Key_X, CTRL)
    assert not {"conv1", "relu1"} & canvas.session.design.nodes.keys()
    assert len(canvas.session.design.frames) == 1


def test_copying_nothing_keeps_the_clipboard(make_canvas: MakeCanvas) -> None:
    canvas = make_canvas(small())
    QGuiApplication.clipboard().setText("precious")
    canvas.copy()
    assert QGuiApplication.clipboard().text() == "precious"
