"""Runs from the window's side: real processes, and never one left behind."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from designer.app.engine_host import EngineHost
from designer.app.session import Session
from designer.app.trainer import Trainer
from designer.core.edits import SetTraining
from designer.rules import RULES
from designer.storage import runs
from designer.storage.metrics import read_metrics
from tests.engine.nets import reading, small_net, some_letters


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    return some_letters(tmp_path_factory.mktemp("data") / "some.npz")


@pytest.fixture
def host(qapp):
    made = EngineHost()
    yield made
    made.leave()


@pytest.fixture
def session(letters, tmp_path):
    made = Session(reading(small_net(epochs=2), letters), rules=RULES)
    made.path = tmp_path / "net.convnet"
    made.analyse()
    return made


@pytest.fixture
def trainer(session, host):
    return Trainer(session, host)


def alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_runs_one_after_the_other(qtbot, host, session, trainer):
    host.start()
    qtbot.waitSignal(host.ready, timeout=60_000).wait()
    assert host.device_names[:2] == ("auto", "cpu")
    trainer.start()
    first = trainer.run
    assert trainer.is_active
    qtbot.waitUntil(lambda: not first.is_active, timeout=60_000)
    assert first.stage == "finished", first.failure
    assert first.steps == first.total_steps == 40
    assert [epoch.epoch for epoch in first.epochs] == [1, 2]
    np.testing.assert_array_equal(first.losses.values, read_metrics(first.folder).steps[:, 0])
    losses = first.losses.values.copy()

    session.execute(SetTraining("learning_rate", 0.01))
    trainer.start()
    second = trainer.run
    assert second.number == first.number + 1 == 2
    qtbot.waitUntil(lambda: not second.is_active, timeout=60_000)
    assert second.stage == "finished"
    assert second.losses.values[0] == losses[0]
    assert second.losses.values[-1] != losses[-1]
    changes = [run.state.change for run in runs.list_runs(trainer.base)]
    assert changes == ["learning rate 0.001 → 0.01", "Small"]


def test_stop_keeps_the_last_state_and_the_run_can_go_on(qtbot, host, session, trainer):
    session.execute(SetTraining("epochs", 5000))
    trainer.start()
    run = trainer.run
    qtbot.waitUntil(lambda: run.steps > 20, timeout=60_000)
    assert run.speed is None or run.speed > 0
    begin = time.monotonic()
    run.stop()
    assert run.stage == "stopping"
    qtbot.waitUntil(lambda: run.stage == "stopped", timeout=5000)
    assert time.monotonic() - begin < 2.2
    done = run.steps
    assert (run.folder / "checkpoint.pt").is_file()

    trainer.resume(run.folder)
    again = trainer.run
    recalled = run.losses.values.copy()
    qtbot.waitUntil(lambda: again.steps > done, timeout=60_000)
    np.testing.assert_array_equal(again.losses.values[:done], recalled)
    assert [e.epoch for e in again.epochs[: len(run.epochs)]] == [e.epoch for e in run.epochs]
    assert again.started.steps_done == done
    again.stop()
    qtbot.waitUntil(lambda: not again.is_active, timeout=5000)


def test_a_run_that_is_killed_is_told_in_a_sentence(qtbot, host, session, trainer):
    session.execute(SetTraining("epochs", 5000))
    trainer.start()
    run = trainer.run
    qtbot.waitUntil(lambda: run.steps > 0, timeout=60_000)
    run._process.kill()
    qtbot.waitUntil(lambda: run.stage == "failed", timeout=5000)
    assert "memory" in run.failure.sentence
    assert runs.read_run(run.folder).state.state == "interrupted"


def test_nothing_outlives_the_host(qtbot, host, session, trainer):
    session.execute(SetTraining("epochs", 5000))
    trainer.start()
    run = trainer.run
    qtbot.waitUntil(lambda: run.steps > 20, timeout=60_000)
    host._keep_helper()
    processes = [run._process.process_id, host._helper.process_id]
    host.leave()
    assert not any(map(alive, processes))
    assert runs.read_run(run.folder).state.state == "stopped"


def test_a_design_with_faults_does_not_start(qtbot, trainer, session):
    with qtbot.waitSignal(trainer.refused) as refused:
        session.new()
        trainer.start()
    assert "no net" in refused.args[0]
    assert trainer.run is None


def test_a_read_only_place_is_a_sentence(qtbot, trainer, session, tmp_path):
    (tmp_path / "file").write_text("")
    session.path = Path(tmp_path / "file" / "net.convnet")
    with qtbot.waitSignal(trainer.refused) as refused:
        trainer.start()
    assert "No run folder can be made" in refused.args[0]


def test_previews_carry_their_ticket(qtbot, host):
    with qtbot.waitSignal(host.previewed, timeout=60_000) as heard:
        ticket = host.preview("mnist-5k", "", 0.1)
    assert heard.args[0].ticket == ticket
    assert heard.args[0].classes == tuple("0123456789")
    Path(heard.args[0].images).unlink()
