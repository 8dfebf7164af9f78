"""Work that was not saved is found again, and never offered for a window that lives."""

import json
import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from designer.app.recovery import Journal, is_alive, unsaved
from designer.app.session import Session
from designer.core.edits import SetName


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def as_of_a_dead_window(journal: Path) -> None:
    entry = json.loads(journal.read_text())
    journal.write_text(json.dumps({**entry, "pid": dead_pid()}))


def test_an_edit_is_in_the_journal_within_a_second(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session()
    journal = Journal(session, tmp_path)
    session.execute(SetName("Mine"))
    qtbot.waitUntil(journal.file.exists, timeout=1000)
    assert list(unsaved(tmp_path)) == []  # this process lives
    as_of_a_dead_window(journal.file)
    (found,) = unsaved(tmp_path)
    assert found.design.name == "Mine"
    assert found.path is None


def test_saving_removes_the_journal(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session()
    journal = Journal(session, tmp_path / "journals")
    session.execute(SetName("Mine"))
    journal.write()
    assert journal.file.exists()
    assert session.save(tmp_path / "mine.convnet")
    qtbot.waitUntil(lambda: not journal.file.exists())


def test_undoing_everything_removes_the_journal(qtbot: QtBot, tmp_path: Path) -> None:
    session = Session()
    journal = Journal(session, tmp_path)
    session.execute(SetName("Mine"))
    journal.write()
    session.undo()
    qtbot.waitUntil(lambda: not journal.file.exists())


def test_a_damaged_journal_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text("{")
    (tmp_path / "two.json").write_text('{"pid": 1, "path": null, "text": "no project"}')
    assert list(unsaved(tmp_path)) == []


def test_recovered_work_is_unsaved_beside_its_file(tmp_path: Path) -> None:
    path = tmp_path / "net.convnet"
    session = Session()
    session.execute(SetName("Saved"))
    session.save(path)
    session.execute(SetName("Lost"))
    lost = session.design
    again = Session()
    again.recover(lost, path)
    assert again.is_dirty
    assert again.path == path
    assert not again.is_changed_on_disk()


def test_a_process_is_known_to_live() -> None:
    assert is_alive(os.getpid())
    assert not is_alive(dead_pid())


def test_recovered_work_finds_its_runs(tmp_path: Path) -> None:
    session = Session()
    journal = Journal(session, tmp_path)
    session.execute(SetName("Mine"))
    journal.write()
    text = journal.file.read_text().replace(f'"pid": {os.getpid()}', f'"pid": {dead_pid()}')
    journal.file.write_text(text)
    (found,) = unsaved(tmp_path)
    again = Session()
    again.recover(found.design, found.path, found.draft)
    assert again.draft == session.draft
