"""The second window on a file is told, and a dead one is forgotten."""

import os
from pathlib import Path

from designer.app.presence import Presence
from tests.app.test_recovery import dead_pid


def test_the_second_window_is_told_until_the_first_leaves(tmp_path: Path) -> None:
    file = tmp_path / "net.convnet"
    first = Presence(tmp_path / "open", pid=os.getppid())
    second = Presence(tmp_path / "open")
    assert not first.enter(file)
    assert second.enter(file)
    assert not second.enter(tmp_path / "other.convnet")
    first.leave()
    assert not second.enter(file)


def test_a_window_that_was_killed_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "net.convnet"
    Presence(tmp_path / "open", pid=dead_pid()).enter(file)
    assert not Presence(tmp_path / "open").enter(file)


def test_the_same_file_by_another_name_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "net.convnet"
    file.touch()
    link = tmp_path / "link.convnet"
    link.symlink_to(file)
    Presence(tmp_path / "open", pid=os.getppid()).enter(file)
    assert Presence(tmp_path / "open").enter(link)


def test_without_a_place_to_write_nothing_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert not Presence(blocked / "open").enter(tmp_path / "net.convnet")
