"""Samples: a few images of each class of a data set, pixel by pixel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from designer.ui.theme.fonts import SECONDARY, words
from designer.ui.theme.scale import px
from designer.ui.theme.theme import Theme

GAP, BETWEEN, SIDE = 8, 32, 40
WIDEST_NAME = 120


class SamplesView(QWidget):
    """Paints a row a class, in as many columns of rows as there is width for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._classes: tuple[str, ...] = ()
        self._counts: tuple[int, ...] = ()
        self._strips: list[QImage] = []
        self._label = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName("Images of each class")
        theme.changed.connect(self._on_theme_changed)

    def show_samples(
        self, classes: Sequence[str], counts: Sequence[int], sheet: NDArray[np.uint8]
    ) -> None:
        """Show a sheet of classes × samples × H × W × C."""
        self._classes, self._counts = tuple(classes), tuple(counts)
        self._strips = [_strip(row) for row in sheet] if sheet.any() else []
        told = (f"{n}: {c:,} images" for n, c in zip(self._classes, self._counts, strict=True))
        self.setAccessibleDescription(", ".join(told))
        self._label = _label_width(self._classes, self._counts)
        self._take_height()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(480), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_height()

    def _on_theme_changed(self) -> None:
        self._label = _label_width(self._classes, self._counts)
        self._take_height()
        self.update()

    def _take_height(self) -> None:
        lines = -(-len(self._classes) // self._columns(self.width()))
        self.setMinimumHeight(lines * (self._side() + px(GAP)))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        side, columns = self._side(), self._columns(self.width())
        lines = -(-len(self._classes) // columns)
        label = self._label
        breadth = label + self._strip_width() + px(BETWEEN)
        with QPainter(self) as painter:
            painter.setFont(words(SECONDARY))
            metrics = QFontMetrics(painter.font())
            for index, name in enumerate(self._classes):
                left, top = breadth * (index // lines), (index % lines) * (side + px(GAP))
                if not event.rect().intersects(QRect(left, top, breadth, side)):
                    continue
                shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, px(WIDEST_NAME))
                count = f"{self._counts[index]:,}"
                area = QRect(left, top, label - px(12), side)
                painter.setPen(QColor(tokens.text))
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown)
                painter.setPen(QColor(tokens.text_muted))
                right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(area, right, count)
                if self._strips:
                    strip = self._strips[index]
                    painter.drawImage(QRect(left + label, top, self._strip_width(), side), strip)

    def _side(self) -> int:
        return px(SIDE) if self._strips else px(20)

    def _strip_width(self) -> int:
        if not self._strips:
            return 0
        strip = self._strips[0]
        return round(strip.width() * self._side() / strip.height())

    def _columns(self, width: int) -> int:
        return max(1, (width + px(BETWEEN)) // (self._label + self._strip_width() + px(BETWEEN)))


def _label_width(classes: Sequence[str], counts: Sequence[int]) -> int:
    """Room for the widest name and the widest count, with a gap after each."""
    metrics = QFontMetrics(words(SECONDARY))
    names = max(map(metrics.horizontalAdvance, classes), default=0)
    figures = max((metrics.horizontalAdvance(f"{count:,}") for count in counts), default=0)
    return min(names, px(WIDEST_NAME)) + figures + 2 * px(12)


def _strip(images: NDArray[np.uint8]) -> QImage:
    """Lay images side by side, each with two clear columns behind it."""
    count, height, width, channels = images.shape
    clear = np.zeros((count, height, 2, 4), np.uint8)
    opaque = np.full((count, height, width, 4), 255, np.uint8)
    opaque[..., :3] = images if channels == 3 else np.repeat(images[..., :1], 3, axis=3)
    pixels = np.concatenate([opaque, clear], axis=2).transpose(1, 0, 2, 3)
    whole = np.ascontiguousarray(pixels).reshape(height, -1, 4)
    length = whole.shape[1]
    image = QImage(whole.data, length, height, 4 * length, QImage.Format.Format_RGBA8888)
    return image.copy()
