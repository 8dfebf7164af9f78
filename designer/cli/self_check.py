"""The command that says what works on this machine, and the remedy for what does not."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import platformdirs

from designer.cli.command import Command, Exit
from designer.cli.terminal import Terminal, plain
from designer.cli.window import missing_display
from designer.core.lean import lean_dataclass

TIMEOUT = 120
"""Seconds for one question; importing torch from a slow disk takes long."""


@lean_dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; without an essential one the program is of no use."""

    name: str
    works: bool
    detail: str
    remedy: str = ""
    essential: bool = False


@lean_dataclass(frozen=True, slots=True)
class Question:
    """A piece of Python that prints what is found, asked in a process of its own.

    A library that is broken can end the process that imports it; it shall not be this one.
    """

    name: str
    code: str
    remedy: str
    essential: bool = False


QUESTIONS = (
    Question(
        "Qt",
        "import os; os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')\n"
        "import PySide6; from PySide6.QtWidgets import QApplication\n"
        "QApplication([]); print('PySide6', PySide6.__version__)",
        "python -m pip install 'PySide6-Essentials>=6.8.3,!=6.9.1,<6.12'; on Debian or Ubuntu "
        "also: sudo apt install libegl1 libxkbcommon0 libdbus-1-3",
        essential=True,
    ),
    Question(
        "torch",
        "import torch; print('torch', torch.__version__)",
        "python -m pip install 'torch>=2.10'",
        essential=True,
    ),
    Question(
        "devices",
        "from designer.engine.devices import devices\n"
        "print(', '.join(f'{d.name} ({d.title})' for d in devices()))",
        "see https://pytorch.org for a build of torch that knows your GPU",
    ),
    Question(
        "torchvision",
        "import torchvision; print('torchvision', torchvision.__version__)",
        "python -m pip install 'torchvision>=0.25': needed only for its nets, and for some data "
        "sets of scripts",
    ),
    Question(
        "ONNX",
        "import onnx; print('onnx', onnx.__version__, '(imports *.onnx; no export yet)')",
        "python -m pip install 'onnx>=1.21': needed only to import *.onnx",
    ),
)


def _ask(question: Question) -> Finding:
    try:
        answer = subprocess.run(
            [sys.executable, "-c", question.code],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(question.name, False, str(error), question.remedy, question.essential)
    if answer.returncode == 0:
        return Finding(question.name, True, answer.stdout.strip(), "", question.essential)
    lines = answer.stderr.strip().splitlines() or [f"ended with {answer.returncode}"]
    return Finding(question.name, False, lines[-1], question.remedy, question.essential)


def _look() -> list[Finding]:
    found = [_python(), *map(_ask, QUESTIONS), _display(), _data(), _temporary_space()]
    return [*found, *_places()]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", True, version, essential=True)


def _places() -> list[Finding]:
    """Where things of the user lie; nothing of Qt is asked, which may be what is missing."""
    from designer.app.settings import APP
    from designer.data import data_folder
    from designer.storage import runs

    places: dict[str, Path] = {
        "settings": Path(platformdirs.user_config_dir(APP)) / "settings.json",
        "journals": Path(platformdirs.user_state_dir(APP)) / "recovery",
        "downloads": data_folder(),
        "untitled runs": runs.runs_folder(None),
    }
    return [Finding(name, True, str(place)) for name, place in places.items()]


def _display() -> Finding:
    missing = missing_display()
    detail = missing or os.environ.get("QT_QPA_PLATFORM") or "there is one"
    remedy = "open the window from a desktop; all other commands work without it"
    return Finding("display", missing is None, detail, "" if missing is None else remedy)


def _data() -> Finding:
    from designer import data

    try:
        sets = [data.describe(name) for name in ("letters", "mnist-5k")]
    except (data.DataError, OSError) as error:
        remedy = "install convnet-designer again"
        return Finding("data", False, str(error), remedy, essential=True)
    detail = ", ".join(f"{s.name} ({s.train + s.validation + s.test:,} images)" for s in sets)
    return Finding("data", True, detail, essential=True)


def _temporary_space() -> Finding:
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
    except OSError as error:
        remedy = "set TMPDIR to a folder that can be written"
        return Finding("temporary files", False, str(error), remedy)
    return Finding("temporary files", True, tempfile.gettempdir())


def _self_check(options: argparse.Namespace, terminal: Terminal) -> int:
    findings = _look()
    works = all(finding.works for finding in findings if finding.essential)
    terminal.document({"works": works, "findings": [asdict(finding) for finding in findings]})
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        mark = "works  " if finding.works else "MISSING" if finding.essential else "without"
        terminal.print(f"{finding.name:<{width}}  {mark}  {plain(finding.detail)}")
        if finding.remedy:
            terminal.print(f"{'':<{width}}           {finding.remedy}")
    return Exit.DONE if works else Exit.UNUSABLE


SELF_CHECK = Command(
    "selfcheck", "say what works here, and the remedy for what does not", _self_check
)
