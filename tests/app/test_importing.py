"""The process of an import: asked in text, within its limits, ended with what it has started."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from designer.app import importing
from designer.app.importing import Cancelled, Importer, Refused

ROOT = Path(__file__).parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="this system has no groups")

FORKING = """
import os, sys, time
child = os.fork()
if child == 0:
    if sys.argv[2] == "killed":
        os.close(1)  # or nobody would hear that its parent has ended
    time.sleep(600)
    os._exit(0)
with open(sys.argv[1], "w") as file:
    file.write(str(child))
print('{"kind":"Preparing","what":"forked"}', flush=True)
sys.stdin.readline()
if sys.argv[2] == "killed":
    os.kill(os.getpid(), 9)
if sys.argv[2] == "answered":
    print('{"kind":"ModelRefused","sentence":"no"}', flush=True)
time.sleep(600)
"""
"""An importer that has a child of its own."""


def is_running(child: int) -> bool:
    """Whether a process is there, and not only waits for somebody to hear that it has ended."""
    try:
        told = Path(f"/proc/{child}/stat").read_text("ascii")
    except FileNotFoundError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are not told here")
@pytest.mark.parametrize("way", ["cancelled", "answered", "killed"])
def test_what_an_import_has_started_ends_with_it(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "child"
    monkeypatch.setattr(importing, "COMMAND", (sys.executable, "-c", FORKING, str(noted), way))
    importer = Importer("net:Net")

    def hear(what: str) -> None:
        if way == "cancelled":
            threading.Thread(target=importer.cancel).start()

    importer._say = hear
    with pytest.raises(Cancelled if way == "cancelled" else Refused):
        importer.read()
    child = int(noted.read_text("ascii"))
    for _ in range(1000):
        if not is_running(child):
            break
        threading.Event().wait(0.01)
    assert not is_running(child)


def test_a_name_that_is_no_text_is_refused_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "COMMAND", ("no such program",))
    with pytest.raises(Refused, match="no text in UTF-8"):
        Importer("bad\udcff.onnx").read()


def test_an_importer_leaves_when_it_is_asked_what_is_no_request() -> None:
    text = "from designer.engine.channel import Channel\nChannel().listen(needs_all=True)\n"
    text += "import threading\nthreading.Event().wait()"
    done = subprocess.run(
        [sys.executable, "-c", text],
        input=b"nonsense\n",
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert b"The engine was asked what is no request" in done.stdout


@posix
def test_limits_that_are_there_already_are_kept_where_they_are_lower() -> None:
    text = """
import resource
resource.setrlimit(resource.RLIMIT_CPU, (500, 700))
resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
from designer.engine.importing import door
door._limit()
print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_AS)[1])
"""
    done = subprocess.run(
        [sys.executable, "-c", text],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == f"(500, 500) {1 << 29}", done.stderr
