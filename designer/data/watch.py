"""How long work is followed and stopped: a progress callback and a question."""

from __future__ import annotations

from collections.abc import Callable

from designer.data.error import Cancelled

Progress = Callable[[float], None]
"""Called with the share of the work that is done, 0 to 1, a few hundred times at most."""

Cancel = Callable[[], bool]
"""Asked now and then, from the thread that works; true stops the work with `Cancelled`."""


class Watch:
    """Passes progress on, and raises `Cancelled` when asked to stop."""

    def __init__(
        self,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
        low: float = 0.0,
        high: float = 1.0,
    ) -> None:
        self._progress = progress
        self._cancel = cancel
        self._low, self._high = low, high
        self._told = -1

    def between(self, low: float, high: float) -> Watch:
        """Return a watch for the part of the work between two shares of the whole."""
        return Watch(self._progress, self._cancel, low, high)

    def step(self, done: int, total: int) -> None:
        """Tell how far this part of the work is."""
        if self._cancel is not None and self._cancel():
            raise Cancelled
        percent = 100 if done >= total else 100 * done // total
        if self._progress is not None and percent != self._told:
            self._told = percent
            self._progress(self._low + (self._high - self._low) * percent / 100)
