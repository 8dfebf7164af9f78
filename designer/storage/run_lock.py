"""The lock of a run folder: held by the process that runs it, let go by the system when it dies."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_NAME = "run.lock"

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class RunLock:
    """Holds a run folder for this process; raises OSError where another one has it."""

    def __init__(self, folder: Path) -> None:
        self._descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._insist()
        except OSError:
            os.close(self._descriptor)
            raise

    def _insist(self) -> None:
        """Try a few times: who only asks whether it is held, holds it for an instant."""
        for _ in range(5):
            try:
                _take(self._descriptor)
            except OSError:
                time.sleep(0.02)
            else:
                return
        _take(self._descriptor)

    def release(self) -> None:
        """Let go."""
        os.close(self._descriptor)


def is_held(folder: Path) -> bool:
    """Whether a living process runs this folder."""
    try:
        descriptor = os.open(folder / _NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        _take(descriptor)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)
