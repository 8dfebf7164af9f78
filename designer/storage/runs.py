"""Run folders: where they lie, and what state they are in."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import platformdirs

from designer.core.atomic import replace_file
from designer.core.change import diff
from designer.core.decode import DecodeError, decode, encode
from designer.core.design import Design
from designer.core.json_text import parse
from designer.core.lean import lean_dataclass
from designer.core.training import TrainingSettings
from designer.storage.error import StorageError
from designer.storage.project import load
from designer.storage.run_lock import is_held
from designer.storage.writing import write_text

State = Literal["running", "finished", "stopped", "failed", "interrupted"]
"""`interrupted` is never written: it is a run that says `running` while nobody runs it."""

DESIGN, MODEL = "design.convnet", "model.py"
SETTINGS, STATE, ENVIRONMENT = "settings.json", "run.json", "environment.json"
DATA = "data"
"""The folder beside those of the runs that holds the images which several of them read."""
WEIGHTS, LAST_WEIGHTS = "weights.safetensors", "last.safetensors"


@lean_dataclass(frozen=True, slots=True)
class RunState:
    """What `run.json` holds: how a run stands; accuracies are shares from 0 to 1."""

    state: State
    started: str
    change: str = ""
    epochs: int = 0
    epochs_done: int = 0
    val_accuracy: float | None = None
    test_accuracy: float | None = None
    sentence: str = ""


@lean_dataclass(frozen=True, slots=True)
class RunSettings:
    """What `settings.json` holds: every value resolved, so that a resume decides nothing again.

    `data` is the name of an embedded set, or the path of the `.npz` that the run reads;
    `fingerprint` names the net and the machine for which `threads` and `memory_format` were
    chosen; `picked` says so in words.
    """

    training: TrainingSettings
    data: str
    validation: float
    fingerprint: str = ""
    picked: str = ""


@lean_dataclass(frozen=True, slots=True)
class Run:
    """A run folder as a list shows it."""

    folder: Path
    number: int
    state: RunState


def runs_folder(project: Path | None, draft: str = "") -> Path:
    """The folder of a project's runs: beside its file, or below the user's data without one.

    `draft` tells projects without a file from each other.
    """
    if project is not None:
        return project.with_name(f"{project.stem}-runs")
    data = platformdirs.user_data_path("convnet-designer", appauthor=False)
    return data / "untitled-runs" / draft


def new_run(base: Path) -> Path:
    """Make the next empty run folder; raises OSError where none can be made."""
    base.mkdir(parents=True, exist_ok=True)
    number = max((run_number(path) for path in base.iterdir()), default=0) + 1
    while True:
        folder = base / f"run-{number:03d}"
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def move_runs(base: Path, target: Path, moved: dict[Path, Path]) -> None:
    """Move every run of a folder into another one, the oldest first.

    `moved` is told the new place of each as soon as it is there. A number that is taken there
    already becomes the next free one. Raises OSError where something cannot be moved: it stays,
    whole, where it is, as does what comes after it, and every run finds its images.
    """
    for run in reversed(list_runs(base)):
        folder = new_run(target)
        folder.rmdir()
        wanted = target / run.folder.name
        folder = folder if wanted.exists() else wanted
        _move(run.folder, folder)
        moved[run.folder] = folder
    _move_data(base / DATA, target / DATA, moved.values())
    with contextlib.suppress(OSError):
        base.rmdir()


def _move_data(data: Path, target: Path, folders: Iterable[Path]) -> None:
    """Move the images that runs read beside their folders, and tell the runs where they lie."""
    if not data.is_dir():
        return
    target.mkdir(parents=True, exist_ok=True)
    for file in data.iterdir():
        _copy(file, target / file.name)
    for folder in folders:
        try:
            settings = read_settings(folder)
        except (OSError, UnicodeDecodeError, DecodeError):
            continue
        if Path(settings.data).parent == data:
            there = replace(settings, data=str(target / Path(settings.data).name))
            text = json.dumps(encode(there), ensure_ascii=False)
            write_text(folder / SETTINGS, text + "\n")
    shutil.rmtree(data, ignore_errors=True)  # only now: until here some run may read them there


def _copy(file: Path, target: Path) -> None:
    """Let a file stand in two places, at once where both are on one disk."""
    try:
        target.hardlink_to(file)
    except OSError:
        with file.open("rb") as original:
            replace_file(target, lambda copy: shutil.copyfileobj(original, copy))


def _move(folder: Path, target: Path) -> None:
    try:
        folder.rename(target)
    except OSError:  # another disk: the original goes when its copy is whole
        try:
            shutil.copytree(folder, target)
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
            raise
        shutil.rmtree(folder, ignore_errors=True)


def run_number(folder: Path) -> int:
    """The number in a run folder's name, or 0 where it is none."""
    stem, _, number = folder.name.partition("-")
    return int(number) if stem == "run" and number.isdecimal() and number.isascii() else 0


def list_runs(base: Path) -> tuple[Run, ...]:
    """All runs of a folder, the newest first; what is no run is left out."""
    try:
        folders = [path for path in base.iterdir() if run_number(path)]
    except OSError:
        return ()
    found = (read_run(folder) for folder in folders)
    return tuple(sorted(filter(None, found), key=lambda run: -run.number))


def read_run(folder: Path) -> Run | None:
    """Read how a run stands, or None where the folder holds no run."""
    try:
        state: RunState = decode(RunState, parse((folder / STATE).read_text("utf-8")))
    except (OSError, UnicodeDecodeError, DecodeError):
        return None
    if state.state == "running" and not is_held(folder):
        state = replace(state, state="interrupted")
    return Run(folder, run_number(folder), state)


def write_state(folder: Path, state: RunState) -> None:
    """Write how a run stands, whole or not at all."""
    write_text(folder / STATE, json.dumps(encode(state), ensure_ascii=False) + "\n")


def read_settings(folder: Path) -> RunSettings:
    """Read a run's resolved settings; raises OSError or DecodeError."""
    text = (folder / SETTINGS).read_text("utf-8")
    settings: RunSettings = decode(RunSettings, parse(text))
    return settings


def as_trained(design: Design, base: Path) -> Design:
    """Put the settings that a run of this very design resolved in the place of what is open.

    The newest such run below `base` decides; without one the design stays as it is. So a script
    that is exported after a run repeats it, step by step.
    """
    for run in list_runs(base):
        try:
            before, settings = load(run.folder / DESIGN), read_settings(run.folder)
        except (OSError, DecodeError, StorageError):
            continue
        same_net = not diff(before, design).graph
        if same_net and before.training == design.training:
            return replace(design, training=settings.training)
    return design
