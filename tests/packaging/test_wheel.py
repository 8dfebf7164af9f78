"""The wheel: built, installed without its dependencies, and used from elsewhere."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this clone, built by hatchling without a network."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run([*command, "-d", str(folder)], cwd=ROOT, check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean folder, outside the clone, that holds the installed wheel."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    offline = ["--no-index", "--disable-pip-version-check", "--target", str(folder)]
    subprocess.run([*command, *offline, str(wheel)], check=True)
    return folder


def run(code: str, *path: Path) -> str:
    """Run Python text in a process whose first ``sys.path`` entries are ``path``."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=path[0].parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, path))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_it_carries_the_package_and_the_resources_and_no_junk(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for expected in (
        "designer/py.typed",
        "designer/core/design.py",
        "designer/_resources/templates/assignment-4.convnet",
    ):
        assert expected in names
    tops = {name.split("/")[0] for name in names}
    assert tops == {"designer", "convnet_designer-0.1.0.dist-info"}
    junk = ("__pycache__", ".pyc", "/make_", "/zoo/")
    assert [name for name in names if any(part in name for part in junk)] == []


def test_an_installed_wheel_opens_a_template(installed: Path) -> None:
    code = (
        "import designer\n"
        "from designer.resources import resource\n"
        "place = resource('templates', 'assignment-4.convnet')\n"
        "design = designer.load(place)\n"
        "analysis = designer.analyze(design)\n"
        "print(designer.__file__, place, analysis.totals.parameters, sep='\\n')"
    )
    module, template, parameters = run(code, installed).splitlines()
    assert module.startswith(str(installed))
    assert template.startswith(str(installed / "designer" / "_resources"))
    assert parameters == "57722"


def test_resources_are_found_inside_a_zip_too(wheel: Path) -> None:
    code = (
        "from designer.resources import resource\n"
        "print(resource('templates', 'assignment-4.convnet').read_text()[:1])"
    )
    assert run(code, wheel) == "{"


def test_the_command_is_an_entry_point(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    entries = archive.read("convnet_designer-0.1.0.dist-info/entry_points.txt").decode()
    assert "convnet-designer = designer.cli:main" in entries
