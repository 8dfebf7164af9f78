"""Curves: a figure over the epochs, training as a fine line and validation as marks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from designer.ui.parts import label, row
from designer.ui.theme.fonts import CAPTION, words
from designer.ui.theme.scale import fine, px
from designer.ui.theme.sizes import at_least, gap, space
from designer.ui.theme.theme import Theme
from designer.ui.theme.tokens import Tokens
from designer.ui.training import words as say
from designer.ui.training.thinning import Numbers, thin, zigzag

PIXELS_A_COLUMN = 2.0
PIXELS_A_TICK = 44
_NOTHING = np.empty(0), np.empty(0)


class CurvesView(QWidget):
    """One figure of a run, loss or accuracy, with a legend that carries the current values."""

    def __init__(
        self,
        title: str,
        unit: Literal["loss", "share"],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_share = unit == "share"
        self._key = _Key(), _Key(has_marks=True)
        self._values = label("training"), label("validation")
        head = row(spacing=6)
        head.addWidget(label(title, "strong"))
        space(head, 6)
        for key, value in zip(self._key, self._values, strict=True):
            head.addWidget(key)
            head.addWidget(value)
            space(head, 6)
        head.addStretch(1)
        self.plot = _plot(self._is_share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        gap(layout, 4)
        layout.addLayout(head)
        layout.addWidget(self.plot, 1)
        self._band = pg.PlotCurveItem(antialias=False)
        self._line = pg.PlotCurveItem(antialias=True)
        self._marks = pg.PlotDataItem(symbol="o", symbolSize=px(6), antialias=True)
        self._marked: list[float] = []
        """The validation figures that are marked; making the marks anew takes longest of all."""
        self._range: tuple[float, ...] = ()
        for item in (self._band, self._line, self._marks):
            self.plot.addItem(item)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed(theme.tokens)

    def show_series(
        self,
        values: Numbers,
        steps_per_epoch: int,
        epochs: int,
        validation: Sequence[float],
    ) -> None:
        """Draw the numbers of all steps, and one validation figure for each epoch."""
        room = max(50, int(self.plot.viewport().width() / PIXELS_A_COLUMN))
        done = len(values) / max(1, steps_per_epoch)
        share = max(0.02, min(1.0, done / max(1, epochs)))
        thinned = thin(values, 1 / max(1, steps_per_epoch), int(room * share))
        self._line.setData(thinned.x, thinned.mean)
        self._band.setData(*(zigzag(thinned) if thinned.low is not thinned.mean else _NOTHING))
        if list(validation) != self._marked:
            self._marked = list(validation)
            marks = np.arange(1, len(validation) + 1, dtype=np.float64)
            self._marks.setData(marks, np.asarray(validation, np.float64))
        self._set_range(thinned.mean, validation, epochs)
        recent = values[-max(1, steps_per_epoch // 10) :]
        self._show_value(0, "training", float(recent.mean()) if len(recent) else None)
        self._show_value(1, "validation", validation[-1] if validation else None)

    def clear(self) -> None:
        """Draw nothing."""
        self.show_series(np.empty(0), 1, 1, ())

    def _set_range(self, line: Numbers, validation: Sequence[float], epochs: int) -> None:
        numbers = np.append(line, validation)
        numbers = numbers[np.isfinite(numbers)]
        low, high, padding = 0.0, 1.0, 0.02
        if len(numbers) and self._is_share:
            least = math.floor(float(numbers.min()) * 100) / 100
            low, padding = min(0.9, max(0.0, least - 0.02)), 0.03
        elif len(numbers):
            high, padding = _no_less(float(numbers.max())), 0.04
        wanted = (max(1, epochs), low, high, padding)
        if wanted != self._range:  # it stays for most pictures: all is drawn anew where it differs
            self._range = wanted
            self.plot.setXRange(0, wanted[0], padding=0.01)
            self.plot.setYRange(low, high, padding=padding)

    def _show_value(self, index: int, name: str, value: float | None) -> None:
        written = say.percent(value) if self._is_share else say.loss(value)
        self._values[index].setText(name if value is None else f"{name} {written}")

    def _on_theme_changed(self, tokens: Tokens) -> None:
        training, validation = QColor(tokens.plot_1), QColor(tokens.plot_2)
        faint = QColor(training)
        faint.setAlpha(70)
        self.plot.setBackground(tokens.panel)
        self._line.setPen(QPen(training, 0))
        self._band.setPen(QPen(faint, 0))
        self._marks.setSymbolSize(px(6))
        self._marks.setPen(QPen(validation, 0))
        self._marks.setSymbolPen(QPen(validation, 0))
        self._marks.setSymbolBrush(QColor(tokens.panel))
        for key, colour in zip(self._key, (training, validation), strict=True):
            key.set_colour(colour)
        for name in ("left", "bottom"):
            axis = self.plot.getAxis(name)
            axis.take_sizes()
            axis.setTextPen(tokens.text_faint)
            axis.setTickPen(QPen(QColor(tokens.line), 0))
        self.plot.getAxis("bottom").setTickPen(QPen(QColor(tokens.panel), 0))


def _no_less(number: float) -> float:
    """A number of two digits that is as large or hardly larger; 1 where there is nothing to see."""
    if not 0 < number < math.inf:
        return 1.0
    unit: float = 10.0 ** (math.floor(math.log10(number)) - 1)
    return math.ceil(number / unit) * unit


class _Key(QWidget):
    """A short line in the colour of a curve, with a ring on it where the curve has marks."""

    def __init__(self, *, has_marks: bool = False) -> None:
        super().__init__()
        self._colour, self._has_marks = QColor(), has_marks
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def set_colour(self, colour: QColor) -> None:
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(16), px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            middle, width = self.height() / 2, self.width()
            painter.fillRect(QRectF(0, middle - fine(1), width, fine(2)), self._colour)
            if self._has_marks:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(self._colour, fine(1.5)))
                painter.setBrush(self.palette().window())
                painter.drawEllipse(QPointF(width / 2, middle), fine(3), fine(3))


class _Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis without a line: whole epochs below, shares as per cent at the left."""

    def __init__(self, orientation: str, *, is_share: bool = False) -> None:
        super().__init__(orientation)
        self._is_share = is_share
        self.setPen(None)
        self.enableAutoSIPrefix(False)  # no axis has a name, which would be written anew each time
        self.take_sizes()

    def take_sizes(self) -> None:
        """Take the font and the room that the scale of the interface gives."""
        self.setStyle(
            tickLength=0,
            maxTickLevel=0,
            tickFont=words(CAPTION),
            tickTextOffset=px(6),
            tickTextHeight=px(14),
            autoExpandTextSpace=False,
            tickTextWidth=px(34),
            hideOverlappingLabels=False,
        )
        if self.orientation == "left":
            self.setWidth(px(42))
        else:
            self.setHeight(px(22))

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        target = (high - low) * px(PIXELS_A_TICK) / max(size, 1) if size else high - low
        power = 10.0 ** np.floor(np.log10(max(target, 1e-12)))
        step = next(power * k for k in (1, 2, 5, 10) if power * k >= target * 0.999)
        if self.orientation == "bottom":
            step = max(1.0, step)
        return [(float(step), 0.0)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        if self._is_share:
            return [f"{100 * value:.0f} %" for value in values]
        return [f"{value:g}" for value in np.round(values, 6)]


def _plot(is_share: bool) -> Any:
    axes = {"left": _Axis("left", is_share=is_share), "bottom": _Axis("bottom")}
    plot = pg.PlotWidget(axisItems=axes, enableMenu=False)  # a menu takes half the time to make
    plot.setMouseEnabled(x=False, y=False)
    plot.hideButtons()
    plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
    plot.getAxis("left").setGrid(255)
    plot.getAxis("left").setZValue(plot.getViewBox().zValue() - 1)  # the grid behind the curves
    at_least(plot, height=60)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return plot
