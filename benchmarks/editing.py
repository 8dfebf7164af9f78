"""From an edit to the repainted window, offscreen, with the canvas zoomed to fit: the edit applied,
the design analysed, every panel told, and the canvas painted. The budget is a frame at 60 Hz; what
is put off until after the paint (the text of the code panel, say) is left out. Processor time.
"""

import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Row, interleaved
from benchmarks.nets import as_design, inception_chain
from designer.app.settings import SettingsFile
from designer.core.design import Design
from designer.core.edit import Edit
from designer.core.edits import InsertOnEdge, Move, SetParam
from designer.core.graph import Node
from designer.layers import CATALOGUE
from designer.ui.main_window import MainWindow
from designer.ui.start import make_window
from designer.ui.theme.theme import Theme

TITLE = "From an edit to the picture"

FRAME = 16.0
"""Milliseconds between two pictures at 60 Hz."""

SIZE = (1600, 1000)


def run(quick: bool = False) -> list[Row]:
    """Edit nets of 1,000 and 2,000 nodes."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme("dark")
    theme.apply()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for nodes in (1000, 2000):
            window = make_window(SettingsFile(Path(folder) / "settings.json"), theme, engine=False)
            rows += _measure(window, as_design(inception_chain(nodes)), 5 if quick else 31)
            window.session.new()  # nothing that a window could ask to save
            window.close()
            window.deleteLater()
            _settle(100)
    return rows


def _measure(window: MainWindow, design: Design, rounds: int) -> list[Row]:
    window.resize(*SIZE)
    window.show()
    _settle(500)
    window.session.new(design)
    window.canvas.zoom_fit()
    _settle(500)
    node = next(n.id for n in design.nodes.values() if type(n.layer).__name__ == "Conv2d")
    wire = next(e for e in design.edges if e.target == node)
    new = Node("new", CATALOGUE["Dropout2d"](), (0.0, -100.0))
    what = {
        "a parameter, the shape stays": lambda i: SetParam(node, "bias", i % 2 == 1),
        "a parameter, the shape changes": lambda i: SetParam(node, "out_channels", 4 + i % 2),
        "a node moved": lambda i: Move({node: (10.0 * (i % 9), 5.0)}),
        "a node put on a wire": lambda i: InsertOnEdge(wire, new),
    }
    target = 1.0 if len(design.nodes) <= 1000 else None
    times = interleaved({name: _edit(window, make) for name, make in what.items()}, rounds)
    return [
        Row(f"{name}, {len(design.nodes):,} nodes", seconds * 1e3, "a frame", FRAME, "ms", target)
        for name, seconds in times.items()
    ]


def _edit(
    window: MainWindow, make: Callable[[int], Edit]
) -> tuple[Callable[[], Edit], Callable[[Edit], object]]:
    numbers = count()

    def prepare() -> Edit:
        if "new" in window.session.design.nodes:
            window.session.undo()
        _settle(60)  # what the edit before put off
        return make(next(numbers))

    def work(edit: Edit) -> None:
        assert window.session.execute(edit)
        window.canvas.repaint()

    return prepare, work


def _settle(milliseconds: int) -> None:
    """Let pass what the window does by itself."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
