"""Turns: long work of the window's thread, cut into pieces between which events are handled."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from designer.app.background import Background

Steps = Iterator[Callable[[], object] | None]
"""Goes on in the next turn of the event loop; a callable is done in a thread before that."""


class Turns(QObject):
    """Takes a step in each turn of the event loop, the first at once; ends with its parent."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Steps = iter(())
        self._then: Callable[[], object] = tuple
        self._background = Background(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._go_on)

    def take(self, steps: Steps, then: Callable[[], object] = tuple) -> None:
        """Take these steps in the place of those that are still to come, then call `then`."""
        self.stop()
        self._steps, self._then = steps, then
        self._go_on()

    def stop(self) -> None:
        """Take no further step."""
        self._steps, self._then = iter(()), tuple
        self._soon.stop()
        self._background.forget()

    def _go_on(self, _: object = None) -> None:
        try:
            work = next(self._steps)
        except StopIteration:
            then, self._then = self._then, tuple
            then()
            return
        if work is None:
            self._soon.start(0)
        else:
            self._background.ask(work, self._go_on)
