"""What lies on the disk is read and written beside the window: runs, numbers, data, journals."""

import json
import os
import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.app.engine_host import EngineHost
from designer.app.settings import SettingsFile
from designer.app.trainer import Trainer
from designer.core.edits import SetName
from designer.storage import runs
from designer.storage.metrics import METRICS
from designer.ui.main_window import MainWindow
from designer.ui.training.data_panel import DataPanel
from designer.ui.training.runs_panel import RunsPanel
from tests.ui.conftest import Answers
from tests.ui.responsive.conftest import Open
from tests.ui.responsive.nets import large
from tests.ui.responsive.watchdog import Watch, idle, never_holds, until

pytestmark = pytest.mark.alone

STEPS = 5000
LEFT = Qt.MouseButton.LeftButton


MANY, A_MILLION = 10_000, 1_000_000


@pytest.fixture
def most() -> int:
    """How many steps the longest run has."""
    return MANY


@pytest.fixture
def base(tmp_path: Path, most: int) -> Path:
    """The run folder of a project with 200 runs, the last of them stopped after many steps."""
    folder = runs.runs_folder(tmp_path / "net.convnet")
    for number in range(200):
        state = "stopped" if number == 199 else "finished"
        record = runs.RunState(state, "2026-01-01T12:00:00+00:00", "deeper", 400, 200, 0.9, 0.88)
        run = folder / f"run-{number + 1:03d}"
        run.mkdir(parents=True)
        (run / runs.STATE).write_text(json.dumps(runs.encode(record)))
    losses = (2 / (1 + np.arange(most) / 9000)).round(6).tolist()
    with (run / METRICS).open("w") as file:
        for step, loss in enumerate(losses, 1):
            file.write(f'{{"event": "step", "step": {step}, "loss": {loss}, "accuracy": 0.5}}\n')
            if step % STEPS == 0:
                epoch = {"train_loss": loss, "train_accuracy": 0.5, "val_loss": loss}
                epoch |= {"epoch": step // STEPS, "val_accuracy": 0.5, "is_best": True}
                file.write(json.dumps({"event": "epoch", **epoch}) + "\n")
    return folder


def the(window: MainWindow, kind: type) -> object:
    (found,) = window.findChildren(kind)
    return found


def test_two_hundred_runs_are_listed(open_window: Open, base: Path) -> None:
    def scenario(watch: Watch) -> None:
        window = open_window(large(20))
        window.session.path = base.parent / "net.convnet"
        panel = the(window, RunsPanel)
        with watch():
            window.dock.show_tab("Runs")
            until(lambda: len(panel.model.runs) == 200)
            panel.table.selectRow(0)
            idle(200)

    never_holds(scenario)


@pytest.mark.nightly
@pytest.mark.parametrize("most", [100_000, A_MILLION])
def test_a_long_run_goes_on(open_window: Open, base: Path, most: int) -> None:
    def scenario(watch: Watch) -> None:
        window = open_window(large(20))
        window.session.path = base.parent / "net.convnet"
        panel, trainer = the(window, RunsPanel), the(window, Trainer)
        with watch():
            window.dock.show_tab("Runs")
            until(lambda: len(panel.model.runs) == 200)
            panel.table.selectRow(0)
            idle(20)
            QTest.mouseClick(panel.resume, LEFT)
            window.dock.show_tab("Training")
            until(lambda: trainer.run.steps > most + 100)
            until(lambda: len(trainer.run.epochs) == most // STEPS)
            idle(300)
            window.canvas.zoom_fit()
            idle(200)
        losses = trainer.run.losses.values
        assert losses[0] == 2.0
        assert not np.isnan(losses).any()

    never_holds(scenario)


def test_data_sets_are_chosen_and_previewed(open_window: Open) -> None:
    def scenario(watch: Watch) -> None:
        window = open_window(large(500))
        panel = the(window, DataPanel)
        with watch():
            window.dock.show_tab("Data")
            for line, name in ((1, "mnist-5k"), (0, "letters")):
                place = panel.sources.visualItemRect(panel.sources.item(line)).center()
                QTest.mouseClick(panel.sources.viewport(), LEFT, pos=place)
                until(lambda name=name: panel.name.text() == name and panel.samples._strips)
                idle(50)

    never_holds(scenario)


def test_a_preview_does_not_wait_for_torch(qtbot: QtBot) -> None:
    host = EngineHost()
    host._keep_helper()
    begun = time.perf_counter()
    with qtbot.waitSignal(host.previewed, timeout=20_000):
        host.preview("letters", "", 0.1)
    taken = time.perf_counter() - begun
    host.leave()
    assert not host.devices  # torch is not there yet
    assert taken < 5


def test_a_slow_disk_is_not_waited_for(
    open_window: Open, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saving, the recovery journal and the settings, on a disk that takes 0.1 s for a sync."""
    sync = os.fsync

    def slow(descriptor: int) -> None:
        time.sleep(0.1)
        sync(descriptor)

    def scenario(watch: Watch) -> None:
        window = open_window(large(500))
        answers.path = tmp_path / f"slow{time.monotonic_ns()}.convnet"
        session = window.session
        with monkeypatch.context() as patch, watch():
            patch.setattr(os, "fsync", slow)
            session.execute(SetName("One"))
            until(window.journal.file.exists)
            session.execute(SetName("Two"))
            idle(620)  # the journal is being written again
            window.files.save()
            session.execute(SetName("Three"))
            until(lambda: session.path == answers.path)
            assert session.is_dirty
            window.files.save()
            until(lambda: not session.is_dirty)
            until(lambda: not window.journal.file.exists())
            wanted = not window.settings.value.menu_bar
            window.settings.change(menu_bar=wanted)
            until(lambda: SettingsFile(window.settings.path).value.menu_bar is wanted)

    never_holds(scenario)
