"""Every step on a screen of 3840 × 2160 pixels with 5,000 nodes, in a process of its own."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable

from benchmarks.measure import Row, gestures

A_FRAME = 16.0
"""Milliseconds, at 60 frames a second."""
MIDDLE_ZOOM = 0.4
"""Where the most nodes are shown with their names."""


def large_screens(rounds: int) -> list[Row]:
    """The steps with one device pixel a pixel, and with four."""
    rows = []
    for ratio in (1, 2):
        environment = {**os.environ, "QT_SCALE_FACTOR": str(ratio)}
        command = [sys.executable, "-m", "benchmarks.large_screens", str(ratio), str(rounds)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
        for step, ms in json.loads(done.stdout).items():
            subject = f"{step}, 5,000 nodes, 3840 × 2160 at ratio {ratio}"
            rows.append(Row(subject, ms, "a frame", A_FRAME, "ms", 1.0))
    return rows


def _measured(ratio: int, rounds: int) -> dict[str, float]:
    from PySide6.QtCore import QPointF

    from benchmarks.hands import Hands
    from benchmarks.nets import as_design, inception_chain, with_full_look

    design = with_full_look(as_design(inception_chain(5000)))
    hands = Hands(design, (3840 // ratio, 2160 // ratio))
    assert hands.canvas.devicePixelRatioF() == ratio
    hands.canvas.choose({"b0_concat"})
    found: dict[str, float] = {}

    def measure(what: str, step: Callable[[object], object], values: list[object]) -> None:
        times = gestures({what: step}, lambda: values, max(2, rounds // len(values)))[what]
        found[what] = statistics.median(times) * 1e3

    zooms = [1.06] * 5 + [1 / 1.06] * 5
    pans = [(-8, -2)] * 6 + [(8, 2)] * 6
    drags = [QPointF(x, y) for x, y in ((12, 12), (20, 4), (28, 12), (20, 20))] * 3
    hands.fit()
    measure("repaint, to fit", lambda _: hands.repaint(), [None] * 12)
    x, y = hands.canvas.picture.boxes[:, :2].mean(axis=0).tolist()
    for where in ("to fit", "1:1", f"at {MIDDLE_ZOOM:.0%}"):
        if where != "to fit":
            scale = 1.0 if where == "1:1" else MIDDLE_ZOOM
            hands.show_zoomed(x, y, scale)
        measure(f"pan step, {where}", lambda step: hands.pan(*step), pans)
        measure(f"hover step, {where}", hands.hover, list(hands.way(40)))
        measure(f"zoom step, {where}", hands.zoom, zooms)
        at = hands.grab(hands.nearest(x, y))
        measure(f"drag step, {where}", lambda step, at=at: hands.drag(at + step), drags)
        hands.let_go()
    return found


if __name__ == "__main__":
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    from designer.ui.theme.fonts import load_fonts

    load_fonts()
    print(json.dumps(_measured(int(sys.argv[1]), int(sys.argv[2]))))
