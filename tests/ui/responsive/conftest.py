"""A whole window whose engine is a small process that talks as fast as a run can."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from designer.app.engine_host import EngineHost
from designer.app.engine_process import EngineProcess
from designer.app.settings import SettingsFile
from designer.app.trainer import Trainer
from designer.core.design import Design
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme
from tests.ui.conftest import Answers
from tests.ui.responsive.watchdog import idle, until

TALKER = Path(__file__).with_name("talker.py")


class TalkingHost(EngineHost):
    """An engine that loads no torch and reports steps without end, through real pipes."""

    def start(self) -> None:
        """No process waits."""

    def take_spare(self) -> EngineProcess:
        process = EngineProcess(parent=self)
        process._process.setArguments([str(TALKER)])
        process.start()
        self._runs.append(process)
        process.ended.connect(self._on_run_ended)
        return process


def close(window: MainWindow) -> None:
    """Stop the run that goes on, and let the window go."""
    trainer, host = window.findChild(Trainer), window.findChild(EngineHost)
    assert trainer is not None and host is not None
    trainer.stop()
    until(lambda: not trainer.is_active)
    window.session.document.mark_saved()
    window.close()
    until(lambda: not host._runs)
    window.deleteLater()


Open = Callable[[Design], MainWindow]


@pytest.fixture(autouse=True)
def patient() -> None:
    """Here the window waits for nothing, as it does for a user."""


@pytest.fixture
def open_window(
    qtbot: QtBot, theme: Theme, settings: SettingsFile, answers: Answers
) -> Iterator[Open]:
    """Opens a window on a design and waits until it is complete."""
    made: list[MainWindow] = []

    def open_on(design: Design) -> MainWindow:
        window = make_window(settings, theme, answers, make_host=TalkingHost)
        made.append(window)
        window.session.new(design, now=False)
        window.resize(1600, 1000)
        with qtbot.waitSignal(window.completed):
            window.show()
        window.activateWindow()
        window.canvas.setFocus()
        idle(200)
        gc.collect()
        gc.freeze()  # as the program does; what the tests hold would be looked at as well
        return window

    yield open_on
    gc.unfreeze()
    for window in made:
        close(window)
    idle(1)
