"""How a file is refused: in a sentence that names the file, the place and the reason."""

from __future__ import annotations

import os

LONGEST = 500
"""No message about a file is longer than this many characters."""

LONGEST_PATH = 200
LONGEST_PLACE = 100


class StorageError(Exception):
    """A file, or a text that should be one, which cannot be used; nothing was changed.

    `path` is None for a text that came from no file, `place` is empty where the whole file is
    meant. `str()` of it is one line of at most LONGEST printable characters.
    """

    def __init__(self, path: str | os.PathLike[str] | None, place: str, reason: str) -> None:
        self.path = None if path is None else os.fspath(path)
        self.place = printable(place)
        self.reason = printable(reason)
        parts = [
            _shortened(printable(self.path), LONGEST_PATH) if self.path is not None else "",
            _shortened(self.place, LONGEST_PLACE),
            self.reason,
        ]
        super().__init__(": ".join(part for part in parts if part)[:LONGEST])


def shown(path: object) -> str:
    """A path as a sentence names it: on one line, its middle left out where it is long."""
    return _shortened(printable(str(path)), LONGEST_PATH)


def printable(text: str) -> str:
    """Write control, direction and half characters as escapes, so that a text stays one line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _shortened(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    half = (longest - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
