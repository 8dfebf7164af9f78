"""The start of the window: nothing heavy before the first paint, and lost work is offered."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtCore import QProcess, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from designer.app.settings import APP, SettingsFile
from designer.storage import to_text
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from tests.app.test_recovery import dead_pid
from tests.ui.conftest import lesson

UNTIL_FIRST_PAINT = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from designer.app.settings import SettingsFile
from designer.storage import template
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
theme = Theme("dark")
theme.apply()
window = make_window(SettingsFile(Path(os.devnull) / "none"), theme, engine=False)
seen = []
window.painted.disconnect()
window.painted.connect(lambda: seen.append(set(sys.modules)))
window.home.show()
window.show()
while not seen:
    application.processEvents()
assert window.home.page.isVisible()
window.session.new(template("assignment-4").design(), now=False)
window.grab()
assert window.canvas.isVisible()
print(*sorted(seen[0] | set(sys.modules)))
"""


def test_the_first_paints_need_neither_networkx_nor_pyqtgraph_nor_torch() -> None:
    result = subprocess.run(
        [sys.executable, "-c", UNTIL_FIRST_PAINT],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=os.environ,
    )
    loaded = set(result.stdout.split())
    assert "designer" in loaded
    assert loaded.isdisjoint({"networkx", "pyqtgraph", "torch", "torchvision", "PIL"})
    ours = {"rules", "codegen", "data", "engine", "help.book", "ui.completion", "ui.training"}
    assert loaded.isdisjoint({f"designer.{name}" for name in ours})
    assert loaded.isdisjoint({"importlib.resources", "html", "difflib"})


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    """The journal of a window that was killed."""
    journal = Path(platformdirs.user_state_dir(APP)) / "recovery" / "lost.json"
    journal.parent.mkdir(parents=True)
    text = to_text(lesson())
    path = str(tmp_path / "net.convnet")
    journal.write_text(json.dumps({"pid": dead_pid(), "path": path, "text": text}))
    return journal


def test_work_that_was_lost_is_offered_and_kept_until_it_is_safe(
    qtbot: QtBot, theme: Theme, tmp_path: Path, lost: Path
) -> None:
    window = make_window(SettingsFile(tmp_path / "settings.json"), theme, engine=False)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
    banner = window.column.offer
    assert "net.convnet was not saved" in banner.words.text()
    assert lost.exists()
    buttons = {button.text(): button for button in banner.findChildren(QPushButton)}
    buttons["Recover"].click()
    assert window.session.design == lesson()
    assert window.session.is_dirty
    assert window.session.path == tmp_path / "net.convnet"
    assert not lost.exists()
    assert window.journal.file.exists()
    window.session.document.mark_saved()
    window.close()
    assert not window.journal.file.exists()


def test_lost_work_can_be_discarded(qtbot: QtBot, theme: Theme, tmp_path: Path, lost: Path) -> None:
    window = make_window(SettingsFile(tmp_path / "settings.json"), theme, engine=False)
    qtbot.addWidget(window)
    window.home.show()
    with qtbot.waitSignal(window.completed):
        window.show()
    assert window.column.offer.isVisible(), "on the start page"
    buttons = window.column.offer.findChildren(QPushButton)
    next(b for b in buttons if b.text() == "Discard").click()
    assert not lost.exists()
    assert window.home.is_shown
    window.close()


def test_what_was_lost_is_offered_below_the_fault_of_a_file(
    qtbot: QtBot, theme: Theme, tmp_path: Path, lost: Path
) -> None:
    window = make_window(SettingsFile(tmp_path / "settings.json"), theme, engine=False)
    qtbot.addWidget(window)
    broken = tmp_path / "broken.convnet"
    broken.write_text("{")
    assert not window.session.open(broken, now=False)
    with qtbot.waitSignal(window.completed):
        window.show()
    column = window.column
    assert column.banner.isVisible()
    assert "broken.convnet" in column.banner.words.text()
    assert column.offer.isVisible()
    assert "net.convnet was not saved" in column.offer.words.text()
    assert column.banner.geometry().bottom() < column.offer.geometry().top()


def test_keys_that_come_before_the_panels_do_no_harm(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    window = make_window(SettingsFile(tmp_path / "settings.json"), theme, engine=False)
    qtbot.addWidget(window)
    window.session.new(lesson(), now=False)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert not window.has_panels
    window.selection.set({"conv1"})
    for key in (Qt.Key.Key_F8, Qt.Key.Key_F2, *[Qt.Key.Key_F6] * 4):
        qtbot.keyClick(window, key)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.command_palette.isVisible()
    with qtbot.waitSignal(window.completed):
        pass
    assert window.has_panels
    window.session.document.mark_saved()
    window.close()


def test_a_window_that_is_closed_before_it_is_complete_leaves_nothing(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    window = make_window(SettingsFile(tmp_path / "settings.json"), theme)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.close()
    qtbot.wait(300)
    assert gc.isenabled()
    assert window.findChildren(QProcess) == []
