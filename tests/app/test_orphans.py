"""A window that is killed in the middle of a run leaves no process behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from designer.storage import runs, save
from tests.engine.nets import reading, small_net, some_letters

WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from designer.app.engine_host import EngineHost
from designer.app.session import Session
from designer.app.trainer import Trainer
from designer.storage import load

application = QCoreApplication([])
session = Session(load(sys.argv[1]), load=load)
session.path = Path(sys.argv[1])
session.analyse()
host = EngineHost()
host.start()
trainer = Trainer(session, host)
trainer.start()
while trainer.run.steps < 30 or host._helper is None or host._spare is None:
    application.processEvents()
waiting = (host._helper, host._spare, trainer.run._process)
print(*(process.process_id for process in waiting), trainer.run.folder, flush=True)
application.exec()
"""


def alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
        status = Path(f"/proc/{process_id}/stat").read_text("ascii", "replace")
    except ProcessLookupError:
        return False
    except OSError:
        return not Path("/proc/self/stat").exists()  # no /proc: signal 0 has said all there is
    # a zombie has ended, and waits only for whoever inherited it to take note
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="looks processes up as POSIX does")
def test_nothing_outlives_a_window_that_is_killed(tmp_path):
    letters = some_letters(tmp_path / "some.npz")
    project = tmp_path / "net.convnet"
    save(reading(small_net(epochs=5000), letters), project)
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(project)], stdout=subprocess.PIPE, encoding="utf-8"
    )
    try:
        *numbers, folder = window.stdout.readline().split()
    finally:
        window.kill()
        window.wait()
        window.stdout.close()
    end = time.monotonic() + 5
    while (left := [n for n in numbers if alive(int(n))]) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []
    assert runs.read_run(Path(folder)).state.state == "stopped"
    assert (Path(folder) / "checkpoint.pt").is_file()
