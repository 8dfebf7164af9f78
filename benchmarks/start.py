"""From the start of the process to the end of the first paint, offscreen: the window on a
project file, palette and canvas painted, beside a bare QMainWindow. Wall-clock time.
"""

import os
import subprocess
import sys
import tempfile
import time
from importlib.resources import as_file

from benchmarks.measure import Row, returned
from designer.resources import resource

TITLE = "First paint"

# Reports the time when the first paint of the main window and all in it is over.
WATCH = """
import os, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

def painted():
    os.write(1, repr(time.monotonic()).encode())
    os._exit(0)

class Watch(QObject):
    waiting = True
    def eventFilter(self, receiver, event):
        if self.waiting and event.type() == QEvent.Type.Paint:
            self.waiting = False
            QTimer.singleShot(0, painted)
        return False

watch = Watch()
run = QApplication.exec
def watched(*_):
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow):
            window.installEventFilter(watch)
    return run()
QApplication.exec = watched
"""

BARE = """
app = QApplication([])
window = QMainWindow()
window.resize(1600, 1000)
window.show()
app.exec()
"""

OURS = """
import sys
from designer.cli import main
sys.argv = ["convnet-designer", {path!r}]
main()
"""


def run(quick: bool = False) -> list[Row]:
    """Start both by turns."""
    with as_file(resource("templates", "assignment-4.convnet")) as path:
        ours = WATCH + OURS.format(path=str(path))
        first_paint(ours)  # compiles what has changed since the last start
        times = returned(
            {"ours": lambda: first_paint(ours), "bare": lambda: first_paint(WATCH + BARE)},
            rounds=3 if quick else 15,
        )
    return [
        Row(
            "window on assignment 4",
            times["ours"] * 1e3,
            "bare QMainWindow",
            times["bare"] * 1e3,
            "ms",
            target=2.0,
        )
    ]


def first_paint(program: str) -> float:
    """Seconds from starting a process with this program to its first painted window.

    Its home is an empty folder: no settings, no recovery, no trace in the user's own. Compiled
    modules are kept, as they are for every start but the first.
    """
    with tempfile.TemporaryDirectory() as home:
        homes = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA")
        environment = {**os.environ, **dict.fromkeys(homes, home)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        start = time.monotonic()
        result = subprocess.run(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            check=True,
            timeout=60,
            env=environment,
        )
        return float(result.stdout) - start
