"""From an edit to the repainted window, offscreen, with the canvas zoomed to fit: the edit applied,
or taken back, the design analysed, every panel told, and the canvas painted; from a click on
another node to its page in the inspector. The budget is a frame at 60 Hz; what is put off until
after the paint (the text of the code panel, say) is left out. Processor time.
"""

import tempfile
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Contestant, Row, interleaved
from benchmarks.nets import as_design, inception_chain
from designer.app.settings import SettingsFile
from designer.core.design import Design
from designer.core.edit import Edit
from designer.core.edits import InsertOnEdge, Move, RemoveNodes, SetParam
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
    steps: dict[str, Contestant] = {name: _edit(window, make) for name, make in what.items()}
    for name in ("a node moved", "a node put on a wire"):
        steps[f"{name}, taken back"] = _undo(window, what[name])
    others = cycle([n.id for n in design.nodes.values() if type(n.layer).__name__ == "Conv2d"])
    steps["another node selected"] = _selection(window, others)
    steps["everything deleted"] = _edit(window, lambda i: RemoveNodes(frozenset(design.nodes)))
    times = interleaved(steps, rounds)
    return [
        Row(f"{name}, {len(design.nodes):,} nodes", seconds * 1e3, "a frame", FRAME, "ms", target)
        for name, seconds in times.items()
    ]


def _edit(
    window: MainWindow, make: Callable[[int], Edit]
) -> tuple[Callable[[], Edit], Callable[[Edit], object]]:
    numbers = count()

    def prepare() -> Edit:
        _put_back(window)
        return make(next(numbers))

    def work(edit: Edit) -> None:
        assert window.session.execute(edit)
        window.canvas.repaint()

    return prepare, work


def _undo(
    window: MainWindow, make: Callable[[int], Edit]
) -> tuple[Callable[[], object], Callable[[object], object]]:
    prepare, work = _edit(window, make)

    def take_back(_: object) -> None:
        window.session.undo()
        window.canvas.repaint()

    def prepared() -> None:
        work(prepare())
        _settle(60)

    return prepared, take_back


def _selection(
    window: MainWindow, nodes: Iterator[str]
) -> tuple[Callable[[], str], Callable[[str], object]]:
    def prepare() -> str:
        _put_back(window)
        return next(nodes)

    def work(node: str) -> None:
        window.selection.set({node})
        QApplication.processEvents()

    return prepare, work


def _put_back(window: MainWindow) -> None:
    """Have the net as it was, and nothing selected, when all that was put off is done."""
    nodes = window.session.design.nodes
    if "new" in nodes or not nodes:
        window.session.undo()
    window.selection.clear()
    _settle(60)


def _settle(milliseconds: int) -> None:
    """Let pass what the window does by itself."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
