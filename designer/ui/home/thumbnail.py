"""A thumbnail: a whole net, painted small by the function that paints the canvas."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens

SIZE = QSize(288, 128)
"""Pixels at 100 %, before the screen's own ratio."""
MARGIN = 18.0
"""Pixels, of which the titles of frames need some."""
LARGEST = 0.33
"""No thumbnail comes nearer: nodes are bars in the colours of their families."""


def thumbnail(design: Design, tokens: Tokens, size: QSize = SIZE, ratio: float = 1.0) -> QImage:
    """Paint a net as large as it fits, `ratio` device pixels a pixel; any thread may."""
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.fillRect(0, 0, size.width(), size.height(), QColor(tokens.canvas))
        if design.nodes:
            picture = compose(design, analyze(design))
            whole = Viewport(width=size.width(), height=size.height(), ratio=ratio)
            viewport = whole.fitted(picture.bounds(), margin=MARGIN, largest=LARGEST)
            paint(painter, picture, viewport, tokens, grid=False, cards=False)
    return image


def as_png(image: QImage) -> bytes:
    """The image as the content of a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
