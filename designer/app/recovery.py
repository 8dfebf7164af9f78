"""The recovery journal: what a window that was killed had not saved."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, QTimer

from designer.app.session import Session
from designer.app.settings import APP
from designer.core.decode import DecodeError, decode
from designer.core.design import Design
from designer.core.json_text import parse
from designer.core.lean import lean_dataclass
from designer.storage import StorageError, from_text, to_text, write_text

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

DELAY_MS = 600
"""How long after an edit the journal is written: well within a second."""


@lean_dataclass(frozen=True, slots=True)
class Entry:
    """One journal: the process that writes it, the file it belongs to, the project as text."""

    pid: int
    path: str | None
    text: str
    draft: str = ""


@lean_dataclass(frozen=True, slots=True)
class Recovered:
    """Work that was not saved: the journal's own file, the project's file if any, the design."""

    journal: Path
    path: Path | None
    design: Design
    draft: str = ""


def folder() -> Path:
    """Where the journals lie."""
    return Path(platformdirs.user_state_dir(APP)) / "recovery"


class Journal(QObject):
    """Writes the project beside the named file, soon after each edit; clean means no journal.

    A thread writes: a design is a value that nobody changes, and a disk may take its time.
    """

    def __init__(
        self, session: Session, place: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.file = (place or folder()) / f"{os.urandom(16).hex()}.json"
        self._writer: ThreadPoolExecutor | None = None
        self._last: Future[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self._begin)
        session.changed.connect(self._on_changed)
        session.state_changed.connect(self._on_state_changed)

    def write(self) -> None:
        """Write the journal and return when it is on the disk; nothing where all is saved."""
        self._timer.stop()
        self._begin()
        if self._last is not None:
            self._last.result()

    def discard(self) -> None:
        """Remove the journal, and return when it is gone: the work is given up by the user."""
        self._begin_to_remove()
        if self._last is not None:
            self._last.result()

    def _begin_to_remove(self) -> None:
        """Remove the journal in the thread too: it may still be writing, on a slow disk."""
        self._timer.stop()
        if self._writer is not None:
            self._last = self._writer.submit(_remove, self.file)

    def _begin(self) -> None:
        # imported at the first edit, for the first paint does not need it
        from concurrent.futures import ThreadPoolExecutor

        session = self._session
        if session.is_dirty:
            self._writer = self._writer or ThreadPoolExecutor(1, "journal")
            self._last = self._writer.submit(
                _store, self.file, session.design, session.path, session.draft
            )

    def _on_changed(self) -> None:
        # not restarted by further edits: what is typed without a pause is written too
        if self._session.is_dirty and not self._timer.isActive():
            self._timer.start()

    def _on_state_changed(self) -> None:
        if self._last is not None and not self._session.is_dirty:
            self._begin_to_remove()


def _store(file: Path, design: Design, path: Path | None, draft: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        entry = {
            "pid": os.getpid(),
            "path": str(path) if path else None,
            "text": to_text(design),
            "draft": draft,
        }
        write_text(file, json.dumps(entry))
    except (OSError, StorageError, ValueError):
        return  # the next edit tries again


def _remove(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def unsaved(place: Path | None = None) -> Iterator[Recovered]:
    """The journals of windows that are no longer alive, the newest first."""
    files = sorted((place or folder()).glob("*.json"), key=_age, reverse=True)
    for file in files:
        try:
            entry: Entry = decode(Entry, parse(file.read_text("utf-8")))
            if entry.pid == os.getpid() or is_alive(entry.pid):
                continue
            design = from_text(entry.text, str(file))
        except (OSError, DecodeError, StorageError, ValueError):
            continue
        path = Path(entry.path) if entry.path else None
        yield Recovered(file, path, design, _draft(entry.draft))


def _draft(name: str) -> str:
    """The name of a draft, which is also a folder's: nothing else is taken for one."""
    return name if name.isascii() and name.isalnum() else ""


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs."""
    if sys.platform == "win32":
        return _is_alive_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _is_alive_on_windows(pid: int) -> bool:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    handle = kernel.OpenProcess(0x1000, False, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE


def _age(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
