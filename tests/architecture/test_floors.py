"""The floors: who may import whom, and that a breach is noticed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, files, imports, name


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in ``folder`` under the project's contracts."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_every_package_imports_only_from_the_floors_below_it() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("core/planted.py", "import designer.layers", "only from the floors below"),
        ("rules/planted.py", "import designer.codegen", "only from the floors below"),
        ("storage/planted.py", "from PySide6 import QtCore", "nobody knows Qt"),
        ("ui/planted.py", "import torch", "torch lives in the engine"),
        ("app/planted.py", "import designer.engine", "never by import"),
        ("ui/canvas/planted.py", "import designer.ui.training", "canvas knows no panel"),
        ("ui/canvas/scene/planted.py", "import designer.ui.canvas.view", "knows nobody who paints"),
        ("planted/__init__.py", "", "only from the floors below"),
    ],
)
def test_a_planted_breach_is_seen(tmp_path: Path, module: str, line: str, contract: str) -> None:
    shutil.copytree(PACKAGE, tmp_path / "designer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "designer" / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{line}\n", encoding="utf-8")

    result = lint_imports(tmp_path)

    assert result.returncode != 0
    broken = [row for row in result.stdout.splitlines() if "BROKEN" in row]
    assert any(contract in row for row in broken), result.stdout


def test_the_app_has_no_widgets() -> None:
    widgets = ("PySide6.QtWidgets", "pyqtgraph")
    breaches = [
        f"{name(path)} imports {module}"
        for path in files("designer/app")
        for module in imports(path)
        if module.startswith(widgets)
    ]
    assert breaches == []


def test_the_training_script_imports_only_what_its_user_has() -> None:
    parts = files("resources/script")
    packages = {"torch", "numpy", "torchvision", "PIL"}
    allowed = {*sys.stdlib_module_names, *packages, *(path.stem for path in parts)}
    breaches = [
        f"{name(path)} imports {module}"
        for path in parts
        for module in imports(path)
        if module.split(".")[0] not in allowed
    ]
    assert parts
    assert breaches == []
