"""The channel to the window: requests from standard input, reports to what was standard output."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import cast

from designer.core.decode import DecodeError
from designer.protocol.line import from_line, to_line
from designer.protocol.reports import Report, RunFailed
from designer.protocol.requests import Request

Hear = Callable[[Request | None], None]


class Channel:
    """Takes file descriptor 1 for itself and points 1 at 2.

    Otherwise a library that prints would write into the messages.
    """

    def __init__(self) -> None:
        self._out = os.dup(1)
        os.dup2(2, 1)
        os.set_inheritable(self._out, False)
        self._lock = threading.Lock()
        self._hear: Hear | None = None
        self._early: list[Request] = []
        self._hearing = threading.Lock()

    def send(self, report: Report) -> None:
        """Send one report; where the window is gone, nobody misses it."""
        line = memoryview(to_line(report))
        with self._lock:
            try:
                while line:
                    line = line[os.write(self._out, line) :]
            except OSError:
                return

    def listen(self, *, needs_all: bool = False) -> None:
        """Read requests in a thread from now on; they wait until somebody attaches.

        A line that is no request is left out, or ends a process that needs them all.

        A window that goes before that takes this process with it at once, be it in the middle of
        importing torch: nothing has begun that could be lost.
        """
        threading.Thread(target=self._read, args=(needs_all,), daemon=True).start()

    def attach(self, hear: Hear) -> None:
        """Call `hear` from the thread with every request, and with None when the window is gone."""
        with self._hearing:
            for request in self._early:
                hear(request)
            self._hear = hear

    def _read(self, needs_all: bool) -> None:
        for line in _lines(0):
            try:
                request = from_line(line)
            except DecodeError as error:
                if needs_all:
                    self.send(RunFailed(f"The engine was asked what is no request: {error}", ""))
                    os._exit(1)
                sys.stderr.write(f"a line that is no request was left out: {error}\n")
            else:
                self._deliver(cast(Request, request))  # the window sends requests only
        self._deliver(None)

    def _deliver(self, request: Request | None) -> None:
        with self._hearing:
            if self._hear is not None:
                self._hear(request)
            elif request is None:
                os._exit(1)
            else:
                self._early.append(request)


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
