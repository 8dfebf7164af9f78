"""The command line: `convnet-designer`, a door for people and for other programs."""

from __future__ import annotations

import gc
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and give the exit code; never raises for bad input."""
    gc.disable()  # importing makes no garbage, and looking for some takes a tenth of the time
    try:
        from designer.cli import door
    finally:
        gc.enable()
    return door.main(arguments)
