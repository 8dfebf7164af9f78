"""A new layer is one new file: the example of CONTRIBUTING.md, dropped into a copy."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the program, which holds one file more."""
    folder = tmp_path_factory.mktemp("copy")
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, folder / "designer", ignore=ignore)
    (folder / "resources").symlink_to(ROOT / "resources", target_is_directory=True)
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (folder / "designer" / "layers" / "hardtanh.py").write_text(example, "utf-8")
    return folder


def run(folder: Path, code: str) -> str:
    """Run Python text on the copy; give what it prints."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


DESIGN = """
import designer
from designer.core.graph import Edge, Graph, Node
from designer.core.design import Design
from designer.layers import CATALOGUE
Hardtanh = CATALOGUE["Hardtanh"]
nodes = [
    Node("image", CATALOGUE["Input"]()),
    Node("clip", Hardtanh(max_val=2.0)),
]
design = Design("New", Graph.of(nodes, [Edge("image", "clip")]))
"""


def test_the_file_on_disk_knows_it(copy: Path) -> None:
    code = (
        "designer.save(design, 'new.convnet')\n"
        "again = designer.load('new.convnet')\n"
        "assert again.nodes['clip'].layer == Hardtanh(max_val=2.0), again\n"
        "print(open('new.convnet', encoding='utf-8').read())"
    )
    assert '"max_val": 2.0' in run(copy, DESIGN + code)


def test_the_analysis_and_the_text_know_it(copy: Path) -> None:
    code = (
        "assert designer.analyze(design).facts['clip'].output == (1, 28, 28)\n"
        "print(designer.to_source(design))"
    )
    assert "nn.Hardtanh(" in run(copy, DESIGN + code)


def test_its_values_are_checked_on_loading(copy: Path) -> None:
    code = (
        "import pathlib\n"
        "from designer.storage import StorageError\n"
        "designer.save(design, 'bad.convnet')\n"
        "place = pathlib.Path('bad.convnet')\n"
        "text = place.read_text('utf-8')\n"
        "place.write_text(text.replace('2.0', '\"two\"'), 'utf-8')\n"
        "try:\n"
        "    designer.load('bad.convnet')\n"
        "except StorageError as error:\n"
        "    print(error)"
    )
    message = run(copy, DESIGN + code)
    assert "max_val" in message
    assert "bad.convnet" in message


def test_the_help_has_its_page(copy: Path) -> None:
    code = (
        "from designer.help.book import Book\n"
        "from designer.help.markdown import markdown\n"
        "page = Book().page('layer/Hardtanh')\n"
        "assert 'layer/Hardtanh' in [e.address for _, g in Book().entries() for e in g]\n"
        "print(markdown(page, lambda address: None))"
    )
    page = run(copy, code)
    assert "Passes what lies between two limits" in page
    assert "layer = nn.Hardtanh(min_val=-1.0, max_val=1.0)" in page


WINDOW = """
from PySide6.QtWidgets import QApplication, QListWidget
from designer.app.selection import Selection
from designer.app.session import Session
from designer.layers import families
from designer.ui.inspector.panel import InspectorPanel
from designer.ui.palette import PalettePanel
from designer.ui.theme.theme import Theme
application = QApplication([])
"""


def test_the_palette_offers_it_under_its_own_search_words(copy: Path) -> None:
    code = (
        "palette = PalettePanel(families(), Theme('dark'))\n"
        "listed = palette.findChild(QListWidget)\n"
        "names = lambda: [listed.item(i).text() for i in range(listed.count())\n"
        "                 if not listed.item(i).isHidden()]\n"
        "assert 'Hardtanh' in names(), names()\n"
        "palette.search.setText('clamp')\n"
        "print(*names())"
    )
    assert "Hardtanh" in run(copy, WINDOW + code).split()


def test_the_inspector_has_a_row_for_each_of_its_parameters(copy: Path) -> None:
    code = (
        "selection = Selection()\n"
        "panel = InspectorPanel(Session(design), selection)\n"
        "list(panel.build())\n"
        "selection.set({'clip'})\n"
        "print(*panel.nodes.form.fields)"
    )
    assert run(copy, DESIGN + WINDOW + code).split() == ["min_val", "max_val"]
