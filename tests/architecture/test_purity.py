"""What an import brings along, and above all what it does not."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

QT = ("PySide6", "shiboken6", "pyqtgraph")
TORCH = ("torch", "torchvision", "onnx", "onnxruntime")


def loaded_by(statement: str) -> set[str]:
    """The top-level names in ``sys.modules`` of a new process after ``statement``."""
    code = f"{statement}\nimport sys\nprint(*{{m.split('.')[0] for m in sys.modules}})"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(result.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "designer",
        "designer.core",
        "designer.layers",
        "designer.rules",
        "designer.codegen",
        "designer.storage",
        "designer.data",
        "designer.protocol",
        "designer.cli",
    ],
)
def test_importing_it_loads_neither_qt_nor_torch(module: str) -> None:
    assert loaded_by(f"import {module}").isdisjoint((*QT, *TORCH))


@pytest.mark.parametrize("module", ["designer.app", "designer.ui"])
def test_importing_the_window_leaves_torch_out(module: str) -> None:
    everything_in_it = (
        "import importlib, pkgutil\n"
        f"package = importlib.import_module({module!r})\n"
        "path, prefix = package.__path__, package.__name__ + '.'\n"
        "for found in pkgutil.walk_packages(path, prefix):\n"
        "    importlib.import_module(found.name)"
    )
    assert loaded_by(everything_in_it).isdisjoint(TORCH)


def test_loading_checking_and_printing_a_design_needs_neither_qt_nor_torch() -> None:
    statement = (
        "import designer\n"
        "from designer.resources import resource\n"
        "design = designer.load(resource('templates', 'lenet-5.convnet'))\n"
        "assert designer.analyze(design).is_valid\n"
        "assert designer.to_source(design)"
    )
    assert loaded_by(statement).isdisjoint((*QT, *TORCH))
