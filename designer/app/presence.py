"""Presence: which living windows have a project file open, so that the second one can be told."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import platformdirs

from designer.app.recovery import is_alive
from designer.app.settings import APP


class Presence:
    """Leaves a mark for the file that this process has open; it works without a place to write."""

    def __init__(self, place: Path | None = None, pid: int | None = None) -> None:
        self._place = place or Path(platformdirs.user_state_dir(APP)) / "open"
        self._pid = pid or os.getpid()
        self._mark: Path | None = None
        self.path: Path | None = None

    def enter(self, path: Path | None) -> bool:
        """Have this file open from now on, or none; whether another window has it open too."""
        self.leave()
        self.path = path
        if path is None:
            return False
        import hashlib  # 10 ms: the first paint does not wait for them

        name = hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:24]
        others = [mark for mark in self._place.glob(f"{name}-*") if self._is_other(mark)]
        self._mark = self._place / f"{name}-{self._pid}"
        with contextlib.suppress(OSError):
            self._place.mkdir(parents=True, exist_ok=True)
            self._mark.touch()
        return bool(others)

    def leave(self) -> None:
        """Have no file open."""
        if self._mark is not None:
            with contextlib.suppress(OSError):
                self._mark.unlink(missing_ok=True)
        self._mark = self.path = None

    def _is_other(self, mark: Path) -> bool:
        """Whether a mark is that of another process that lives; a dead one's is removed."""
        number = mark.name.rpartition("-")[2]
        pid = int(number) if number.isdecimal() else 0
        if pid == self._pid:
            return False
        if pid and is_alive(pid):
            return True
        with contextlib.suppress(OSError):
            mark.unlink(missing_ok=True)
        return False
