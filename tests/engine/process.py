"""An engine process as the window has it, for tests without Qt."""

import os
import queue
import subprocess
import sys
import threading
import time
from typing import Any

from designer.protocol.line import from_line, to_line
from designer.protocol.requests import Request


class Engine:
    """Starts `python -m designer.engine` and keeps what it says."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "designer.engine", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        self.heard: list[Any] = []
        self._lines: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self._lines.put(line)

    def ask(self, request: Request) -> None:
        self.process.stdin.write(to_line(request))
        self.process.stdin.flush()

    def wait_for(self, *kinds: type, seconds: float = 60) -> Any:
        """The next report of one of these kinds; all reports are kept in `heard`."""
        end = time.monotonic() + seconds
        while True:
            report = from_line(self._lines.get(timeout=max(0.01, end - time.monotonic())))
            self.heard.append(report)
            if isinstance(report, kinds):
                return report

    def of(self, kind: type) -> list[Any]:
        return [report for report in self.heard if isinstance(report, kind)]

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()
