"""`import` as a user types it: a project, its weights, and refusals that write nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from safetensors.numpy import load_file

import designer
from designer.cli.door import main
from designer.codegen import render_script
from designer.engine.script import from_text
from tests.end_to_end.command import run, said
from tests.engine.importing.models import NET, write_onnx


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.py").write_text(f"print('noise on standard output')\n{NET}")
    return tmp_path


def test_a_module_of_the_user_becomes_a_project_with_weights_that_the_script_reads(
    folder: Path,
) -> None:
    words = ("import", "mine:Net", "-o", "net.convnet", "--image", "1,12,12", "--json")
    told = json.loads(run(*words, cwd=folder).stdout)
    assert told["largest_difference"] == 0
    assert told["weights"] == "net.safetensors"
    design = designer.load(folder / "net.convnet")
    assert designer.analyze(design).totals.parameters == told["params"] == 2925
    assert all(node.position is not None for node in design.nodes.values())
    weights = load_file(folder / "net.safetensors")
    assert {name: array.shape for name, array in weights.items()} == {
        "conv.weight": (4, 1, 3, 3),
        "conv.bias": (4,),
        "fc.weight": (5, 576),
        "fc.bias": (5,),
    }
    script = from_text(render_script(design), "the exported script")
    state, classes = script.read_weights(folder / "net.safetensors")
    script.load_into(script.build_model(), state)
    assert classes == ()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("net.pth", "must be torchvision:NAME, a file *.onnx or package.module:callable"),
        ("resnet18", "must be torchvision:NAME, a file *.onnx or package.module:callable"),
        ("none.onnx", "there is no file none.onnx"),
    ],
)
def test_what_is_no_source_is_refused_and_nothing_written(
    folder: Path, source: str, words: str
) -> None:
    result = run("import", source, "-o", "net.convnet", "--json", cwd=folder, code=2)
    assert words in said(result)
    assert words in json.loads(result.stdout)["error"]
    assert {path.name for path in folder.iterdir()} == {"mine.py"}


def test_files_that_are_there_are_kept(folder: Path) -> None:
    (folder / "net.safetensors").write_text("precious")
    result = run("import", "mine:Net", "-o", "net.convnet", cwd=folder, code=2)
    assert "net.safetensors is there already" in said(result)
    result = run("import", "mine:Net", "-o", "a.convnet", "--image", "x", cwd=folder, code=2)
    assert "must be channels, height and width" in said(result)
    result = run("import", "mine:Net", "-o", "none/a.convnet", cwd=folder, code=2)
    assert "there is no folder none" in said(result)


def test_no_file_falls_upon_another(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "sub").mkdir()
    (folder / "weights.safetensors").mkdir()
    write_onnx(folder / "net.onnx")
    (folder / "two.convnet").symlink_to(folder / "two.safetensors")
    before = sorted(folder.rglob("*"))
    for output, words in (
        ("net.safetensors", "is the name of weights"),
        ("NET.SafeTensors", "is the name of weights"),
        ("sub", "is a folder"),
        (".", "is a folder"),
        ("weights.convnet", "is a folder, and the weights go there"),
        ("net.onnx", "is what is imported"),
        ("two.convnet", "are one file"),
    ):
        arguments = ("import", str(folder / "net.onnx"), "-o", str(folder / output), "--force")
        assert main(arguments) == 2
        assert words in capsys.readouterr().err
    assert main(("import", str(folder / "net.onnx"), "-o", ".")) == 2
    assert sorted(folder.rglob("*")) == before


@pytest.mark.nightly
def test_code_that_takes_the_process_with_it_is_told(folder: Path) -> None:
    (folder / "gone.py").write_text("import os\nos._exit(7)\n")
    result = run("import", "gone:Net", "-o", "net.convnet", cwd=folder, code=2)
    assert "ended by itself (code 7)" in said(result)
