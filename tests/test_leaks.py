"""The watch over threads, timers and processes sees a leak, and only a leak."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess, QThread, QTimer
from pytestqt.qtbot import QtBot

from tests.leaks import LeakWatch

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_running_timer_is_reported_with_the_line_that_started_it() -> None:
    timer = QTimer()
    with LeakWatch() as watch:
        timer.start(1000)
    (report,) = watch.alive()
    assert "QTimer" in report
    assert "test_leaks.py" in report
    timer.stop()


def test_a_stopped_or_deleted_timer_is_not() -> None:
    with LeakWatch() as watch:
        stopped, deleted = QTimer(), QTimer()
        stopped.start(1000)
        deleted.start(1000)
        stopped.stop()
        deleted.deleteLater()
    assert watch.alive() == []


def test_a_running_thread_is_reported() -> None:
    thread = QThread()
    with LeakWatch() as watch:
        thread.start()
    assert "QThread" in watch.alive()[0]
    thread.quit()
    thread.wait()
    assert watch.alive() == []


def test_a_running_process_is_reported(qtbot: QtBot) -> None:
    process = QProcess()
    with LeakWatch() as watch:
        process.start(sys.executable, ["-c", "input()"])
        assert process.waitForStarted()
    assert "QProcess" in watch.alive()[0]
    process.kill()
    process.waitForFinished()
    assert watch.alive() == []


def test_a_leak_fails_the_test_that_left_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    pytester.makeconftest("from tests.conftest import home, no_leaks, qt_settings")
    pytester.makepyfile(
        """
        from PySide6.QtCore import QTimer
        left = QTimer()

        def test_leaves_a_timer(qapp):
            left.start(1000)
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*left running after the test*"])
