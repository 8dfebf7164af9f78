"""From the start of the process to the end of the first paint, offscreen: the window on a
project file, title bar, palette, canvas, tabs and status bar painted, beside a bare QMainWindow;
and from there until the shapes on the nodes are painted too. Wall-clock time.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.resources import as_file
from statistics import median

from benchmarks.measure import Row
from designer.resources import resource

TITLE = "First paint"

# Reports the time when the first paint of the main window and all in it is over, and of a window
# on a project the time when it has been painted with the shapes.
WATCH = """
import os, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

def tell():
    os.write(1, f"{time.monotonic()!r}\\n".encode())

def painted(window):
    tell()
    if not hasattr(window, "session"):
        os._exit(0)
    window.session.changed.connect(lambda *_: QTimer.singleShot(0, analysed))

def analysed():
    tell()
    os._exit(0)

class Watch(QObject):
    waiting = True
    def eventFilter(self, receiver, event):
        if self.waiting and event.type() == QEvent.Type.Paint:
            self.waiting = False
            QTimer.singleShot(0, lambda: painted(receiver))
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
        paints(ours)  # compiles what has changed since the last start
        rounds = 3 if quick else 21
        times = [(*paints(WATCH + BARE), *paints(ours)) for _ in range(rounds)]
    return list(_rows(times))


def _rows(times: list[tuple[float, ...]]) -> Iterator[Row]:
    """The median of the rounds' ratios: what else the machine does slows neighbours alike."""
    ours = median(ours for _, ours, _ in times) * 1e3
    ratio = median(ours / bare for bare, ours, _ in times)
    shapes = median(shapes - ours for _, ours, shapes in times) * 1e3
    yield Row("window on assignment 4", ours, "bare QMainWindow", ours / ratio, "ms", target=2.0)
    yield Row("from there to its shapes", shapes, "limit", 300, "ms", target=1.0)


def paints(program: str) -> tuple[float, ...]:
    """Seconds from starting a process with this program to each paint that it tells of.

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
        return tuple(float(told) - start for told in result.stdout.split())
