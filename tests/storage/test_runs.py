"""Run folders: numbered, listed, and telling how a run stands whatever happened to it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from designer.core.decode import encode
from designer.core.edits import Move, SetParam, SetTraining
from designer.core.training import TrainingSettings
from designer.storage import runs, save, template
from designer.storage.run_lock import RunLock
from designer.storage.values import plain


def test_runs_lie_beside_the_project_or_below_the_users_data(home):
    assert runs.runs_folder(Path("/nets/lenet.convnet")) == Path("/nets/lenet-runs")
    assert home in runs.runs_folder(None).parents


def test_new_folders_are_numbered_and_never_taken_twice(tmp_path):
    base = tmp_path / "net-runs"
    assert [runs.new_run(base).name for _ in range(3)] == ["run-001", "run-002", "run-003"]
    (base / "run-002").rmdir()
    (base / "run-1000").mkdir()
    (base / "run-²").mkdir()
    (base / "notes").mkdir()
    assert runs.new_run(base).name == "run-1001"


def test_the_list_is_newest_first_and_leaves_out_what_is_no_run(tmp_path):
    for change in ("first", "second"):
        runs.write_state(runs.new_run(tmp_path), runs.RunState("finished", "", change))
    runs.new_run(tmp_path)
    (runs.new_run(tmp_path) / runs.STATE).write_text('{"state": "flying", "started": ""}')
    assert [run.state.change for run in runs.list_runs(tmp_path)] == ["second", "first"]
    assert runs.list_runs(tmp_path / "nowhere") == ()


def test_a_run_that_nobody_runs_is_interrupted(tmp_path):
    folder = runs.new_run(tmp_path)
    runs.write_state(folder, runs.RunState("running", ""))
    lock = RunLock(folder)
    assert runs.read_run(folder).state.state == "running"
    with pytest.raises(OSError):
        RunLock(folder)
    lock.release()
    assert runs.read_run(folder).state.state == "interrupted"


@pytest.mark.parametrize(
    ("edit", "is_same"),
    [
        (Move({"conv1": (7.0, 7.0)}), True),
        (SetParam("conv1", "stride", 1), False),
        (SetTraining("batch_size", 32), False),
    ],
)
def test_a_design_that_was_trained_takes_what_its_run_resolved(tmp_path, edit, is_same):
    design = template("assignment-4").design()
    folder = runs.new_run(tmp_path)
    resolved = replace(design.training, device="cpu", threads=3, memory_format="channels_last")
    save(design, folder / runs.DESIGN)
    runs.write_state(folder, runs.RunState("finished", ""))
    settings = plain(runs.RunSettings(resolved, "letters.npz", 0.1))
    (folder / runs.SETTINGS).write_text(json.dumps(settings))

    now = edit.apply(design)
    found = runs.as_trained(now, tmp_path)
    assert found.graph is now.graph
    assert found.training == (resolved if is_same else now.training)


def test_settings_come_back_as_they_were_written(tmp_path):
    settings = runs.RunSettings(TrainingSettings(threads=2), "a.npz", 0.2, "abc", "2 threads")
    (tmp_path / runs.SETTINGS).write_text(json.dumps(plain(settings)))
    assert runs.read_settings(tmp_path) == settings


def test_runs_move_with_their_images_and_under_free_numbers(tmp_path: Path) -> None:
    base, target = tmp_path / "draft", tmp_path / "net-runs"
    images = base / "data" / "a.npz"
    images.parent.mkdir(parents=True)
    images.write_bytes(b"images")
    record = runs.RunState("finished", "", "first")
    for place in (base, base, target):
        runs.write_state(runs.new_run(place), record)
    settings = runs.RunSettings(TrainingSettings(), str(images), 0.1)
    (base / "run-002" / runs.SETTINGS).write_text(json.dumps(encode(settings)))
    moved: dict[Path, Path] = {}
    runs.move_runs(base, target, moved)
    assert {old.name: new.name for old, new in moved.items()} == {
        "run-001": "run-002",
        "run-002": "run-003",
    }
    assert [run.number for run in runs.list_runs(target)] == [3, 2, 1]
    assert Path(runs.read_settings(target / "run-003").data).read_bytes() == b"images"
    assert not base.exists()


@pytest.mark.parametrize("place", ["_move", "_copy", "write_text"])
def test_runs_that_cannot_be_moved_lose_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The second run, the images or what names them: whatever fails, each run finds its images."""
    base, target = tmp_path / "draft", tmp_path / "net-runs"
    images = base / "data" / "a.npz"
    images.parent.mkdir(parents=True)
    images.write_bytes(b"images")
    settings = runs.RunSettings(TrainingSettings(), str(images), 0.1)
    for _ in range(3):
        folder = runs.new_run(base)
        runs.write_state(folder, runs.RunState("finished", "", "first"))
        (folder / runs.SETTINGS).write_text(json.dumps(encode(settings)))
    real, count = getattr(runs, place), 2 if place == "_move" else 1

    def full(*arguments: object) -> None:
        nonlocal count
        count -= 1
        if count == 0:
            raise OSError("the disk is full")
        real(*arguments)

    monkeypatch.setattr(runs, place, full)
    moved: dict[Path, Path] = {}
    with pytest.raises(OSError, match="full"):
        runs.move_runs(base, target, moved)
    found = [*runs.list_runs(base), *runs.list_runs(target)]
    assert len(found) == 3
    assert {run.folder for run in runs.list_runs(target)} == set(moved.values())
    for run in found:
        assert Path(runs.read_settings(run.folder).data).read_bytes() == b"images"
