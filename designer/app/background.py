"""Work in the background: done in a thread, what it came to brought back into the window's."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Outcome = TypeVar("Outcome")

SOON = 0.005
"""Seconds that an event may wait for what is done at once as a rule."""


class Background(QObject):
    """Answers one question at a time, in a thread of its own; only the latest is answered.

    What the work raises is raised again in the window's thread. Work reads and computes values:
    it touches nothing of Qt's.
    """

    ended = Signal()
    """What was asked is answered, or is no longer wanted."""
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._latest: Future[Any] | None = None
        self._then: Callable[..., object] | None = None
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._latest is not None

    def ask(
        self,
        work: Callable[[], Outcome],
        then: Callable[[Outcome], object],
        patience: float = 0.0,
    ) -> None:
        """Do the work in the thread, then call `then` with its outcome; forget what was asked.

        What is done within `patience` seconds, which nobody notices, is told before this returns.
        """
        # imported with the first question, for the first paint asks none
        from concurrent.futures import ThreadPoolExecutor, wait

        self.forget()
        self._pool = self._pool or ThreadPoolExecutor(1, "background")
        future: Future[Outcome] = self._pool.submit(work)
        if patience and wait((future,), patience).done:
            then(future.result())
            return
        self._latest, self._then = future, then
        future.add_done_callback(self._tell)

    def forget(self) -> None:
        """Want no answer any more; work that has not begun is left undone."""
        latest, self._latest, self._then = self._latest, None, None
        if latest is not None:
            latest.cancel()
            self.ended.emit()

    def _tell(self, future: Future[Any]) -> None:
        with contextlib.suppress(RuntimeError):  # who asked is gone
            self._done.emit(future)

    def _on_done(self, future: Future[Any]) -> None:
        if future is self._latest and self._then is not None:
            then, self._latest, self._then = self._then, None, None
            try:
                then(future.result())
            finally:
                self.ended.emit()
