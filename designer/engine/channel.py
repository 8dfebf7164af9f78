"""The channel to the window: requests from standard input, reports to what was standard output."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator

from designer.core.decode import DecodeError
from designer.protocol.line import from_line, to_line
from designer.protocol.reports import Report
from designer.protocol.requests import Request


class Channel:
    """Takes file descriptor 1 for itself and points 1 at 2.

    Otherwise a library that prints would write into the messages.
    """

    def __init__(self) -> None:
        self._out = os.dup(1)
        os.dup2(2, 1)
        os.set_inheritable(self._out, False)
        self._lock = threading.Lock()

    def send(self, report: Report) -> None:
        """Send one report; where the window is gone, nobody misses it."""
        line = memoryview(to_line(report))
        with self._lock:
            try:
                while line:
                    line = line[os.write(self._out, line) :]
            except OSError:
                return

    def listen(self, hear: Callable[[Request | None], None]) -> None:
        """Call `hear` from a thread with every request, and with None when the window is gone."""
        threading.Thread(target=self._read, args=(hear,), daemon=True).start()

    def _read(self, hear: Callable[[Request | None], None]) -> None:
        for line in _lines(0):
            try:
                request = from_line(line)
            except DecodeError as error:
                sys.stderr.write(f"a line that is no request was left out: {error}\n")
            else:
                hear(request)  # type: ignore[arg-type]  # the window sends requests only
        hear(None)


def _lines(descriptor: int) -> Iterator[bytes]:
    """Read lines without a buffered reader: its lock would abort the interpreter at exit."""
    rest = b""
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:
            return
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
