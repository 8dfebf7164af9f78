"""The training panel tells what the run tells."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from designer.core.design import Design
from designer.core.edits import SetTraining
from designer.protocol.reports import (
    EpochDone,
    MemoryUsed,
    Preparing,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepsDone,
    StopHeard,
)
from designer.protocol.requests import ContinueRun, StartRun, StopRun
from designer.storage import runs
from designer.ui.training.panel import TrainingPanel
from tests.ui.fitting import faults


@pytest.fixture
def panel(qtbot, session, trainer, theme):
    made = TrainingPanel(session, trainer, theme)
    qtbot.addWidget(made)
    made.resize(1200, 324)
    with qtbot.waitExposed(made):
        made.show()
    return made


def begin(panel, host, epochs=2, steps=10, picked="channels last, 1 thread"):
    started = RunStarted("", epochs, steps, 0, "cpu", 1, "channels_last", "float32", picked)
    host.process.heard.emit(started)


def say_steps(host, first, count, loss=1.0, accuracy=0.5):
    host.process.heard.emit(StepsDone(first, (loss,) * count, (accuracy,) * count))


def shown(panel, name):
    figure = panel.status._figures[name]
    return figure.text() if figure.isVisible() else None


def drawn(view):
    return len(view._line.getData()[0])


def test_an_empty_panel_says_what_to_do_and_its_button_does_it(qtbot, panel, host, session):
    assert panel.sentence.text() == "Train the net on letters and watch its loss fall here."
    qtbot.mouseClick(panel.train, Qt.MouseButton.LeftButton)
    request = host.process.requests[0]
    assert isinstance(request, StartRun)
    assert '"name": "Assignment 4"' in request.project
    assert panel.status.heading.text() == "Run 1"


def test_a_run_from_its_first_step_to_its_test_accuracy(qtbot, panel, host, trainer):
    trainer.start()
    host.process.heard.emit(Preparing("measuring which memory format is the fastest"))
    qtbot.waitUntil(lambda: "measuring" in panel.status.suggestion.text())
    begin(panel, host)
    say_steps(host, 1, 10, loss=2.0, accuracy=0.25)
    qtbot.waitUntil(lambda: drawn(panel.loss) == drawn(panel.accuracy) == 10)
    host.process.heard.emit(EpochDone(1, 2.0, 0.25, 1.5, 0.4, True))
    host.process.heard.emit(MemoryUsed(10**9, 4 * 10**9))
    say_steps(host, 11, 5)
    qtbot.waitUntil(lambda: drawn(panel.loss) == drawn(panel.accuracy) == 15)
    assert panel.status.epoch.text() == "· epoch 2 of 2"
    assert shown(panel, "memory") == "1 GB of 4 GB"
    assert shown(panel, "picked by auto") == "channels last, 1 thread"
    assert shown(panel, "best validation") == "40.0 % at epoch 1"
    assert panel.loss._values[1].text() == "validation 1.5"
    assert panel.accuracy._values[1].text() == "validation 40.0 %"
    assert panel.status.button.text() == "Stop"

    say_steps(host, 16, 5)
    host.process.heard.emit(EpochDone(2, 1.0, 0.5, 1.2, 0.6, True))
    host.process.heard.emit(RunFinished(1.1, 0.612, 2, 0.6))
    assert panel.status.outcome.isVisible()
    assert panel.status.outcome.figure.text() == "61.2 %"
    assert panel.status.button.text() == "Train"
    assert not host.process.is_running


def test_stop_and_continue(qtbot, panel, host, trainer):
    trainer.start()
    begin(panel, host)
    say_steps(host, 1, 4)
    qtbot.waitUntil(lambda: panel.status.button.text() == "Stop")
    qtbot.mouseClick(panel.status.button, Qt.MouseButton.LeftButton)
    assert isinstance(host.process.requests[-1], StopRun)
    host.process.heard.emit(StopHeard())
    qtbot.waitUntil(lambda: not panel.status.button.isEnabled())
    host.process.heard.emit(RunStopped())
    assert panel.status.epoch.text() == "· stopped"
    assert shown(panel, "reached") == "epoch 1 of 2"
    qtbot.mouseClick(panel.status.second, Qt.MouseButton.LeftButton)
    assert host.process.requests == [ContinueRun(str(panel.run.folder))]


def test_a_run_that_does_not_hear_is_ended(qtbot, panel, host, trainer):
    trainer.start()
    begin(panel, host)
    trainer.stop()
    qtbot.waitUntil(lambda: panel.run.stage == "stopped", timeout=2200)
    assert not host.process.is_running


def test_a_failure_is_a_sentence_with_a_suggestion(qtbot, panel, host, trainer):
    trainer.start()
    begin(panel, host)
    say_steps(host, 1, 2)
    failure = RunFailed("The loss became nan at step 3", "Try a smaller learning rate.")
    host.process.heard.emit(failure)
    assert panel.status.fault.text() == "The loss became nan at step 3."
    assert panel.status.suggestion.text() == "Try a smaller learning rate."
    assert panel.status.fault.isVisible()
    trainer.start()
    assert len(host.processes) == 2


def test_what_cannot_be_trained_is_said_where_one_looks(qtbot, panel, session, trainer, host):
    session.new(Design())
    trainer.start()
    assert "no net" in panel.sentence.text()
    assert host.processes == []


def test_the_last_runs_with_what_changed(qtbot, panel, session, trainer, host):
    for rate in (0.001, 0.01):
        session.execute(SetTraining("learning_rate", rate))
        trainer.start()
        folder = panel.run.folder
        change = host.process.requests[0].change
        state = runs.RunState("finished", "2026-01-01T00:00:00+00:00", change, 2, 2, 0.5, rate)
        runs.write_state(folder, state)
        (folder / "design.convnet").write_text(host.process.requests[0].project)
        host.process.heard.emit(RunFinished(1.0, rate, 1, 0.5))
    listed = [(run.number, run.state.change) for run in panel.recent.runs]
    assert listed == [(2, "learning rate 0.001 → 0.01"), (1, "Assignment 4")]
    assert "run 2: learning rate 0.001 → 0.01, 1.0 %" in panel.recent.accessibleDescription()
    runs.write_state(folder, replace(state, test_accuracy=None))
    panel.recent.show_runs(runs.list_runs(folder.parent)[::-1])
    assert "run 2: learning rate 0.001 → 0.01, val 50.0 %" in panel.recent.accessibleDescription()


def test_a_million_points_are_drawn_as_few(qtbot, panel, host, trainer):
    trainer.start()
    begin(panel, host, epochs=10, steps=100_000)
    say_steps(host, 1, 1_000_000)
    panel.refresh()
    room = panel.loss.plot.viewport().width()
    assert drawn(panel.loss) <= room
    assert len(panel.loss._band.getData()[0]) <= 2 * room


def test_it_follows_the_theme(qtbot, panel, theme):
    theme.set_mode("light")
    background = panel.loss.plot.backgroundBrush().color().name()
    assert background == theme.tokens.panel


@pytest.mark.parametrize("width", [1024, 1600])
def test_the_column_of_a_stopped_run_is_cut_off_nowhere(qtbot, panel, host, trainer, width):
    panel.resize(width, 324)
    runs.new_run(trainer.base).rename(trainer.base / "run-127")
    trainer.start()
    begin(panel, host, epochs=1000)
    say_steps(host, 1, 10)
    trainer.stop()
    host.process.heard.emit(RunStopped())
    qtbot.waitUntil(panel.status.second.isVisible)
    status = panel.status
    for told in (status.heading, status.epoch, status.button, status.second):
        assert told.width() >= told.sizeHint().width(), told.text()
        right = told.mapTo(panel, told.rect().topRight()).x()
        assert right <= status.mapTo(panel, status.rect().topRight()).x()
    shown_facts = [f for f in status._figures.values() if f.isVisible()]
    assert shown_facts
    for figure in shown_facts:
        assert figure.width() >= figure.sizeHint().width(), figure.text()


def test_a_run_can_be_scrolled_to_where_the_dock_is_small(qtbot, panel, host, trainer, theme):
    trainer.start()
    begin(panel, host)
    say_steps(host, 1, 10)
    theme.set_percent(200)
    panel.resize(1100, 180)
    qtbot.waitUntil(lambda: panel.width() == 1100)
    qtbot.waitUntil(lambda: not faults(panel))
    area = panel.loss.parentWidget()
    while not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert area.verticalScrollBar().maximum() > 0
