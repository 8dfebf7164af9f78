"""The program in a process of its own, and what it said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "designer"]


def run(
    *words: object, cwd: Path, code: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program; it ends with this code and never with a traceback."""
    result = subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=100,
        check=False,
    )
    assert "Traceback" not in result.stderr, result.stderr
    assert result.returncode == code, result.stdout + result.stderr
    return result


def said(result: subprocess.CompletedProcess[str]) -> str:
    """The one message of a refusal."""
    lines = result.stderr.strip().splitlines()
    assert lines, "a refusal says why"
    assert len(lines[0]) <= 550
    return lines[0]
