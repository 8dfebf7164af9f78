"""ruff on generated text, with its own defaults and not the project's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def assert_ruff_is_pleased(folder: Path, rules: str = "E,F,I,W,N,UP,B") -> None:
    """Check every Python file of a folder: ruff's default rules, these rules, and its format."""
    for arguments in (["check"], ["check", "--select", rules], ["format", "--diff"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "--isolated", "--no-cache", str(folder)],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert result.returncode == 0, (result.stdout + result.stderr)[:4000]
