"""The terminal: results to standard output, messages to standard error, in signs that it knows."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any, TextIO

from designer.storage.error import printable
from designer.storage.layout import layout

SIMPLER = {
    ord(sign): plain
    for sign, plain in {
        "×": "x", "→": "->", "…": "...", "−": "-", "·": "*", "⌈": "ceil(", "⌉": ")", "⌊": "floor(",
        "⌋": ")", "“": '"', "”": '"', "’": "'", "–": "-", "█": "#", "░": ".", "é": "e",
    }.items()
}  # fmt: skip
"""What a terminal without Unicode sees in the place of our signs."""


class Terminal:
    """Where a command writes; with `is_json` its results are JSON, and nothing else goes there."""

    def __init__(
        self, is_json: bool = False, out: TextIO | None = None, err: TextIO | None = None
    ) -> None:
        self.is_json = is_json
        # a parent may have closed either of them, and then Python has None
        self._out = _forgiving(out or sys.stdout or io.StringIO())
        self._err = _forgiving(err or sys.stderr or io.StringIO())

    def print(self, text: str) -> None:
        """Write a line of the result for people; left out where the result is JSON."""
        if not self.is_json:
            self._out.write(_fitting(text, self._out) + "\n")

    def document(self, value: Any) -> None:
        """Write the result for programs; left out where it is for people."""
        if self.is_json:
            self._json(value, layout)

    def event(self, value: Any) -> None:
        """Write one JSON object as one line, at once; left out where the result is for people.

        A reader that is gone ends nothing: what follows goes nowhere.
        """
        if self.is_json:
            try:
                self._json(value, _one_line)
                self._out.flush()
            except BrokenPipeError:
                self.abandon()

    def say(self, text: str) -> None:
        """Write a message for people."""
        self.write_message(text + "\n")

    def write_message(self, text: str) -> None:
        """Write to standard error at once, without a line end; lost where nobody reads it."""
        with contextlib.suppress(OSError, ValueError):
            self._err.write(_fitting(text, self._err))
            self._err.flush()

    @property
    def is_live(self) -> bool:
        """Whether messages go to a terminal, on which a line can be drawn anew."""
        return self._err.isatty()

    def finish(self) -> None:
        """Hand over everything that was written; raises OSError where that is not possible."""
        self._out.flush()

    def abandon(self) -> None:
        """Write no more: the reader of the results is gone."""
        self._out = io.StringIO()
        with contextlib.suppress(OSError, ValueError, AttributeError):
            # what Python flushes at its end goes nowhere, instead of raising once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _json(self, value: Any, write: Callable[[Any], str]) -> None:
        text = write(value)
        if not _knows(self._out, text):
            text = json.dumps(value) + "\n"
        self._out.write(text)


def plain(text: str) -> str:
    """Text of a user as one line that cannot steer the terminal."""
    return printable(text)


def _forgiving(stream: TextIO) -> TextIO:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"


def _knows(stream: TextIO, text: str) -> bool:
    try:
        text.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _fitting(text: str, stream: TextIO) -> str:
    return text if text.isascii() or _knows(stream, "⌈") else text.translate(SIMPLER)
