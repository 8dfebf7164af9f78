"""The worker as a process: what it says, how it stops, and that it never outlives its window."""

import time
from pathlib import Path

import numpy as np
import pytest

from designer.core.design import Design
from designer.engine.worker import SECONDS_TO_LEAVE
from designer.protocol.reports import (
    DataPreviewed,
    DataRefused,
    EpochDone,
    Ready,
    RunFailed,
    RunFinished,
    RunStarted,
    RunStopped,
    StepsDone,
    StopHeard,
)
from designer.protocol.requests import (
    ContinueRun,
    PreviewData,
    Shutdown,
    StartRun,
    StopRun,
)
from designer.storage import runs, to_text
from designer.storage.metrics import read_metrics
from tests.engine.nets import reading, small_net, some_letters
from tests.engine.process import Engine


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return some_letters(tmp_path_factory.mktemp("data") / "some.npz")


def start(engine: Engine, design: Design, base: Path) -> Path:
    folder = runs.new_run(base)
    engine.ask(StartRun(str(folder), to_text(design), str(base)))
    return folder


def test_a_run_from_request_to_result(tmp_path, letters):
    with Engine("--spare") as engine:
        ready = engine.wait_for(Ready)
        assert ready.devices[0].name == "cpu"
        folder = start(engine, reading(small_net(), letters), tmp_path)
        finished = engine.wait_for(RunFinished, RunFailed)
        started = engine.of(RunStarted)[0]
        assert (started.epochs, started.steps_per_epoch, started.steps_done) == (2, 20, 0)
        losses = [loss for report in engine.of(StepsDone) for loss in report.losses]
        firsts = [report.first for report in engine.of(StepsDone)]
        assert firsts[0] == 1
        assert losses == list(read_metrics(folder).steps[:, 0])
        assert len(engine.of(EpochDone)) == 2
        assert finished.test_accuracy == runs.read_run(folder).state.test_accuracy
        engine.ask(Shutdown())
        assert engine.process.wait(5) == 0


def test_stop_is_heard_at_once_and_the_run_can_go_on(tmp_path, letters):
    with Engine("--spare") as engine:
        engine.wait_for(Ready)
        folder = start(engine, reading(small_net(epochs=10_000), letters), tmp_path)
        engine.wait_for(EpochDone)
        begin = time.monotonic()
        engine.ask(StopRun())
        engine.wait_for(StopHeard)
        heard = time.monotonic()
        engine.wait_for(RunStopped)
        gone = time.monotonic()
        assert heard - begin < 0.5  # the promise is 0.1 s on a machine that is not testing
        assert gone - begin < 2
        assert runs.read_run(folder).state.state == "stopped"
        done = len(read_metrics(folder).steps)
    with Engine("--spare") as engine:
        engine.ask(ContinueRun(str(folder)))
        assert engine.wait_for(RunStarted).steps_done == done
        assert engine.wait_for(StepsDone).first == done + 1


def test_a_window_that_is_gone_leaves_no_orphan_and_loses_nothing(tmp_path, letters):
    with Engine("--spare") as engine:
        engine.wait_for(Ready)
        folder = start(engine, reading(small_net(epochs=10_000), letters), tmp_path)
        engine.wait_for(StepsDone)
        engine.process.stdin.close()
        engine.process.wait(SECONDS_TO_LEAVE + 1)
        assert (folder / "checkpoint.pt").is_file()
        assert runs.read_run(folder).state.state == "stopped"


def test_a_helper_whose_window_is_gone_leaves():
    with Engine() as engine:
        engine.process.stdin.close()
        engine.process.wait(20)


def test_a_killed_run_is_interrupted_and_can_be_resumed(tmp_path, letters):
    with Engine("--spare") as engine:
        engine.wait_for(Ready)
        folder = start(engine, reading(small_net(epochs=10_000), letters), tmp_path)
        engine.wait_for(EpochDone)
        assert runs.read_run(folder).state.state == "running"
        engine.process.kill()
        engine.process.wait()
    assert runs.read_run(folder).state.state == "interrupted"
    with Engine("--spare") as engine:
        engine.ask(ContinueRun(str(folder)))
        assert engine.wait_for(RunStarted).steps_done >= 20


def test_what_cannot_start_is_a_sentence_and_the_process_goes_on(tmp_path, letters):
    with Engine("--spare") as engine:
        engine.ask(StartRun(str(runs.new_run(tmp_path)), "{}", ""))
        assert "project" in engine.wait_for(RunFailed).sentence
        start(engine, reading(small_net(classes=3), letters), tmp_path)
        assert "3 outputs" in engine.wait_for(RunFailed).sentence
        start(engine, reading(small_net(epochs=1), letters), tmp_path)
        engine.wait_for(RunFinished)


def test_a_line_that_is_no_request_does_no_harm():
    with Engine() as engine:
        engine.process.stdin.write(b"\xff\n{}\n[1\n")
        engine.ask(PreviewData(7, "no such data", "", 0.1))
        refused = engine.wait_for(DataRefused)
        assert refused.ticket == 7
        assert "no such data" in refused.sentence


def test_a_preview_shows_images_of_each_class():
    with Engine() as engine:
        engine.ask(PreviewData(1, "letters", "", 0.1, per_class=3))
        shown = engine.wait_for(DataPreviewed)
        sheet = np.load(shown.images, mmap_mode="r")
        assert sheet.shape == (10, 3, 28, 28, 1)
        assert sheet.max() > 200
        assert shown.classes == tuple("ABCDEFGHIJ")
        assert sum(shown.counts) == shown.splits[0] == 15110
