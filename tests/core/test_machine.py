"""Main memory: what the system says, and the limit of a container."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.core import machine


def test_free_is_less_than_all() -> None:
    assert 10**7 < machine.free_memory() <= machine.main_memory()


def test_a_container_has_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "_CGROUP", tmp_path)
    whole = machine.main_memory()
    (tmp_path / "memory.max").write_text("max\n", "ascii")
    assert machine.main_memory() == whole
    (tmp_path / "memory.max").write_text("1000000\n", "ascii")
    (tmp_path / "memory.current").write_text("400000\n", "ascii")
    assert (machine.main_memory(), machine.free_memory()) == (1_000_000, 600_000)
