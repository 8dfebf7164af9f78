"""One engine process as Qt sees it: requests in, reports out, and how it ended."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from designer.core.decode import DecodeError
from designer.protocol.allocator import ALLOCATOR
from designer.protocol.line import from_line, to_line
from designer.protocol.requests import Request

MOST_COMPLAINTS = 4000
"""Characters of standard error that are kept, from the end."""


class EngineProcess(QObject):
    """`python -m designer.engine` behind two pipes. Nothing here waits, but for `leave`."""

    heard = Signal(object)
    """A report of the process."""
    ended = Signal(str)
    """The process is gone; what it last wrote to standard error."""

    def __init__(self, *arguments: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rest = b""
        self._complaints = ""
        self._process = QProcess(self)
        self._process.setProgram(sys.executable)
        self._process.setArguments(["-m", "designer.engine", *arguments])
        self._process.setProcessEnvironment(_environment())
        self._process.readyReadStandardOutput.connect(self._on_output)
        self._process.readyReadStandardError.connect(self._on_complaint)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Start the process; a request may follow at once, it waits in the pipe."""
        self._process.start()

    @property
    def is_running(self) -> bool:
        """Whether the process lives or is about to."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    @property
    def process_id(self) -> int:
        """The system's number of the process; 0 where it does not run."""
        return self._process.processId()

    def ask(self, request: Request) -> None:
        """Send a request."""
        self._process.write(to_line(request))

    def end_input(self) -> None:
        """Close its standard input, which asks it to leave."""
        self._process.closeWriteChannel()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def leave(self, milliseconds: int) -> None:
        """Ask it to leave, wait that long, then end it; for the end of the program only."""
        if self.is_running:
            self.end_input()
            if not self._process.waitForFinished(milliseconds):
                self._process.kill()
                self._process.waitForFinished(1000)

    def _on_output(self) -> None:
        *lines, self._rest = (self._rest + self._read_output()).split(b"\n")
        for line in lines:
            try:
                report = from_line(line)
            except DecodeError as error:
                self._complaints += f"\nnot a report: {error}"
            else:
                self.heard.emit(report)

    def _read_output(self) -> bytes:
        return bytes(self._process.readAllStandardOutput().data())

    def _on_complaint(self) -> None:
        text = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        self._complaints = (self._complaints + text)[-MOST_COMPLAINTS:]

    def _on_finished(self) -> None:
        self._on_output()
        self._on_complaint()
        self.ended.emit(self._complaints)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit(self._process.errorString())


def _environment() -> QProcessEnvironment:
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in ALLOCATOR.items():
        if not environment.contains(name):
            environment.insert(name, value)
    # the same package, wherever the window was started from
    package = str(Path(__file__).parents[2])
    paths = environment.value("PYTHONPATH")
    environment.insert("PYTHONPATH", f"{package}{os.pathsep}{paths}" if paths else package)
    return environment
