"""A program that pans and drags on a screen of another device pixel ratio, and compares each step
with painting all: prints the ratio and the largest difference of a shade."""

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from designer.app.selection import Selection
from designer.app.session import Session
from designer.ui.canvas.view import CanvasView
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.theme import Theme
from tests.ui.canvas.hands import middle, pixel, press
from tests.ui.canvas.nets import blocks

PANS = [*[(-8, -2)] * 4, *[(8, 2)] * 6, (5, 0), (0, 9), (31, 17), (60, -40), (3, 3)]
DRAGS = [(40, -60), (30, 25), (44, 20), (90, -140), (60, -120), (-80, 60)]


def shown(canvas: CanvasView) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """What was painted last: of a screen with finer pixels as much as the platform gives."""
    QApplication.processEvents()
    while not canvas.is_settled:
        QApplication.processEvents()
    QApplication.processEvents()
    image = canvas.screen().grabWindow(canvas.winId()).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).astype(np.int64)


def differing(canvas: CanvasView) -> int:
    """How far the latest step is from painting all."""
    found = shown(canvas)
    canvas.repaint()
    return int(np.abs(found - shown(canvas)).max())


def main() -> None:
    """Pan and drag."""
    application = QApplication([])
    load_fonts()
    session, selection, theme = Session(blocks(20)), Selection(), Theme("dark")
    session.analyse()
    canvas = CanvasView(session, selection, theme)
    canvas.resize(900, 500)
    canvas.show()
    application.processEvents()
    worst = 0
    for scale in (1.0, 0.5):
        canvas.set_viewport(canvas.viewport.centred((1500.0, 120.0), scale))
        shown(canvas)
        for step in PANS:
            canvas.set_viewport(canvas.viewport.panned(*step))
            worst = max(worst, differing(canvas))
        place = middle(canvas, "join10")
        canvas.set_viewport(canvas.viewport.centred(place, scale))
        press(canvas, place)
        begin = pixel(canvas, *place)
        for at in DRAGS:
            QTest.mouseMove(canvas, begin + QPoint(*at))
            worst = max(worst, differing(canvas))
        canvas.cancel()
    print(canvas.devicePixelRatioF(), worst)


if __name__ == "__main__":
    main()
