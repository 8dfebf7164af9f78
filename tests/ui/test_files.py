"""Files in the window: nothing is lost, nothing is silent, nothing is half written."""

import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from designer.app.presence import Presence
from designer.core.edits import RemoveNodes, SetData, SetName
from designer.storage import load, save
from designer.ui.main_window import MainWindow
from tests.ui.conftest import Answers, lesson


def test_save_open_and_recent_files(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "net"
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    saved = tmp_path / "net.convnet"
    assert load(saved) == window.session.design
    assert not window.session.is_dirty
    window.files.new()
    assert window.session.design.nodes == {}
    answers.path = saved
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert "conv1" in window.session.design.nodes
    assert window.settings.value.recent == (str(saved),)


def test_unsaved_changes_are_asked_for_before_they_go(window: MainWindow, answers: Answers) -> None:
    window.session.execute(SetName("Precious"))
    window.close()
    assert answers.asked == ["Precious"]
    assert window.isVisible()
    answers.unsaved = "discard"
    window.files.new()
    assert window.session.design.nodes == {}


def test_a_file_that_cannot_be_used_is_said_in_the_banner(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.convnet"
    broken.write_text('{"format": "convnet-design", "version": 1, "nodes": 3}')
    before = window.session.design
    answers.path = broken
    window.files.open()
    assert "broken.convnet" in window.column.banner.words.text()
    assert window.column.banner.isVisible()
    assert window.session.design is before


def test_a_file_changed_on_disk_is_not_overwritten(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "net.convnet"
    window.files.save()
    qtbot.waitUntil(lambda: not window.session.is_dirty)
    answers.path.write_text("somebody else's")
    window.session.execute(SetName("Mine"))
    assert not window.files.save()
    assert answers.path.read_text() == "somebody else's"
    buttons = window.column.banner.findChildren(QPushButton)
    next(b for b in buttons if b.text() == "Save over it").click()
    qtbot.waitUntil(lambda: not window.session.is_dirty)
    assert load(answers.path).name == "Mine"


def test_a_project_that_is_dropped_is_opened(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "dropped.convnet"
    save(lesson(), path)
    window.session.new()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert window.session.path == path


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_a_picture_is_exported(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path, ending: str
) -> None:
    answers.path = tmp_path / f"net.{ending}"
    window.files.export_picture()
    banner_says(qtbot, window, "Exported")
    assert answers.path.stat().st_size > 2000


def test_a_picture_of_an_unknown_kind_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "net.docx"
    window.files.export_picture()
    banner_says(qtbot, window, "Nothing was exported")
    assert not answers.path.exists()


def banner_says(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.column.banner.words.text())


def test_the_script_is_exported_with_its_data(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "net.py"
    window.files.export_script()
    banner_says(qtbot, window, f"Exported to {answers.path}, with letters.npz, which it reads")
    compile(answers.path.read_text("utf-8"), "net.py", "exec")
    assert (tmp_path / "letters.npz").exists()


def test_an_export_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    pictures = tmp_path / "pictures"
    for name in "ab":
        (pictures / name).mkdir(parents=True)
        Image.new("L", (28, 28)).save(pictures / name / "one.png")
        for number in range(20_000):
            (pictures / name / f"{number}.png").hardlink_to(pictures / name / "one.png")
    window.session.execute(SetData("source", str(pictures)))
    answers.path = tmp_path / "net.py"
    window.files.export_script()
    banner_says(qtbot, window, "Exporting net.py")
    (cancel,) = (b for b in window.column.banner.findChildren(QPushButton) if b.text() == "Cancel")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    banner_says(qtbot, window, "cancelled")
    assert not answers.path.exists()


def test_the_script_of_a_broken_net_is_refused_with_the_reason(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    window.session.execute(RemoveNodes(frozenset({"flatten"})))
    answers.path = tmp_path / "net.py"
    window.files.export_script()
    banner_says(qtbot, window, "Nothing was exported")
    assert "fc1" in window.column.banner.words.text()
    assert list(tmp_path.glob("*.npz")) == []


def test_the_second_window_on_a_file_is_told(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    path = tmp_path / "net.convnet"
    save(lesson(), path)
    other = Presence(pid=os.getppid())
    other.enter(path)
    answers.path = path
    window.files.open()
    assert "another window" in window.column.banner.words.text()
    assert window.column.banner.isVisible()


def test_a_project_without_a_name_takes_the_files(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    window.session.new()
    answers.path = tmp_path / "tiny.convnet"
    assert window.files.save()
    assert window.session.design.name == "tiny"
    assert load(answers.path).name == "tiny"
    assert not window.session.is_dirty


def test_the_question_names_the_file_where_there_is_one(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    answers.path = tmp_path / "my net.convnet"
    window.files.save()
    window.session.execute(SetName("Precious"))
    assert not window.files.may_leave()
    assert answers.asked == ["my net.convnet"]
