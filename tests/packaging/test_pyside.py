"""The PySide6 that is installed keeps count of its references.

6.12.0 loses one of None, True or False each time such a value crosses a signal on its
way to a method, and Python 3.11, where these three are counted, aborts after a few
thousand; 6.9.1 breaks in other ways. Hence the bounds in pyproject.toml.
"""

import os
import subprocess
import sys

PROGRAM = """
import sys
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QWidget

class Source(QObject):
    fired = Signal(object, object, bool)
    gave = Signal(object)

class Receiver(QObject):
    received = 0

    @Slot(object)
    def on_value(self, value):
        self.received += 1

    def on_fired(self, *values):
        self.received += 1

class View(QWidget):
    painted = 0
    def paintEvent(self, event):
        painter = QPainter(self)
        painter.drawText(10, 20, str(self.painted))
        painter.end()
        self.painted += 1

app = QApplication([])
received = []
source, receiver, view = Source(), Receiver(), View()
source.fired.connect(lambda *values: received.append(values))
source.fired.connect(receiver.on_fired)
source.gave.connect(receiver.on_value)
view.show()
app.processEvents()
before = [sys.getrefcount(value) for value in (None, True, False)]
for number in range(5000):
    source.fired.emit(None, True, number % 2 == 0)
    source.gave.emit(None if number % 2 else True)
    if number % 10 == 0:
        view.repaint()
lost = [b - sys.getrefcount(v) for b, v in zip(before, (None, True, False))]
assert len(received) == 5000
assert receiver.received == 10000
assert received[1] == (None, True, False)
assert view.painted >= 500, view.painted
assert max(lost) < 100, f"references lost of None, True, False: {lost}"
print("survived")
"""


def test_5000_signals_and_500_repaints_lose_no_reference() -> None:
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "survived"
