"""Runs of the command line that are refused, or whose reader leaves: codes, events, folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from designer.cli import main
from designer.storage import template, to_text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "net.convnet"
    path.write_text(to_text(template("lenet-5").design()), encoding="utf-8")
    return path


def test_a_refused_run_leaves_its_own_empty_folder_empty(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["train", str(project), "--data", "nowhere", "--run", "mine"]) == 2
    assert list(folder.iterdir()) == []


def test_runs_that_are_there_outlive_a_refused_one(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "net-runs" / "run-001"
    other.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert main(["train", str(project), "--device", "cuda:999"]) == 2
    assert list((tmp_path / "net-runs").iterdir()) == [other]


def test_a_design_that_cannot_be_trained_is_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    empty = {"format": "convnet-design", "version": 1, "name": "", "nodes": [], "edges": []}
    odd = {**empty, "nodes": [{"id": "image", "layer": "Input", "params": {"height": -1}}]}
    for document, words in ((empty, "empty"), (odd, "height must be")):
        Path("a.convnet").write_text(json.dumps(document), "utf-8")
        assert main(["train", "a.convnet", "--json"]) == 1
        out, err = capsys.readouterr()
        (line,) = out.splitlines()
        event = json.loads(line)
        assert event["event"] == "failed" and words in event["message"] and words in err
        assert not Path("a-runs").exists()


@pytest.mark.parametrize(("name", "content"), [("settings.json", "{"), ("model.py", "1 +")])
def test_a_run_that_was_damaged_does_not_go_on(
    name: str, content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    training = {"epochs": 1}
    settings = {"training": training, "data": "letters", "validation": 0.1}
    state = {"state": "stopped", "started": "2026-01-01T00:00:00+00:00"}
    (tmp_path / "settings.json").write_text(json.dumps(settings), "utf-8")
    (tmp_path / "run.json").write_text(json.dumps(state), "utf-8")
    (tmp_path / name).write_text(content, "utf-8")
    assert main(["resume", str(tmp_path), "--json"]) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)["event"] == "failed"
    assert f"is not a whole run: {name}" in err and "[Errno" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such pipe")
@pytest.mark.timeout(200)
def test_a_run_outlives_who_read_its_events(project: Path, tmp_path: Path) -> None:
    words = ["train", str(project), "--epochs", "2", "--json", "--log-steps", "--run", "on"]
    line = " ".join([sys.executable, "-m", "designer", *words, "--batch-size", "256"])
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        ["bash", "-c", f"{line} | head -1; exit ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0 and "Errno" not in result.stderr
    state = json.loads((tmp_path / "on" / "run.json").read_text("utf-8"))
    assert (state["state"], state["epochs_done"]) == ("finished", 2)
