"""Pictures of a design: PNG, SVG and PDF, painted by the same function as the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.data.error import Cancelled
from designer.storage import write_bytes
from designer.ui.canvas.compose import compose
from designer.ui.canvas.paint import paint
from designer.ui.canvas.picture import Picture
from designer.ui.canvas.viewport import Viewport
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.tokens import Tokens

EDGE = 32.0
LARGEST = 16_000
"""Pixels along one side of an image, at most."""
BAND = 512
"""Rows of an image that are painted at once."""
ENDINGS = (".svg", ".pdf", ".png")
"""What a picture's file can end in."""


def render_image(
    design: Design,
    analysis: Analysis,
    tokens: Tokens,
    scale: float = 2.0,
    unfolded: frozenset[str] = frozenset(),
) -> QImage:
    """Paint the whole design into an image, `scale` pixels a canvas unit (less for huge ones)."""
    picture, viewport = _whole(design, analysis, unfolded)
    scale = min(scale, LARGEST / viewport.width, LARGEST / viewport.height)
    size = QSize(round(viewport.width * scale), round(viewport.height * scale))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(round(scale * 96 / 0.0254))
    image.setDotsPerMeterY(round(scale * 96 / 0.0254))
    with QPainter(image) as painter:
        painter.scale(scale, scale)
        # band by band: a call that fills 400 MB at once would keep the window waiting
        for top in range(0, size.height(), BAND):
            band = QRectF(0, top / scale, size.width() / scale, BAND / scale)
            painter.setClipRect(band)
            paint(painter, picture, viewport, tokens, exposed=(band,), grid=False)
    return image


def export_picture(
    design: Design,
    analysis: Analysis,
    tokens: Tokens,
    path: Path,
    unfolded: frozenset[str] = frozenset(),
    cancel: Callable[[], bool] = lambda: False,
) -> None:
    """Write the whole design to `.png`, `.svg` or `.pdf`; in the latter two text stays text.

    Raises ValueError for another ending, StorageError where the file cannot be written, Cancelled
    where `cancel` says so; a file that stood there is then as it was.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise ValueError(f"{path.name}: a picture ends in .png, .svg or .pdf, not in {ending!r}")
    content = picture_bytes(design, analysis, tokens, ending, unfolded)
    if cancel():
        raise Cancelled
    write_bytes(path, content)


def picture_bytes(
    design: Design,
    analysis: Analysis,
    tokens: Tokens,
    ending: str,
    unfolded: frozenset[str] = frozenset(),
) -> bytes:
    """The content of a picture file of one of ENDINGS."""
    load_fonts()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if ending == ".png":
        image = render_image(design, analysis, tokens, 2.0, unfolded)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())
    picture, viewport = _whole(design, analysis, unfolded)
    device = _svg if ending == ".svg" else _pdf
    with QPainter(made := device(buffer, design, viewport)) as painter:
        if isinstance(made, QPdfWriter):
            painter.scale(made.width() / viewport.width, made.width() / viewport.width)
        paint(painter, picture, viewport, tokens, grid=False)
    return bytes(buffer.data().data())


def _whole(
    design: Design, analysis: Analysis, unfolded: frozenset[str]
) -> tuple[Picture, Viewport]:
    """The picture, and a viewport at a zoom of 1 that shows all of it with room around."""
    picture = compose(design, analysis, unfolded=unfolded)
    left, top, right, bottom = picture.bounds()
    lower = EDGE + (96.0 if picture.faults else 0.0)
    width, height = right - left + 2 * EDGE, bottom - top + EDGE + lower
    return picture, Viewport(1.0, left - EDGE, top - EDGE, width, height)


def _svg(buffer: QBuffer, design: Design, viewport: Viewport) -> QSvgGenerator:
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setTitle(design.name)
    made.setDescription("A convolutional network, drawn by Convnet Designer")
    made.setSize(QSize(round(viewport.width), round(viewport.height)))
    made.setViewBox(QRectF(0, 0, viewport.width, viewport.height))
    made.setResolution(96)
    return made


def _pdf(buffer: QBuffer, design: Design, viewport: Viewport) -> QPdfWriter:
    made = QPdfWriter(buffer)
    made.setTitle(design.name)
    made.setCreator("Convnet Designer")
    points = QSizeF(viewport.width * 0.75, viewport.height * 0.75)
    made.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    made.setPageMargins(QMarginsF(0, 0, 0, 0))
    return made
