"""LeNet-5 without a mouse: built, set, trained and exported in the real window by keys alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from designer.app.settings import SettingsFile
from designer.app.trainer import Trainer
from designer.ui.fields.field import Field
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from designer.ui.training.panel import TrainingPanel
from tests.end_to_end import test_the_main_job as main_job

CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
MOUSE = frozenset({
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.Drop,
})  # fmt: skip
LAYERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("input", {}),
    ("conv2d", {"out_channels": "6", "kernel_size": "5", "padding": "2"}),
    ("tanh", {}),
    ("avgpool2d", {}),
    ("conv2d", {"out_channels": "16", "kernel_size": "5"}),
    ("tanh", {}),
    ("avgpool2d", {}),
    ("flatten", {}),
    ("linear", {"out_features": "120"}),
    ("tanh", {}),
    ("linear", {"out_features": "84"}),
    ("tanh", {}),
    ("linear", {}),
)
SHAPES = [
    "1 × 28 × 28", "6 × 28 × 28", "6 × 28 × 28", "6 × 14 × 14", "16 × 10 × 10", "16 × 10 × 10",
    "16 × 5 × 5", "400", "120", "120", "84", "84", "10",
]  # fmt: skip
MOST_TABS = 40


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window as it is started, with its own dialogs."""
    theme = Theme("light")
    theme.apply()
    made = make_window(SettingsFile(tmp_path / "settings.json"), theme)
    made.resize(1600, 1000)
    with qtbot.waitSignal(made.completed, timeout=20_000):
        made.show()
    yield made
    made.session.document.mark_saved()
    made.close()
    qtbot.waitUntil(lambda: not main_job.alive(made), timeout=10_000)
    made.deleteLater()
    theme.deleteLater()
    qtbot.wait(1)


class Mouse(QObject):
    """Notes every event of a mouse that reaches a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in MOUSE and isinstance(watched, QWidget):
            self.seen.append(event.type())
        return False


@pytest.fixture
def mouse(window: MainWindow) -> Iterator[Mouse]:
    made = Mouse()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(made)
    yield made
    application.removeEventFilter(made)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def key(which: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focused(), which, keys)
    QApplication.processEvents()  # what a key brings up is shown before the next one comes


def press_until(which: Qt.Key, is_there: Callable[[], bool]) -> None:
    for _ in range(MOST_TABS):
        if is_there():
            return
        key(which)
    pytest.fail(f"{which.name} never comes there; the focus is at {focused()}")


def type_into(field: Field, text: str) -> None:
    """Go to a field with Tab, and type over what it holds."""
    press_until(Qt.Key.Key_Tab, lambda: field.isAncestorOf(focused()))
    key(Qt.Key.Key_A, CTRL)
    QTest.keyClicks(focused(), text)
    key(Qt.Key.Key_Return)


def to_inspector(window: MainWindow) -> None:
    press_until(Qt.Key.Key_F6, lambda: window.inspector.isAncestorOf(focused()))


def to_canvas(window: MainWindow) -> None:
    press_until(Qt.Key.Key_F6, window.canvas.hasFocus)


def by_name(typed: str) -> None:
    """Search a command and do it."""
    key(Qt.Key.Key_K, CTRL)
    QTest.keyClicks(focused(), typed)
    key(Qt.Key.Key_Return)


class InDialog(QObject):
    """Types a path into the dialog for files when it comes, which holds up whoever opened it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self.has_typed = path, False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(20)
        self._since = QElapsedTimer()
        self._since.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        line = QApplication.focusWidget()
        if self._since.elapsed() > 30_000 and isinstance(dialog, QDialog):
            dialog.reject()  # or the test would wait for ever
        if not isinstance(dialog, QFileDialog) or not isinstance(line, QLineEdit):
            return
        if dialog.isAncestorOf(line):  # the focus comes a moment after the dialog
            self._timer.stop()
            self.has_typed = True
            QTest.keyClick(line, Qt.Key.Key_A, CTRL)
            QTest.keyClicks(line, str(self._path))
            QTest.keyClick(line, Qt.Key.Key_Return)


def build(window: MainWindow) -> None:
    for typed, settings in LAYERS:
        key(Qt.Key.Key_Space)
        QTest.keyClicks(focused(), typed)
        key(Qt.Key.Key_Return)
        assert window.canvas.hasFocus()
        if settings:
            to_inspector(window)
            for name, text in settings.items():
                type_into(window.inspector.nodes.form.fields[name], text)
            to_canvas(window)


def test_lenet_is_built_trained_and_exported_by_keys(
    qtbot: QtBot, window: MainWindow, mouse: Mouse, tmp_path: Path
) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.canvas, timeout=5_000)
    assert not window.session.design.nodes
    build(window)
    analysis = window.session.analysis
    assert [str(facts.output) for facts in analysis.facts.values()] == SHAPES
    assert (analysis.totals.parameters, analysis.diagnostics) == (61_706, ())

    by_name("set epochs")
    assert not window.selection.nodes
    fields = window.inspector.project.training.fields
    assert fields["epochs"].isAncestorOf(focused())
    type_into(fields["epochs"], "1")
    type_into(fields["batch_size"], "128")
    by_name("set source")
    type_into(window.inspector.project.data.fields["source"], "mnist-5k")
    assert window.session.design.data.source == "mnist-5k"
    key(Qt.Key.Key_Return, CTRL)
    trainer = main_job.the(window, Trainer)
    qtbot.waitUntil(lambda: trainer.is_active, timeout=10_000)
    run = trainer.run
    assert run is not None
    qtbot.waitUntil(lambda: not run.is_active, timeout=60_000)
    assert run.stage == "finished", run.failure
    assert len(run.losses.values) > 20
    assert run.result is not None
    status = main_job.the(window, TrainingPanel).status
    qtbot.waitUntil(status.outcome.isVisible, timeout=5_000)
    assert f"{run.result.test_accuracy:.1%}"[:2] in status.outcome.figure.text()

    script = tmp_path / "net.py"
    typist = InDialog(script)
    key(Qt.Key.Key_E, CTRL)
    assert typist.has_typed
    qtbot.waitUntil(script.is_file, timeout=20_000)
    text = script.read_text(encoding="utf-8")
    compile(text, script.name, "exec")
    assert text.count("nn.Conv2d(") == 2
    assert mouse.seen == []
