"""A reader hears that a run began, and how it ended."""

import pytest
from PySide6.QtGui import QAccessible

from designer.protocol.reports import EpochDone, RunFailed, RunFinished, RunStarted
from designer.ui import announcing
from designer.ui.announcing import Announcer


@pytest.fixture
def said(monkeypatch, window, trainer):
    found = []
    monkeypatch.setattr(announcing, "_tell", lambda _, words: found.append(words))
    QAccessible.setActive(True)
    announcer = Announcer(window)
    announcer.follow(trainer)
    yield found
    QAccessible.setActive(False)


def test_a_run_that_ends_well_is_told_with_its_accuracy(said, trainer, host):
    trainer.start()
    assert said == ["Run 1 began"]
    host.process.heard.emit(RunStarted("", 1, 4, 0, "cpu", 1, "channels_last", "float32", ""))
    host.process.heard.emit(EpochDone(1, 2.0, 0.25, 1.5, 0.4, True))
    host.process.heard.emit(RunFinished(1.1, 0.612, 1, 0.4))
    host.process.ended.emit("")
    assert said[-1] == "Run 1 finished, test accuracy 61.2 %"
    assert len(said) == 2


def test_a_run_that_fails_is_told_with_the_reason(said, trainer, host):
    trainer.start()
    host.process.heard.emit(RunFailed("The loss became nan at step 3", "Try a smaller rate."))
    assert said[-1] == "Run 1 failed: The loss became nan at step 3"
