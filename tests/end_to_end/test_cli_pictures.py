"""Pictures from the command line: what they show can be said, and is refused in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from designer.cli import main
from designer.storage import template, to_text
from designer.ui.theme.tokens import DARK, LIGHT


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a project in it."""
    text = to_text(template("lenet-5").design())
    (tmp_path / "net.convnet").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def export(*words: str) -> int:
    return main(["export", "net.convnet", "-o", *words])


def test_a_picture_of_some_nodes_without_shapes(folder: Path) -> None:
    words = ("--only", "conv1, tanh1", "--no-shapes", "--drawn", "maps", "--theme", "dark")
    assert export("net.svg", *words) == 0
    text = (folder / "net.svg").read_text("utf-8")
    assert ">conv1<" in text and ">pool1<" not in text and "28 × 28" not in text
    assert DARK.canvas in text


def test_a_png_of_any_size_that_lets_the_page_through(folder: Path) -> None:
    assert export("one.png", "--scale", "1") == 0
    assert export("two.png", "--scale", "2.5", "--transparent") == 0
    one, two = QImage("one.png"), QImage("two.png")
    assert abs(two.width() - 2.5 * one.width()) <= 1
    assert one.pixelColor(0, 0).name() == LIGHT.canvas
    assert two.pixelColor(0, 0).alpha() == 0


@pytest.mark.parametrize("drawn", ["canvas", "blocks"])
def test_a_picture_is_as_wide_in_print_as_is_said(folder: Path, drawn: str) -> None:
    words = ("--drawn", drawn, "--width", "8.5")
    assert export("net.svg", *words) == 0
    assert 'width="85.0000mm"' in (folder / "net.svg").read_text("utf-8")
    assert export("net.pdf", *words) == 0
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+)", (folder / "net.pdf").read_bytes())
    assert box is not None and abs(float(box[1]) - 8.5 / 2.54 * 72) <= 1.0
    assert export("net.png", *words) == 0
    image = QImage("net.png")
    assert abs(image.width() - 8.5 / 2.54 * 300) <= 1
    assert abs(image.dotsPerMeterX() * 0.0254 - 300) < 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("net.svg", "--only", "conv9"), "'conv9' is no node of this design; did you mean conv"),
        (("net.svg", "--only", ","), "--only wants the names of nodes"),
        (("net.svg", "--scale", "2"), "--scale is for *.png"),
        (("net.png", "--scale", "2", "--width", "8"), "--scale and --width both say how large"),
        (("net.svg", "--width", "1"), "'1' is no number from 2 to 200"),
        (("net.png", "--scale", "1000"), "'1000' is no number from 0.1 to 16"),
        (("net.png", "--scale", "nan"), "'nan' is no number from 0.1 to 16"),
        (("net.py", "--drawn", "blocks"), "--drawn is for pictures: *.svg, *.pdf and *.png"),
        (("net.py", "--no-shapes"), "--no-shapes is for pictures"),
        (("net.safetensors", "--only", "conv1"), "--only is for pictures"),
    ],
)
def test_what_makes_no_sense_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    try:
        assert export(*words) == 2
    except SystemExit as left:
        assert left.code == 2
    assert says in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["net.convnet"]
