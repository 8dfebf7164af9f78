"""The commands that open the window."""

from __future__ import annotations

import argparse
import gc
import importlib.util
import os
import sys
from pathlib import Path

from designer.cli.command import Command, Unusable
from designer.cli.terminal import Terminal


def open_file(file: str | None, terminal: Terminal) -> int:
    """Open the window on a project, or on an empty canvas."""
    return _open(None if file is None else Path(file))


def _demo(options: argparse.Namespace, terminal: Terminal) -> int:
    return _open(template_name="assignment-4")


def _open(path: Path | None = None, template_name: str | None = None) -> int:
    _require_display()
    gc.disable()  # importing makes no garbage; on again when the window is complete
    from designer.ui import start

    return start.run(path, template_name)


def _require_display() -> None:
    """Refuse in words what Qt would abort at."""
    if importlib.util.find_spec("PySide6") is None:
        raise Unusable("the window needs PySide6-Essentials, which is not installed")
    if missing := missing_display():
        raise Unusable(
            f"there is no display to open a window on ({missing}); check, summary, export and "
            "train work without one"
        )


def missing_display() -> str | None:
    """Say what keeps a window from being shown, or None where nothing does."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    return "neither DISPLAY nor WAYLAND_DISPLAY is set"


DEMO = Command("demo", "open the window on assignment 4 with its data, ready to train", _demo)
