"""Foreign code: what a user's own module does while it is made and run, faults included."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

from designer.engine.importing.refusal import ImportRefused, OutOfMemory

LONGEST = 200


class Foreign:
    """Turns whatever is raised inside into a refusal that names it, and its line in that code."""

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None or isinstance(error, (ImportRefused, KeyboardInterrupt)):
            return
        said = " ".join(str(error).split())[:LONGEST]
        place = _place(trace)
        if isinstance(error, MemoryError) or "allocate memory" in said:
            raise OutOfMemory(f"{self._what} takes more memory than is free here{place}") from error
        told = f"{type(error).__name__}: {said}" if said else type(error).__name__
        raise ImportRefused(f"{self._what} raised {told}{place}") from error


def _place(trace: TracebackType | None) -> str:
    """The last line that is neither ours nor a library's."""
    ours = str(Path(__file__).parents[2])
    for frame in reversed(traceback.extract_tb(trace)):
        if "site-packages" not in frame.filename and not frame.filename.startswith(ours):
            return f" ({Path(frame.filename).name}, line {frame.lineno})"
    return ""
