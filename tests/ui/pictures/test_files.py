"""Picture files: text stays text, fonts are in them, and other programs show them."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage, QRawFont
from PySide6.QtWidgets import QApplication

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.resources import resource
from designer.rules import RULES
from designer.storage import template
from designer.ui.pictures.wanted import DRAWN, Drawn, Wanted, part_of, sheet_of
from designer.ui.sheet import bytes_of, image_of
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.tokens import DARK, LIGHT
from tests.ui.canvas.nets import small

SIGNS = "→×⌈⌉⌊⌋²₁…·−≤≥½“”↵?@/|"
"""What the program writes on nodes, in comments and in the sentences of faults."""
WHOLE = Wanted()
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    load_fonts()
    return qapp


def content(design: Design, ending: str, wanted: Wanted = WHOLE) -> bytes:
    return bytes_of(sheet_of(design, analyze(design, RULES), LIGHT, wanted), ending)


def words_of(svg: bytes) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def named(name: str) -> Design:
    """A net whose first convolution is called that."""
    design = small()
    nodes = [replace(n, label=name) if n.id == "conv1" else n for n in design.nodes.values()]
    return design.with_nodes(nodes)


@pytest.mark.parametrize("drawn", DRAWN)
def test_an_svg_holds_its_words_as_they_were_typed(drawn: Drawn) -> None:
    found = words_of(content(named("branch1x1"), ".svg", Wanted(drawn)))
    assert "branch1x1" in found
    assert any(shape in found for shape in ("16 × 14 × 14", "16×14×14", "16@14×14"))


def test_an_svg_brings_the_fonts_that_its_words_need() -> None:
    text = content(small(), ".svg").decode()
    fonts = re.findall(r"base64,([^)]*)\)", text)
    assert len(fonts) == 2
    assert all(base64.b64decode(font).startswith(b"wOF2") for font in fonts)
    assert len(text) < 200_000
    greek = content(named("γ-correction"), ".svg").decode()
    assert len(re.findall(r"base64,", greek)) == 3


def test_the_programs_own_signs_are_in_its_fonts() -> None:
    files = ("Inter-Regular.otf", "JetBrainsMono-Regular.ttf")
    fonts = []
    for file in files:
        font = QRawFont()
        font.loadFromData(resource("fonts", file).read_bytes(), 12.0, font.hintingPreference())
        fonts.append(font)
    missing = [sign for sign in SIGNS if not any(f.supportsCharacter(ord(sign)) for f in fonts)]
    assert not missing


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_pdf_knows_every_sign_of_its_words(drawn: Drawn) -> None:
    """The maps from drawn signs to letters, which searching and copying go by."""
    known = "".join(letters(content(template("lenet-5").design(), ".pdf", Wanted(drawn))))
    assert set("conv1680×") <= set(known)


def letters(pdf: bytes) -> list[str]:
    """What the fonts of a PDF say that their signs mean."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        if b"beginbfrange" in text or b"beginbfchar" in text:
            for code in re.findall(rb"> *<([0-9A-Fa-f]{4})>", text):
                found.append(chr(int(code, 16)))
            for row in re.findall(rb"\[([^\]]*)\]", text):
                found += [chr(int(code, 16)) for code in re.findall(rb"<([0-9A-Fa-f]{4})>", row)]
    return found


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("drawn", DRAWN)
def test_another_program_reads_the_text_of_a_pdf(tmp_path: Path, drawn: Drawn) -> None:
    path = tmp_path / "net.pdf"
    path.write_bytes(content(template("lenet-5").design(), ".pdf", Wanted(drawn)))
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    shape = {"canvas": "6 × 28 × 28", "maps": "6 × 28 × 28", "pyramid": "6×28×28"}
    assert shape.get(drawn, "6@28×28") in text
    assert "conv1" in text and "fc3" in text
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert {row[0].split("+")[-1] for row in rows} <= {"Inter-Regular", "Inter-SemiBold"}
    assert all(row[-5] == "yes" for row in rows), fonts  # embedded


@pytest.mark.skipif(shutil.which("rsvg-convert") is None, reason="librsvg is not installed")
@pytest.mark.parametrize("drawn", DRAWN)
def test_another_program_shows_an_svg_as_ours_is(tmp_path: Path, drawn: Drawn) -> None:
    design = template("lenet-5").design()
    sheet = sheet_of(design, analyze(design, RULES), DARK, Wanted(drawn))
    ours = image_of(sheet, 1.0)
    path = tmp_path / "net.svg"
    path.write_bytes(bytes_of(sheet, ".svg"))
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{resource('fonts')}</dir><cachedir>{tmp_path}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    subprocess.run(
        ["rsvg-convert", "-w", f"{ours.width()}", path, "-o", tmp_path / "net.png"],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        check=True,
    )
    theirs = QImage(str(tmp_path / "net.png"))
    assert abs(theirs.height() - ours.height()) <= 1
    step, far, seen = 4, 0, 0
    for y in range(0, min(theirs.height(), ours.height()), step):
        for x in range(0, ours.width(), step):
            a, b = ours.pixelColor(x, y), theirs.pixelColor(x, y)
            away = max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue()))
            far, seen = far + (away > 60), seen + 1
    assert far < 0.02 * seen


def test_a_part_has_its_own_wires_its_places_and_the_shapes_of_the_whole() -> None:
    design = template("inception-small").design()
    analysis = analyze(design, RULES)
    part = part_of(design, analysis, {"pool1", "conv1x1", "reduce3x3"})
    assert set(part.nodes) == {"pool1", "conv1x1", "reduce3x3"}
    assert {(e.source, e.target) for e in part.edges} == {
        ("pool1", "conv1x1"),
        ("pool1", "reduce3x3"),
    }
    wanted = Wanted(nodes=frozenset(part.nodes))
    words = words_of(bytes_of(sheet_of(design, analysis, LIGHT, wanted), ".svg"))
    assert "32 × 14 × 14" in words and "conv1" not in words


@pytest.mark.parametrize("drawn", DRAWN)
def test_shapes_and_ground_can_be_left_out(drawn: Drawn) -> None:
    wanted = Wanted(drawn, has_shapes=False, has_ground=False)
    svg = content(small(), ".svg", wanted)
    assert not any("14" in text for text in words_of(svg))
    assert "conv1" in words_of(svg)
    design = small()
    image = image_of(sheet_of(design, analyze(design), DARK, wanted))
    assert image.pixelColor(1, 1).alpha() == 0
    filled = image_of(sheet_of(design, analyze(design), DARK, Wanted(drawn)))
    assert filled.pixelColor(1, 1).name() == DARK.canvas
