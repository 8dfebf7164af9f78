"""Importing a foreign net: in a process of its own, which can be ended at any time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from designer.core.decode import DecodeError
from designer.core.design import Design
from designer.core.shape import Shape
from designer.protocol.line import from_line, to_line
from designer.protocol.reports import ModelImported, ModelRefused, Preparing, RunFailed
from designer.protocol.requests import ImportModel
from designer.storage import StorageError, from_text

MOST_SECONDS = 900.0
TORCHVISION = "torchvision:"
COMMAND = (sys.executable, "-P", "-m", "designer.engine", "--import")
"""The process; -P: nothing in the folder that we are in takes the place of a library."""


class Refused(Exception):  # noqa: N818 - an answer to the user
    """A net cannot be imported; the sentence says why, and nothing was written."""


class Cancelled(Exception):  # noqa: N818 - somebody wanted it
    """The import was ended on request."""


class Import(NamedTuple):
    """A design that gives what its original gives, and what is to be told of it.

    `weights` is a file in a folder of its own that is the caller's to delete, or None.
    """

    design: Design
    source: str
    parameters: int
    images: int
    difference: float
    is_weak: bool
    left_out: tuple[str, ...]
    weights: Path | None

    @property
    def sentence(self) -> str:
        """What was proved."""
        difference = "0" if self.difference == 0 else f"{self.difference:.1g}"
        said = (
            f"same outputs as the original on {self.images} random images, largest difference "
            f"{difference}; {self.parameters:,} weights"
        )
        if self.is_weak:
            said += "; with these weights the outputs hardly depend on the image: a weak proof"
        if self.left_out:
            names = ", ".join(self.left_out[:4]) + (" …" if len(self.left_out) > 4 else "")
            said += f"; left out, as forward does not reach it in evaluation: {names}"
        return said


class Importer:
    """One import; `read` does it and waits, `cancel` ends it from any other thread."""

    def __init__(
        self, source: str, image: Sequence[int] = (), say: Callable[[str], object] | None = None
    ) -> None:
        self._source, self._image = source, tuple(image)
        self._say = say or (lambda what: None)
        self._process: subprocess.Popen[bytes] | None = None
        self._is_late = False
        self._made: Path | None = None
        self._lock = threading.Lock()
        self.is_cancelled = False

    def cancel(self) -> None:
        """End it; what it had made is gone, even if it was read already."""
        with self._lock:
            self.is_cancelled = True
            made = self._made
        self._end()
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)

    def read(self) -> Import:
        """Import the net. Raises Refused and Cancelled."""
        folder = Path(tempfile.mkdtemp(prefix="convnet-designer-"))
        keep = False
        timer = threading.Timer(MOST_SECONDS, self._on_late)
        timer.daemon = True
        try:
            with tempfile.TemporaryFile() as complaints:
                timer.start()
                answer = self._answer(folder, complaints)
            found = self._import(answer)
            with self._lock:
                if self.is_cancelled:
                    raise Cancelled
                keep = found.weights is not None
                self._made = folder if keep else None
            return found
        finally:
            timer.cancel()
            if not keep:
                shutil.rmtree(folder, ignore_errors=True)

    def _answer(self, folder: Path, complaints: IO[bytes]) -> ModelImported:
        for name in (self._source, str(folder)):
            if any("\ud800" <= letter <= "\udfff" for letter in name):
                told = name.encode(errors="replace").decode()
                raise Refused(f"the name {told[:120]} is no text in UTF-8: rename the file")
        request = to_line(ImportModel(self._source, str(folder), self._image))
        with self._lock:
            if self.is_cancelled:
                raise Cancelled
            # a session of its own: Ctrl+C is for this process, which ends that one
            process = self._process = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env=_environment(),
                start_new_session=True,
            )
        try:
            return self._heard(process, request, complaints)
        finally:
            self._end()  # with whatever it has started, and before its number is anybody else's
            with self._lock:
                self._process = None
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _heard(
        self, process: subprocess.Popen[bytes], request: bytes, complaints: IO[bytes]
    ) -> ModelImported:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(request)
            process.stdin.flush()
        except OSError:
            pass  # it is gone already: what it said comes next
        for line in process.stdout:
            try:
                report = from_line(line)
            except DecodeError:
                continue
            if isinstance(report, Preparing):
                self._say(report.what)
            elif isinstance(report, ModelImported):
                return report
            elif isinstance(report, ModelRefused):
                raise Refused(report.sentence)
            elif isinstance(report, RunFailed):
                raise Refused(f"{report.sentence} {report.suggestion}".strip())
        if self.is_cancelled:
            raise Cancelled
        if hasattr(os, "waitid"):  # it has ended, but its number stays its own
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            self._end()
        raise Refused(self._why_gone(process.wait(), complaints))

    def _why_gone(self, code: int, complaints: IO[bytes]) -> str:
        """What is to be said of a process that ended without an answer."""
        if self._is_late:
            return f"importing {self._source} took more than {MOST_SECONDS / 60:.0f} minutes"
        complaints.seek(0)
        lines = complaints.read()[-4000:].decode(errors="replace").strip().splitlines()
        last = f": {lines[-1].strip()[:200]}" if lines else ""
        how = f"signal {-code}" if code < 0 else f"code {code}"
        return (
            f"the process that imported {self._source} ended by itself ({how}){last}. It may "
            "have needed more memory than is free here"
        )

    def _import(self, answer: ModelImported) -> Import:
        try:
            design = from_text(answer.project)
        except StorageError as error:
            raise Refused(f"{self._source} became no design that can be read: {error}") from None
        return Import(
            design,
            self._source,
            answer.parameters,
            answer.images,
            answer.difference,
            answer.is_weak,
            answer.left_out,
            Path(answer.weights) if answer.weights else None,
        )

    def _on_late(self) -> None:
        self._is_late = True
        self._end()

    def _end(self) -> None:
        """End the process, and what it has started itself where the system knows that."""
        with self._lock:
            process = self._process
            if process is None or process.returncode is not None:
                return
            if sys.platform == "win32":
                process.kill()
            else:
                with suppress(OSError):  # nobody is left
                    os.killpg(process.pid, signal.SIGKILL)


def image_of(text: str) -> Shape:
    """Channels, height and width out of `3,224,224` or `3x224x224`; raises ValueError."""
    sizes = [int(part) for part in text.replace("×", ",").replace("x", ",").split(",")]
    if len(sizes) != 3 or not all(1 <= size <= 100_000 for size in sizes):
        raise ValueError(f"{text!r} is no image")
    return Shape(sizes)


def _environment() -> dict[str, str]:
    """The same package, wherever this process was started from."""
    package = str(Path(__file__).parents[2])
    paths = os.environ.get("PYTHONPATH")
    both = f"{package}{os.pathsep}{paths}" if paths else package
    return {**os.environ, "PYTHONPATH": both}
