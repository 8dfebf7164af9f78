"""A watch over Qt's threads, timers and processes: what was started must have ended."""

import gc
import sys
import weakref
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QProcess, QThread, QTimer
from shiboken6 import isValid

_RUNNING: dict[type[QObject], Callable[[Any], bool]] = {
    QTimer: QTimer.isActive,
    QThread: QThread.isRunning,
    QProcess: lambda process: process.state() != QProcess.ProcessState.NotRunning,
}


class LeakWatch:
    """Notes every ``start`` between ``__enter__`` and ``__exit__`` and who called it.

    What is started by C++ alone is not seen; all that we start is started by us.
    """

    def __init__(self) -> None:
        self._started: list[tuple[weakref.ref[QObject], type[QObject], str]] = []
        self._originals = {kind: kind.start for kind in _RUNNING}  # type: ignore[attr-defined]

    def __enter__(self) -> "LeakWatch":
        for kind, start in self._originals.items():
            setattr(kind, "start", self._noting(kind, start))  # noqa: B010
        return self

    def __exit__(self, *_: object) -> None:
        for kind, start in self._originals.items():
            setattr(kind, "start", start)  # noqa: B010

    def _noting(self, kind: type[QObject], start: Callable[..., Any]) -> Callable[..., Any]:
        def noted(thing: QObject, *arguments: Any, **named: Any) -> Any:
            caller = sys._getframe(1)
            place = f"{caller.f_code.co_filename}:{caller.f_lineno} in {caller.f_code.co_name}"
            self._started.append((weakref.ref(thing), kind, place))
            return start(thing, *arguments, **named)

        return noted

    def alive(self) -> list[str]:
        """Say of each that is still running what it is and where it was started."""
        if not (found := self._running()):
            return []
        # Perhaps only waiting to be deleted, or kept by a reference cycle.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        del found
        return sorted(set(self._running()))

    def _running(self) -> list[str]:
        found = []
        for reference, kind, place in self._started:
            thing = reference()
            if thing is not None and isValid(thing) and _RUNNING[kind](thing):
                found.append(f"  {type(thing).__name__}, started at {place}")
        return found
