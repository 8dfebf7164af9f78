"""Foreign nets in the window: asked for, on their way, cancelled, arrived, refused."""

import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from safetensors.numpy import load_file

from designer.core.design import Design
from designer.core.edits import SetName
from designer.ui import arrival, start
from designer.ui.importing.dialog import ImportDialog
from designer.ui.main_window import MainWindow
from tests.engine.importing.models import write_onnx
from tests.ui.conftest import Answers

PATIENCE = 60_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that the program was started in, with a module that takes long."""
    (tmp_path / "slow.py").write_text("import time\ntime.sleep(600)\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, with those of this test alone."""
    made = tmp_path / "temporary"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


def says(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.column.banner.words.text(), timeout=PATIENCE)


def button(window: MainWindow, title: str) -> QPushButton:
    found = window.column.banner.findChildren(QPushButton)
    return next(b for b in found if b.text() == title)


def asked(qtbot: QtBot, window: MainWindow, source: str, image: str = "") -> ImportDialog:
    """Type a source into the dialog that Ctrl+I opens, and press Import."""
    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    dialog = window.imports.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    assert not dialog.run.isEnabled()
    QTest.keyClicks(dialog.source, source)
    QTest.keyClicks(dialog.image, image)
    QTest.mouseClick(dialog.run, Qt.MouseButton.LeftButton)
    return dialog


def test_a_model_that_is_dropped_arrives_as_a_new_project_laid_out_and_proved(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "dropped.onnx"
    write_onnx(path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, no_key = QPointF(20, 20), Qt.KeyboardModifier.NoModifier
    drop = QDropEvent(at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, no_key)
    window.dropEvent(drop)
    says(qtbot, window, "dropped.onnx is imported: same outputs as the original on 2 random images")
    session = window.session
    assert session.path is None
    assert session.is_dirty
    assert session.design.name == "dropped"
    assert list(session.design.nodes) == ["image", "stem_conv", "relu1"]
    assert all(node.position is not None for node in session.design.nodes.values())
    assert session.analysis.is_valid
    answers.path = tmp_path / "dropped.safetensors"
    QTest.mouseClick(button(window, "Save the weights …"), Qt.MouseButton.LeftButton)
    says(qtbot, window, "Saved")
    assert {*load_file(answers.path)} == {"stem_conv.weight", "stem_conv.bias"}


def test_a_model_that_the_program_is_started_with_is_imported_when_the_window_is_there(
    window: MainWindow,
) -> None:
    asked_for: list[str] = []
    window.files.import_wanted.disconnect()
    window.files.import_wanted.connect(asked_for.append)
    start._open_first(window, Path("/models/net.onnx"), None)
    assert window.home.is_shown
    assert asked_for == []
    window.completed.emit()
    assert asked_for == ["/models/net.onnx"]


def test_what_cannot_be_imported_leaves_everything_as_it_was(
    qtbot: QtBot, window: MainWindow
) -> None:
    before = window.session.design
    asked(qtbot, window, "mine.pth")
    says(qtbot, window, "Nothing was imported: 'mine.pth' is no source")
    assert window.session.design is before


def test_an_import_is_cancelled_by_its_button(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    before = window.session.design
    asked(qtbot, window, "slow:Net")
    says(qtbot, window, "Importing slow:Net")
    QTest.mouseClick(button(window, "Cancel"), Qt.MouseButton.LeftButton)
    says(qtbot, window, "The import was cancelled")
    assert window.session.design is before
    assert not window.imports.is_busy


def test_a_window_that_is_closed_takes_its_import_along(
    qtbot: QtBot, window: MainWindow, folder: Path, temporary: Path
) -> None:
    asked(qtbot, window, "slow:Net")
    says(qtbot, window, "running slow:Net")
    importer = window.imports._importer
    assert importer is not None
    process = importer._process
    assert process is not None
    assert process.returncode is None
    assert [*temporary.glob("convnet-designer-*")]
    window.close()
    assert not window.imports.is_busy
    qtbot.waitUntil(lambda: process.returncode is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not [*temporary.glob("convnet-designer-*")], timeout=PATIENCE)


@pytest.mark.parametrize("way", ["the button", "the window"])
def test_an_import_ends_while_its_net_is_laid_out(
    way: str, qtbot: QtBot, window: MainWindow, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = temporary / "late.onnx"
    write_onnx(path)
    begun, may_end = threading.Event(), threading.Event()

    def slow(design: Design) -> Design:
        begun.set()
        may_end.wait(PATIENCE / 1000)
        return design

    monkeypatch.setattr(arrival, "laid_out", slow)
    before = window.session.design
    window.imports.begin(str(path))
    qtbot.waitUntil(begun.is_set, timeout=PATIENCE)
    assert [*temporary.glob("convnet-designer-*/weights.safetensors")]
    if way == "the window":
        window.close()
    else:
        says(qtbot, window, "Importing late.onnx")
        QTest.mouseClick(button(window, "Cancel"), Qt.MouseButton.LeftButton)
    assert not [*temporary.glob("convnet-designer-*")]
    may_end.set()
    if way == "the button":
        says(qtbot, window, "The import was cancelled")
    qtbot.waitUntil(lambda: not window.imports.is_busy, timeout=PATIENCE)
    assert window.session.design is before


def test_what_an_earlier_import_says_late_is_not_told(
    qtbot: QtBot, window: MainWindow, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.imports.begin("slow:First")
    first = window.imports._importer
    window.imports.begin("slow:Second")
    second, waiting = window.imports._importer, window.imports._waiting
    assert first is not None
    assert second is not None
    assert waiting is not None
    told: list[str] = []
    monkeypatch.setattr(waiting, "tell", told.append)
    first._say("too late")
    second._say("in time")
    qtbot.waitUntil(lambda: any("in time" in sentence for sentence in told))
    assert not any("too late" in sentence for sentence in told)
    second.cancel()
    qtbot.waitUntil(lambda: not window.imports.is_busy, timeout=PATIENCE)


def test_a_dialog_that_was_closed_is_gone(qtbot: QtBot, window: MainWindow) -> None:
    for _ in range(2):
        window.imports.ask()
        assert window.imports.dialog is not None
        window.imports.dialog.reject()
    assert window.imports.dialog is None
    qtbot.waitUntil(lambda: not window.findChildren(ImportDialog))


def test_unsaved_work_is_asked_for_before_an_import(
    qtbot: QtBot, window: MainWindow, answers: Answers
) -> None:
    window.session.execute(SetName("Precious"))
    asked(qtbot, window, "torchvision:resnet18")
    assert answers.asked == ["Precious"]
    assert not window.imports.is_busy


def test_an_image_that_is_none_is_told_in_the_dialog(qtbot: QtBot, window: MainWindow) -> None:
    dialog = asked(qtbot, window, "mine:Net", "12")
    assert dialog.isVisible()
    assert "channels, height and width" in dialog.fault.text()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
