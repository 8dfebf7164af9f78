"""The runs panel lists what lies in the run folders."""

import json

import pytest
from PySide6.QtCore import Qt

from designer.core.decode import encode
from designer.protocol.requests import ContinueRun
from designer.storage import StorageError, runs
from designer.storage.run_lock import RunLock
from designer.ui.training.runs_panel import RunsPanel

STATES = [
    ("finished", "first", 0.88, 0.87, ""),
    ("failed", "rate × 100", None, None, "The loss became nan at step 17"),
    ("running", "deeper", 0.9, None, ""),
]


@pytest.fixture
def panel(qtbot, session, trainer, theme):
    made = RunsPanel(session, trainer, theme)
    qtbot.addWidget(made)
    made.resize(1400, 324)
    return made


def cells(panel, line):
    return [panel.model.index(line, c).data() for c in range(panel.model.columnCount())]


def test_the_table(qtbot, panel, trainer):
    for state, change, validation, test, sentence in STATES:
        when = "2026-01-01T12:00:00+00:00"
        record = runs.RunState(state, when, change, 5, 2, validation, test, sentence)
        runs.write_state(runs.new_run(trainer.base), record)
    lock = RunLock(trainer.base / "run-003")
    panel.show()
    assert cells(panel, 0)[2:] == ["deeper", "2 of 5", "90.0 %", "–", "running at epoch 3 of 5"]
    assert cells(panel, 1)[6] == "failed at epoch 3 of 5: The loss became nan at step 17"
    assert cells(panel, 2)[4:6] == ["88.0 %", "87.0 %"]
    panel.table.selectRow(0)
    assert not panel.resume.isEnabled()
    lock.release()
    panel.refresh()
    assert cells(panel, 0)[6] == "interrupted at epoch 3 of 5"
    assert panel.chosen.number == 3
    assert panel.resume.isEnabled()


def test_continue_goes_on_with_the_chosen_run(qtbot, panel, trainer, host):
    folder = runs.new_run(trainer.base)
    runs.write_state(folder, runs.RunState("stopped", "", "first", 5, 2))
    panel.show()
    panel.table.selectRow(0)
    qtbot.mouseClick(panel.resume, Qt.MouseButton.LeftButton)
    assert host.process.requests == [ContinueRun(str(folder))]
    assert not panel.resume.isEnabled()


def test_without_runs_it_says_so_with_one_button(qtbot, panel):
    panel.show()
    assert panel.train.isVisible()
    with qtbot.waitSignal(panel.train_wanted):
        qtbot.mouseClick(panel.train, Qt.MouseButton.LeftButton)


@pytest.fixture
def draft(session, trainer):
    session.path = None
    runs.write_state(runs.new_run(trainer.base), runs.RunState("finished", "", "first", 5, 5))
    return trainer


def test_runs_follow_the_project_to_its_first_file(qtbot, panel, draft, session, tmp_path):
    before = draft.base
    panel.show()
    qtbot.waitUntil(lambda: len(panel.model.runs) == 1)
    session.save(tmp_path / "net.convnet")
    assert draft.base == tmp_path / "net-runs"
    qtbot.waitUntil(lambda: [r.folder.parent for r in panel.model.runs] == [draft.base])
    assert not before.exists()


def test_a_new_project_begins_without_runs(qtbot, panel, draft, session):
    panel.show()
    qtbot.waitUntil(lambda: len(panel.model.runs) == 1)
    session.new()
    qtbot.waitUntil(lambda: panel.model.runs == ())


def test_runs_wait_for_the_one_that_goes_on(qtbot, panel, draft, session, host, tmp_path):
    panel.show()
    draft.start()
    runs.write_state(draft.run.folder, runs.RunState("stopped", "", "second", 5, 1))
    before = draft.base
    session.save(tmp_path / "net.convnet")
    assert draft.base == before
    draft.stop()
    host.process.kill()
    assert draft.base == draft.run.folder.parent == tmp_path / "net-runs"
    qtbot.waitUntil(lambda: len(panel.model.runs) == 2)


def test_runs_that_cannot_follow_stay_and_say_so(qtbot, panel, draft, session, tmp_path):
    before = draft.base
    (tmp_path / "net-runs").write_text("a file is in the way")
    with qtbot.waitSignal(draft.stayed) as said:
        session.save(tmp_path / "net.convnet")
    assert str(before) in said.args[0]
    assert len(runs.list_runs(before)) == 1


def test_images_that_cannot_follow_stay_and_the_run_is_known_where_it_is(
    qtbot, panel, draft, session, tmp_path, monkeypatch
):
    def refuse(*_):
        raise StorageError(None, "", "the disk is full")

    draft.start()
    images = draft.base / "data" / "a.npz"
    images.parent.mkdir()
    images.write_bytes(b"images")
    settings = runs.RunSettings(session.design.training, str(images), 0.1)
    runs.write_state(draft.run.folder, runs.RunState("stopped", "", "second", 5, 1))
    (draft.run.folder / runs.SETTINGS).write_text(json.dumps(encode(settings)))
    draft.stop()
    draft._host.process.kill()
    monkeypatch.setattr(runs, "write_text", refuse)
    with qtbot.waitSignal(draft.stayed):
        session.save(tmp_path / "net.convnet")
    assert draft.run.folder.parent == tmp_path / "net-runs"
    assert draft.run.folder.is_dir()
    assert images.read_bytes() == b"images"


def test_a_run_that_goes_on_is_left_alone_while_another_project_is_saved(
    draft, session, host, tmp_path
):
    draft.start()
    runs.write_state(draft.run.folder, runs.RunState("running", "", "second", 5, 1))
    session.save(tmp_path / "one.convnet")
    session.new(session.design)
    session.save(tmp_path / "two.convnet")
    assert draft.run.folder.is_dir()
    assert draft.run.folder.parent != tmp_path / "one-runs"
    draft.stop()
    host.process.kill()
    assert draft.run.folder.parent == tmp_path / "one-runs"
    assert runs.list_runs(draft.base) == ()
