"""A sheet: something to be painted as a whole, and the files that it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from designer.data.error import Cancelled
from designer.storage import write_bytes
from designer.ui.canvas.drawing.draw import proportional
from designer.ui.canvas.scene.viewport import Rect, Viewport
from designer.ui.svg import with_fonts
from designer.ui.theme.fonts import load_fonts

EDGE = 32.0
INCH = 2.54
"""Centimetres."""
DOTS = 300.0
"""An inch has so many pixels where a width in print is given."""
_SIZE = re.compile(r'<svg width="[^"]*" height="[^"]*"')
LARGEST = 16_000
"""Pixels along one side of an image, at most."""
BAND = 512
"""Rows of an image that are painted at once."""
CLEARED = 16
"""Rows that are cleared at once: the system gives their memory only now, a megabyte of it for a
row of LARGEST pixels, and the window waits for Python's lock meanwhile."""
ENDINGS = (".svg", ".pdf", ".png")
"""What a picture's file can end in."""


class Sheet(NamedTuple):
    """What is on it: its title, its size in canvas units, and what paints it or a band of it.

    In print a unit is as large as a pixel of a screen, or the whole is `width` centimetres wide.
    """

    title: str
    viewport: Viewport
    paint: Callable[[QPainter, QRectF | None], None]
    width: float | None = None

    @property
    def points(self) -> float:
        """How many points of a printer a unit is."""
        if self.width is None:
            return 0.75
        return self.width / INCH * 72.0 / self.viewport.width


def around(bounds: Rect, below: float | None = None, edge: float = EDGE) -> Viewport:
    """A viewport at a zoom of 1 that shows a rectangle with room around it."""
    left, top, right, bottom = bounds
    width = right - left + 2 * edge
    height = bottom - top + edge + (edge if below is None else below)
    return Viewport(1.0, left - edge, top - edge, width, height)


def image_of(sheet: Sheet, scale: float = 2.0) -> QImage:
    """Paint a sheet into an image, `scale` pixels a canvas unit (less for huge ones)."""
    viewport, dots = sheet.viewport, scale * 72.0 / sheet.points
    scale = min(scale, LARGEST / viewport.width, LARGEST / viewport.height)
    size = QSize(round(viewport.width * scale), round(viewport.height * scale))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(round(dots * 100 / INCH))
    image.setDotsPerMeterY(round(dots * 100 / INCH))
    with proportional(), QPainter(image) as painter:
        # band by band: a call that fills 400 MB at once would keep the window waiting
        for top in range(0, size.height(), BAND):
            painter.resetTransform()
            painter.setClipping(False)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            for row in range(top, top + BAND, CLEARED):
                painter.fillRect(0, row, size.width(), CLEARED, Qt.GlobalColor.transparent)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.scale(scale, scale)
            band = QRectF(0, top / scale, size.width() / scale, BAND / scale)
            painter.setClipRect(band)
            sheet.paint(painter, band)
    return image


def bytes_of(sheet: Sheet, ending: str, scale: float = 2.0) -> bytes:
    """The content of a picture file of one of ENDINGS; in SVG and PDF text stays text.

    `scale` is how many pixels a canvas unit has in a PNG; one of a given width has DOTS an inch.
    """
    if sheet.width is not None:
        scale = DOTS * sheet.points / 72.0
    load_fonts()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if ending == ".png":
        QImageWriter(buffer, QByteArray(b"png")).write(image_of(sheet, scale))
        return bytes(buffer.data().data())
    device = _svg if ending == ".svg" else _pdf
    with proportional(), QPainter(made := device(buffer, sheet)) as painter:
        if isinstance(made, QPdfWriter):
            painter.scale(made.width() / sheet.viewport.width, made.width() / sheet.viewport.width)
        sheet.paint(painter, None)
    content = bytes(buffer.data().data())
    if ending != ".svg":
        return content
    size = (sheet.viewport.width * sheet.points, sheet.viewport.height * sheet.points)
    return with_fonts(_SIZE.sub(_in_millimetres(size), content.decode(), count=1)).encode()


def _in_millimetres(points: tuple[float, float]) -> str:
    width, height = (side / 72.0 * INCH * 10.0 for side in points)
    return f'<svg width="{width:.4f}mm" height="{height:.4f}mm"'


def write_picture(
    sheet: Sheet, path: Path, cancel: Callable[[], bool] = lambda: False, scale: float = 2.0
) -> None:
    """Write a sheet to `.png`, `.svg` or `.pdf`, whole or not at all.

    Raises ValueError for another ending, StorageError where the file cannot be written, Cancelled
    where `cancel` says so; a file that stood there is then as it was.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"{path.name}: a picture ends in .png, .svg or .pdf, not in {ending!r}")
    content = bytes_of(sheet, ending, scale)
    if cancel():
        raise Cancelled
    write_bytes(path, content)


def _svg(buffer: QBuffer, sheet: Sheet) -> QSvgGenerator:
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setTitle(sheet.title)
    made.setDescription("A convolutional network, drawn by Convnet Designer")
    made.setSize(QSize(round(sheet.viewport.width), round(sheet.viewport.height)))
    made.setViewBox(QRectF(0, 0, sheet.viewport.width, sheet.viewport.height))
    made.setResolution(96)
    return made


def _pdf(buffer: QBuffer, sheet: Sheet) -> QPdfWriter:
    made = QPdfWriter(buffer)
    made.setTitle(sheet.title)
    made.setCreator("Convnet Designer")
    points = QSizeF(sheet.viewport.width * sheet.points, sheet.viewport.height * sheet.points)
    made.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    return made
