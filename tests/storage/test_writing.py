"""Saving: the file is the old one or the new one, whatever the system does."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from designer.core.edits import SetName
from designer.storage import StorageError, from_text, load, save, write_bytes
from designer.storage.error import LONGEST
from tests.storage.files import WHOLE

OLD = from_text(json.dumps(WHOLE))
NEW = SetName("new").apply(OLD)

STEPS = ("open", "write", "flush", "fsync", "chmod", "replace")


def failing(step: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one step of a save fail as a full or broken disk would make it."""

    def fail(*arguments: Any, **options: Any) -> None:
        raise OSError(code, os.strerror(code))

    if step in ("write", "flush"):
        fdopen = os.fdopen

        def broken(*arguments: Any, **options: Any) -> Any:
            file = fdopen(*arguments, **options)

            class Broken:
                def __enter__(self) -> Broken:
                    return self

                def __exit__(self, *details: object) -> None:
                    file.close()

                def __getattr__(self, name: str) -> Any:
                    return fail if name == step else getattr(file, name)

            return Broken()

        monkeypatch.setattr(os, "fdopen", broken)
    elif step == "open":
        monkeypatch.setattr("tempfile.mkstemp", fail)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, step, fail)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("step", STEPS)
def test_a_fault_at_any_step_leaves_the_old_file(
    step: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.convnet"
    save(OLD, path)
    with monkeypatch.context() as patched:
        failing(step, code, patched)
        with pytest.raises(StorageError, match="cannot be written") as caught:
            save(NEW, path)
    assert str(path) in str(caught.value)
    assert load(path) == OLD
    assert list(tmp_path.iterdir()) == [path], "nothing is left behind"


def test_a_save_replaces_and_keeps_permissions(tmp_path: Path) -> None:
    path = tmp_path / "net.convnet"
    save(OLD, path)
    path.chmod(0o640)
    save(NEW, path)
    assert load(path) == NEW
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "real.convnet", tmp_path / "link.convnet"
    save(OLD, target)
    link.symlink_to(target)
    save(NEW, link)
    assert link.is_symlink()
    assert load(target) == NEW


def make_nothing(path: Path) -> None:
    """Leave the place empty: its folder is missing."""


@pytest.mark.parametrize(
    ("make", "name", "reason"),
    [
        (Path.mkdir, "net.convnet", "a folder"),
        (getattr(os, "mkfifo", Path.mkdir), "net.convnet", "a pipe|a folder"),
        (make_nothing, "missing/net.convnet", "there is no folder"),
        (make_nothing, "x" * 300, "too long"),
    ],
)
def test_places_that_cannot_be_written(
    make: Callable[[Path], object], name: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    make(path)
    with pytest.raises(StorageError, match=reason) as caught:
        save(OLD, path)
    assert len(str(caught.value)) <= LONGEST


def test_a_null_character_in_a_path(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="null"):
        write_bytes(f"{tmp_path}/a\0b", b"")


ODD = (
    "ünï cødé.convnet",
    'it\'s "quoted" $HOME; rm.convnet',
    "😀" * 60,
    "new\nline.convnet",
    "-rf.convnet",
)


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    save(OLD, path)
    assert load(path) == OLD
