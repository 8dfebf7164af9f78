"""The command line as programs see it: real processes, exit codes, JSON, files."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from designer.app.recovery import folder as journals
from designer.app.settings import SettingsFile
from designer.cli import main
from designer.storage import template, to_text
from tests.end_to_end.command import COMMAND, ROOT, run, said


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "net.convnet"
    path.write_text(to_text(template("lenet-5").design()), encoding="utf-8")
    return path


@pytest.mark.timeout(300)
def test_from_a_template_to_a_script_that_trains_in_a_clean_process(tmp_path: Path) -> None:
    listed = json.loads(run("templates", "--json", cwd=tmp_path).stdout)["templates"]
    assert {"name", "title", "description", "group", "params", "macs"} == listed[0].keys()
    assert (listed[0]["name"], listed[0]["params"]) == ("assignment-4", 57_722)

    run("new", "lenet-5", "-o", "net.convnet", cwd=tmp_path)
    checked = json.loads(run("check", "net.convnet", "--json", cwd=tmp_path).stdout)
    assert checked == {"valid": True, "diagnostics": []}
    table = run("summary", "net.convnet", cwd=tmp_path).stdout
    assert "61,706 parameters" in table and "conv2" in table

    run("export", "net.convnet", "-o", "model.py", cwd=tmp_path)
    assert (tmp_path / "mnist-5k.npz").is_file()
    script = subprocess.run(
        [sys.executable, "-I", "model.py", "--epochs", "1", "--json", "--threads", "1",
         "--memory-format", "contiguous"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=200,
        check=False,
    )  # fmt: skip
    assert script.returncode == 0, script.stderr
    last = json.loads(script.stdout.splitlines()[-1])
    assert last["event"] == "finished" and last["test_accuracy"] > 0.6


@pytest.mark.timeout(300)
def test_train_prints_events_and_leaves_a_run_that_can_be_exported(
    project: Path, tmp_path: Path
) -> None:
    words = ("train", project, "--epochs", 1, "--batch-size", 128, "--lr", 0.004, "--seed", 3)
    result = run(*words, "--run", "first", "--json", "--log-steps", cwd=tmp_path)
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert [e["event"] for e in events[-2:]] == ["epoch", "finished"]
    assert {"epoch", "train_loss", "val_loss", "val_accuracy"} <= events[-2].keys()
    assert events[0]["event"] == "step" and len(events) == 3600 // 128 + 1 + 2
    assert events[-1]["test_accuracy"] > 0.5 and events[-1]["run"] == "first"
    settings = json.loads((tmp_path / "first" / "settings.json").read_text("utf-8"))
    assert settings["training"]["batch_size"] == 128 and settings["training"]["seed"] == 3

    run("export", "first", "-o", "again.py", cwd=tmp_path)
    measured = subprocess.run(
        [
            sys.executable,
            "-I",
            "again.py",
            "--evaluate",
            "--weights",
            "again.safetensors",
            "--json",
        ],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert measured.returncode == 0, measured.stderr
    assert json.loads(measured.stdout)["test_accuracy"] == events[-1]["test_accuracy"]

    assert "is finished" in said(run("resume", "first", cwd=tmp_path, code=2))
    assert "not empty" in said(run("train", project, "--run", "first", cwd=tmp_path, code=2))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.timeout(200)
def test_ctrl_c_keeps_the_run_and_resume_goes_on(project: Path, tmp_path: Path) -> None:
    words = ["train", str(project), "--epochs", "100000", "--run", "long", "--json"]
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with process:
        assert process.stdout is not None
        process.stdout.readline()  # an epoch is done
        process.send_signal(signal.SIGINT)
        begun = time.monotonic()
        rest, errors = process.communicate(timeout=60)
    assert time.monotonic() - begun < 20
    assert process.returncode == 3, errors
    last = json.loads(rest.splitlines()[-1])
    assert last["event"] == "failed" and "resume long" in last["message"]
    state = json.loads((tmp_path / "long" / "run.json").read_text("utf-8"))
    assert state["state"] == "stopped" and state["epochs_done"] >= 1
    assert "Traceback" not in errors


BAD: dict[str, tuple[tuple[object, ...], str]] = {
    "no such file": (("check", "missing.convnet"), "No such file"),
    "a folder": (("summary", "."), "directory|folder"),
    "not a project": (("check", "other.json"), "not a project"),
    "no command": (("chekc",), "is the command check meant"),
    "no command with a file": (("chekc", "x.convnet"), "is the command check meant"),
    "no argument": (("check",), "required: FILE"),
    "not there yet": (("evaluate", "run-001"), "does not have the command evaluate yet"),
    "unknown option": (("check", "net.convnet", "--fxi"), "--fxi"),
    "depth": (("summary", "net.convnet", "--depth", "0"), "at least 1"),
    "depth text": (("summary", "net.convnet", "--depth", "x"), "must be a whole number"),
    "memory": (("summary", "net.convnet", "--memory", "much"), "such as 8GB"),
    "template": (("new", "lenet5", "-o", "x.convnet"), "is lenet-5 meant"),
    "there already": (("new", "lenet-5", "-o", "net.convnet"), "is there already"),
    "no folder": (("new", "lenet-5", "-o", "no/where.convnet"), "there is no folder no"),
    "over a folder": (("new", "lenet-5", "-o", "."), "folder"),
    "ending": (("export", "net.convnet", "-o", "x.onnx"), "writes .py, .safetensors"),
    "no ending": (("export", "net.convnet", "-o", "x"), "without an ending"),
    "no weights": (("export", "net.convnet", "-o", "x.safetensors"), "has no weights"),
    "weights of a script": (
        ("export", "net.convnet", "-o", "x.py", "--weights", "a.safetensors"),
        "--weights is for",
    ),
    "weights of nothing": (
        ("export", "net.convnet", "-o", "x.safetensors", "--weights", "no.safetensors"),
        "No such file",
    ),
    "weights of a text": (
        ("export", "net.convnet", "-o", "x.safetensors", "--weights", "other.json"),
        "neither a run",
    ),
    "hides torch": (("export", "net.convnet", "-o", "torch.py"), "hide the module torch"),
    "hides json": (("export", "net.convnet", "-o", "json.py"), "hide the module json"),
    "folder of a script": (
        ("export", "net.convnet", "-o", "nodir/x.py"),
        "nodir/x.py: cannot be written: there is no folder nodir",
    ),
    "no run": (("export", ".", "-o", "x.py"), "not that of a run"),
    "epochs": (("train", "net.convnet", "--epochs", "0"), "at least 1"),
    "rate": (("train", "net.convnet", "--lr", "nan"), "more than 0"),
    "seed": (("train", "net.convnet", "--seed", "-1"), "seed must be at least 0"),
    "processes": (("train", "net.convnet", "--nproc", "0"), "must be at least 1"),
    "epochs text": (("train", "net.convnet", "--epochs", "x"), "must be a whole number"),
    "rate text": (("train", "net.convnet", "--lr", "x"), "must be a number"),
    "device": (("train", "net.convnet", "--device", "tpu"), "received 'tpu'"),
    "run": (("train", "net.convnet", "--run", ""), "--run must name a folder"),
    "run in a file": (("train", "net.convnet", "--run", "other.json/new"), "Not a directory"),
    "data": (("train", "net.convnet", "--data", "nowhere", "--run", "new"), "nowhere"),
    "data text": (("train", "net.convnet", "--data", "bad.npz"), "bad.npz"),
    "no GPU": (("train", "net.convnet", "--device", "cuda:999"), "no device cuda:999"),
    "resume": (("resume", "."), "not the folder of a run"),
    "odd name": (("check", "\u202e\n\x1b[31m.convnet"), "No such file"),
    "long name": (("check", "x" * 4000), "too long"),
    "long option": (("check", "net.convnet", "--" + "x" * 5000), "see convnet-designer check"),
    "long command": (("x" * 5000,), "no such file or command"),
    "long choice": (("new", "x" * 5000, "-o", "y.convnet"), "there is no template"),
    "long run": (("resume", "x" * 5000), "not the folder of a run"),
    "long export": (("export", "net.convnet", "-o", "x" * 5000 + ".py"), "too long"),
    "long data": (("train", "net.convnet", "--data", "x" * 5000), "too long"),
    "long folder": (("train", "net.convnet", "--run", "x" * 5000), "too long"),
    "display": (("demo",), "no display"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_with_a_sentence(
    name: str,
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "other.json").write_text("{}", "utf-8")
    (tmp_path / "bad.npz").write_text("no archive", "utf-8")
    monkeypatch.chdir(tmp_path)
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    before = project.read_bytes()
    words, reason = [*map(str, BAD[name][0])], BAD[name][1]

    assert main(words) == 2
    out, err = capsys.readouterr()
    first = next(line for line in err.splitlines() if not line.endswith((" …", " ...")))
    assert "[Errno" not in err
    assert (
        out == "" and len(first.removeprefix("convnet-designer: ")) <= 500 and first.isprintable()
    )
    assert any(part in first for part in reason.split("|")), err
    assert project.read_bytes() == before

    assert main([*words, "--json"]) == 2
    out = capsys.readouterr().out
    if words[0] in ("train", "resume"):
        (line,) = out.splitlines()
        assert json.loads(line).keys() == {"event", "message"}
        assert not (tmp_path / "net-runs").exists() and not (tmp_path / "new").exists()
    else:
        assert json.loads(out)["error"]


@pytest.mark.parametrize("name", ["no such file", "no argument", "odd name"])
def test_bad_input_in_a_process_of_its_own(name: str, tmp_path: Path) -> None:
    words, reason = BAD[name]
    result = run(*words, cwd=tmp_path, code=2)
    assert result.stdout == ""
    assert reason in said(result)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such devices")
def test_a_reader_that_leaves_and_a_full_disk(project: Path, tmp_path: Path) -> None:
    line = " ".join([*COMMAND, "summary", str(project)])
    environment: dict[str, Any] = {**os.environ, "PYTHONPATH": str(ROOT)}

    def shell(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    left = shell(f"{line} | head -1; exit ${{PIPESTATUS[0]}}")
    assert (left.returncode, left.stderr) == (0, "")
    full = shell(f"{line} > /dev/full")
    assert full.returncode == 2 and "No space left" in full.stderr
    assert "Traceback" not in full.stderr and "Exception" not in full.stderr
    closed = shell(f"{line} >&-")
    assert (closed.returncode, closed.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_terminals_without_unicode(project: Path, tmp_path: Path, encoding: str) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    result = run("summary", project, cwd=tmp_path, PYTHONIOENCODING=encoding, **plain)
    assert ("6 × 28 × 28" if encoding == "utf-8" else "6 x 28 x 28") in result.stdout
    rows = json.loads(
        run("summary", project, "--json", cwd=tmp_path, PYTHONIOENCODING=encoding).stdout
    )
    assert rows["name"] == "LeNet-5"
    run("--help", cwd=tmp_path, PYTHONIOENCODING=encoding, **plain)


def test_json_may_stand_before_the_command(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--json", "check", str(project)]) == 0
    assert json.loads(capsys.readouterr().out)["valid"] is True


def test_help_and_version(tmp_path: Path) -> None:
    text = run("--help", cwd=tmp_path).stdout
    for word in ("demo", "templates", "new", "check", "summary", "export", "train", "selfcheck"):
        assert f"  {word} " in text
        assert "exit codes" in run(word, "--help", cwd=tmp_path).stdout
    assert run("--version", cwd=tmp_path).stdout.startswith("convnet-designer ")


@pytest.mark.timeout(200)
def test_selfcheck_says_what_works(tmp_path: Path) -> None:
    document = json.loads(run("selfcheck", "--json", cwd=tmp_path).stdout)
    assert document["works"] is True
    works = {finding["name"]: finding["works"] for finding in document["findings"]}
    assert works["torch"] and works["Qt"] and works["data"]
    assert all(f["works"] or f["remedy"] for f in document["findings"])
    assert works["ONNX"] is (importlib.util.find_spec("onnx") is not None)
    places = {finding["name"]: finding["detail"] for finding in document["findings"]}
    assert places["settings"] == str(SettingsFile().path)
    assert places["journals"] == str(journals())


def test_nothing_of_qt_or_torch_is_imported_for_a_check(project: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from designer.cli import main; code = main(['check', 'net.convnet'])\n"
        "assert not {'torch', 'PySide6'} & set(sys.modules), 'too much'\n"
        "sys.exit(code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
