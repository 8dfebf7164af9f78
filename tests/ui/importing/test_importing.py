"""Foreign nets in the window: asked for, on their way, cancelled, arrived, refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from safetensors.numpy import load_file

from designer.core.edits import SetName
from designer.ui import start
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
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    asked(qtbot, window, "slow:Net")
    says(qtbot, window, "Importing slow:Net")
    window.close()
    assert not window.imports.is_busy


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
