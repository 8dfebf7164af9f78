"""Exports beside files that are there already, and weights that come from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from designer.app.exporting import InTheWay, export_script
from designer.cli import main
from designer.resources import resource
from designer.storage import template, to_text
from tests.engine.nets import reading, small_net, some_letters

OURS = resource("data", "letters.npz").read_bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a project on the letters in it."""
    text = to_text(template("assignment-4").design())
    (tmp_path / "net.convnet").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*words: str) -> int:
    return main(["export", "net.convnet", "-o", *words])


def test_the_same_files_may_be_there_already(folder: Path) -> None:
    assert export("model.py") == 0
    before = (folder / "model.py").read_bytes()
    assert export("model.py") == 0
    assert (folder / "model.py").read_bytes() == before
    assert (folder / "letters.npz").read_bytes() == OURS


@pytest.mark.parametrize("name", ["letters.npz", "model.py"])
def test_a_foreign_file_is_kept_unless_forced(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_text("mine", "utf-8")
    assert export("model.py") == 2
    errors = capsys.readouterr().err
    assert f"{name}: is there already, with other content" in errors and "--force" in errors
    assert (folder / name).read_text("utf-8") == "mine"
    assert not {"model.py", "letters.npz"} - {name} & {p.name for p in folder.iterdir()}
    assert export("model.py", "--force") == 0
    assert (folder / "letters.npz").read_bytes() == OURS
    assert "def main" in (folder / "model.py").read_text("utf-8")


def test_the_window_replaces_the_script_and_never_the_data(folder: Path) -> None:
    design = template("assignment-4").design()
    (folder / "model.py").write_text("old", "utf-8")
    export_script(design, folder / "model.py")
    assert "def main" in (folder / "model.py").read_text("utf-8")
    (folder / "letters.npz").write_text("mine", "utf-8")
    with pytest.raises(InTheWay, match=r"letters\.npz: is there already"):
        export_script(design, folder / "model.py")
    assert (folder / "letters.npz").read_text("utf-8") == "mine"


def test_data_that_lies_there_is_left_as_it_is(folder: Path) -> None:
    source = some_letters(folder / "some.npz")
    before = source.read_bytes()
    export_script(reading(small_net(), "some.npz"), folder / "model.py", folder)
    assert source.read_bytes() == before


def test_data_of_the_same_content_may_be_there_already(folder: Path) -> None:
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    design = reading(small_net(), some_letters(elsewhere / "some.npz"))
    export_script(design, folder / "model.py")
    before = (folder / "some.npz").read_bytes()
    export_script(design, folder / "model.py")
    assert (folder / "some.npz").read_bytes() == before
    np.savez(folder / "some.npz", x=np.zeros(3))
    with pytest.raises(InTheWay):
        export_script(design, folder / "model.py")


def test_weights_of_a_run_go_into_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = folder / "run-001"
    run.mkdir()
    (run / "weights.safetensors").write_bytes(b"best")
    assert export("a.safetensors", "--weights", "run-001") == 0
    assert export("b.safetensors", "--weights", "a.safetensors") == 0
    assert (folder / "b.safetensors").read_bytes() == b"best"
    (run / "weights.safetensors").write_bytes(b"better")
    assert export("a.safetensors", "--weights", "run-001") == 2
    assert "--force" in capsys.readouterr().err
    assert export("a.safetensors", "--weights", "run-001", "--force") == 0
    assert (folder / "a.safetensors").read_bytes() == b"better"


@pytest.mark.parametrize(
    ("name", "begins"), [("n.svg", b"<?xml"), ("n.pdf", b"%PDF"), ("n.png", b"\x89PNG")]
)
def test_a_picture_is_written_and_a_foreign_file_kept(
    folder: Path, name: str, begins: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(name) == 0
    assert (folder / name).read_bytes().startswith(begins)
    (folder / name).write_text("mine", "utf-8")
    assert export(name, "--theme", "dark") == 2
    assert "--force" in capsys.readouterr().err
    assert (folder / name).read_text("utf-8") == "mine"


def test_a_picture_needs_no_display_and_loads_no_torch(folder: Path) -> None:
    code = (
        "import sys; from designer.cli import main\n"
        "assert main(['export', 'net.convnet', '-o', 'net.svg']) == 0\n"
        "assert 'torch' not in sys.modules"
    )
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=True)
    assert ">conv1<" in (folder / "net.svg").read_text("utf-8")
