"""The folder of a run that the command line makes, and takes away where no run came of it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from designer.cli.command import Unusable
from designer.storage import runs
from designer.storage.error import shown
from designer.storage.metrics import has_metrics
from designer.storage.run_lock import is_held


@contextmanager
def run_folder(file: str, wanted: str | None) -> Iterator[Path]:
    """Give an empty folder for a run of this project.

    Where no step was taken, what was made here is taken away again afterwards, so that the same
    command can be given once more. Raises Unusable where there can be no such folder.
    """
    made: list[Path] = []
    try:
        folder = _folder(file, wanted, made)
    except (OSError, ValueError) as error:
        _remove(made)
        reason = getattr(error, "strerror", None) or error
        place = "" if wanted is None else f" in {shown(wanted)}"
        raise Unusable(f"no folder can be made for the run{place}: {reason}") from None
    try:
        yield folder
    finally:
        if not _has_begun(folder):
            _empty(folder)
            _remove(made)


def _folder(file: str, wanted: str | None, made: list[Path]) -> Path:
    """Find or make the folder; what is made is noted, the innermost last."""
    if wanted is None:
        base = runs.runs_folder(Path(file))
        _make(base, made)
        folder = runs.new_run(base)
        made.append(folder)
        return folder
    if not wanted.strip():
        raise Unusable("--run must name a folder")
    folder = Path(wanted)
    _make(folder, made)
    if any(folder.iterdir()):
        raise Unusable(f"{shown(wanted)} is not empty: name another folder for the run")
    return folder


def _make(folder: Path, made: list[Path]) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        made.append(path)
    if not folder.is_dir():
        raise NotADirectoryError(0, "it is a file")


def _has_begun(folder: Path) -> bool:
    """Whether there is something to keep or to go on with, or another process that uses it."""
    run = runs.read_run(folder)
    ended_well = run is not None and run.state.state in ("running", "finished", "stopped")
    return ended_well or is_held(folder) or has_metrics(folder)


def _empty(folder: Path) -> None:
    """Remove what the run that never began has written; the folder was empty before."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _remove(made: list[Path]) -> None:
    with contextlib.suppress(OSError):  # one that holds something else stays
        for path in reversed(made):
            path.rmdir()
