"""The canvas widget with all that it shows, beside a bare QGraphicsScene that holds only a
rectangle for each node and a curve for each wire: a full repaint of 1600 × 1000 pixels, zoomed
to fit and at 1:1, and making either from scratch. Both antialiased, offscreen. Processor time.
"""

from PySide6.QtWidgets import QApplication, QGraphicsView

import designer
from benchmarks.measure import Row, interleaved
from benchmarks.nets import as_design, inception_chain
from benchmarks.scene import fit, scene_view
from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.design import Design
from designer.ui.canvas.compose import compose
from designer.ui.canvas.view import CanvasView
from designer.ui.theme.theme import Theme

TITLE = "The canvas"

SIZE = (1600, 1000)
OFTEN = 5


def run(quick: bool = False) -> list[Row]:
    """Measure at 1,000 and at 5,000 nodes."""
    application = QApplication.instance() or QApplication([])
    theme = Theme("dark")
    rounds = 5 if quick else 41
    rows = []
    for nodes, target in ((1000, 0.3), (5000, 0.25)):
        rows += _measure(nodes, target, theme, rounds)
        application.processEvents()
    return rows


def _measure(nodes: int, target: float, theme: Theme, rounds: int) -> list[Row]:
    design = as_design(inception_chain(nodes))
    canvas = _canvas(design, theme)
    boxes, ends = canvas.picture.boxes.tolist(), canvas.picture.ends.tolist()
    scene = scene_view(boxes, ends, *SIZE)
    analysis = designer.analyze(design)

    canvas.zoom_fit()
    fit(scene)
    far = _repaints(canvas, scene, rounds)
    canvas.set_viewport(canvas.viewport.centred((2000, 300), 1.0))
    scene.resetTransform()
    scene.centerOn(2000, 300)
    near = _repaints(canvas, scene, rounds)
    made = interleaved(
        {
            "canvas": lambda: compose(design, analysis),
            "scene": lambda: scene_view(boxes, ends, *SIZE).deleteLater(),
        },
        rounds=max(3, rounds // 5),
    )
    scene.close(), canvas.close()
    what = f"{len(design.nodes):,} nodes"
    return [
        _row(f"repaint, to fit, {what}", far, target),
        _row(f"repaint, 1:1, {what}", near),
        _row(f"build, {what}", made, 0.3 if nodes == 1000 else 0.5),
    ]


def _canvas(design: Design, theme: Theme) -> CanvasView:
    session = Session(design)
    canvas = CanvasView(session, Selection(), theme)
    canvas.resize(*SIZE)
    canvas.show()
    session.setParent(canvas)
    session.analyse()
    return canvas


def _repaints(canvas: CanvasView, scene: QGraphicsView, rounds: int) -> dict[str, float]:
    QApplication.processEvents()
    return interleaved({"canvas": canvas.repaint, "scene": scene.viewport().repaint}, rounds)


def _row(subject: str, times: dict[str, float], target: float | None = None) -> Row:
    ms = {name: seconds * 1e3 for name, seconds in times.items()}
    return Row(subject, ms["canvas"], "bare scene", ms["scene"], "ms", target)
