"""Waiting: work that may take long is done in a thread, and said where it does take long."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer

from designer.app.background import Background
from designer.ui.banner import Banner, Choice

Outcome = TypeVar("Outcome")

PATIENCE = 0.015
"""Seconds that nobody notices: what is done by then is told at once."""
SAID_AFTER = 300
"""Milliseconds after which the banner says what is being done."""


class Waiting(QObject):
    """Does one thing at a time; errors come back as values, for the work raises none."""

    def __init__(self, banner: Banner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner = banner
        self._background = Background(self)
        self._background.ended.connect(self._be_quiet)
        self._sentence = ""
        self._cancel: Callable[[], object] | None = None
        self._is_said = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SAID_AFTER)
        self._soon.timeout.connect(self._say)

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self._background.is_busy

    def do(
        self,
        sentence: str,
        work: Callable[[], Outcome],
        then: Callable[[Outcome], object],
        cancel: Callable[[], object] | None = None,
    ) -> None:
        """Do the work, then call `then` with its outcome; `cancel` is offered where it is given."""
        self.finish()  # nothing that was begun is lost

        def end(outcome: Outcome) -> None:
            self._be_quiet()
            then(outcome)

        self._sentence, self._cancel = sentence, cancel
        self._background.ask(work, end, PATIENCE)
        if self.is_busy:
            self._soon.start()

    def tell(self, sentence: str) -> None:
        """Say how far it is, where it is said at all that something is being done."""
        is_read = self._banner.words.text() == self._sentence
        self._sentence = sentence
        if self._is_said and is_read:
            self._banner.words.setText(sentence)

    def forget(self) -> None:
        """Want the outcome no longer."""
        self._background.forget()

    def finish(self) -> None:
        """Return when nothing is being done any more; the window paints meanwhile."""
        if self.is_busy:
            loop = QEventLoop()
            self._background.ended.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _say(self) -> None:
        choices: list[Choice] = [("Cancel", self._cancel)] if self._cancel else []
        self._is_said = True
        self._banner.say(self._sentence, choices, is_fault=False)

    def _be_quiet(self) -> None:
        self._soon.stop()
        if self._is_said:
            self._is_said = False
            self._banner.hide()
