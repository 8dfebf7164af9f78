"""A fault of ours is logged, shown once, and the project is kept."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from designer.ui.faults import FaultHook
from designer.ui.theme.theme import Theme


def raised(text: str) -> tuple[type[BaseException], BaseException, None]:
    error = RuntimeError(text)
    return (RuntimeError, error, None)


def test_a_fault_is_logged_and_shown_in_one_window(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    kept: list[bool] = []
    log = tmp_path / "logs" / "faults.log"
    hook = FaultHook(lambda: kept.append(True), log=log)
    hook(*raised("the first"))
    report = hook.report
    assert report is not None
    qtbot.addWidget(report)
    hook(*raised("the second"))
    assert hook.report is report
    assert "the first" in report.text.toPlainText()
    assert "the second" in report.text.toPlainText()
    assert "the second" in log.read_text()
    assert len(kept) == 2


def test_a_fault_while_rescuing_does_not_travel(qtbot: QtBot, tmp_path: Path) -> None:
    def rescue() -> None:
        raise OSError("the disk is full")

    log = tmp_path / "faults.log"
    hook = FaultHook(rescue, log=log)
    hook(*raised("the first"))
    assert "the first" in log.read_text(), "the fault itself is still told"
    assert hook.report is not None
    qtbot.addWidget(hook.report)
    assert "the first" in hook.report.text.toPlainText()
