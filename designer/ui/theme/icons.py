"""Icons: our own SVG drawings, tinted with the ink of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from designer.resources import resource
from designer.ui.theme.scale import px


def icon(name: str, ink: str, size: int = 16) -> QIcon:
    """Draw `resources/icons/<name>.svg` in a colour, sharp at one and two pixels a point.

    `size` is in pixels at 100 %.
    """
    return _drawn(name, ink, px(size))


@lru_cache(maxsize=256)
def _drawn(name: str, ink: str, size: int) -> QIcon:
    text = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", ink)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    made = QIcon()
    for ratio in (1, 2):
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            renderer.render(painter)
        pixmap.setDevicePixelRatio(ratio)
        made.addPixmap(pixmap)
    return made
