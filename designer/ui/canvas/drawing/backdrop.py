"""The backdrop: what lies under the nodes, kept as pixels while some of them are being moved."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.drawing.paint import Under, paint_under
from designer.ui.canvas.scene.picture import Picture
from designer.ui.canvas.scene.strips import Ints
from designer.ui.canvas.scene.viewport import Viewport
from designer.ui.theme.tokens import Tokens


class Backdrop:
    """Ground, panels and all wires but those that move: each step paints only what it moves."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._picture: Picture | None = None
        self._wires: Ints | None = None
        self._marks: NDArray[np.int32] | None = None
        self._shown: tuple[Any, ...] = ()
        self._under: Under | None = None

    def of(self, picture: Picture, viewport: Viewport, tokens: Tokens) -> Under | None:
        """The backdrop of a window; None where nothing is being moved, or it is not worth it.

        What is asked for the first time may be asked for only once, as where the window follows.
        """
        wires = picture.moving
        if wires is None:
            self._forget()
            return None
        if not self._is_of(picture, viewport, tokens, wires):
            self._picture, self._wires, self._under = picture, wires, None
            self._marks = picture.wire_mark.copy()
            self._shown = self._said(picture, viewport, tokens)
        elif self._under is None:
            self._under = _painted(picture, viewport, tokens, wires)
        return self._under

    def _is_of(self, picture: Picture, viewport: Viewport, tokens: Tokens, wires: Ints) -> bool:
        return (
            self._picture is picture
            and self._wires is wires
            and self._shown == self._said(picture, viewport, tokens)
            and self._marks is not None
            and np.array_equal(self._marks, picture.wire_mark)
        )

    @staticmethod
    def _said(picture: Picture, viewport: Viewport, tokens: Tokens) -> tuple[Any, ...]:
        """What decides how the panels and the ground look."""
        return (viewport, tokens, picture.framed, picture.chosen, *picture.panels)


def _painted(picture: Picture, viewport: Viewport, tokens: Tokens, wires: Ints) -> Under:
    ratio = viewport.ratio
    pixels = QPixmap(round(viewport.width * ratio), round(viewport.height * ratio))
    pixels.setDevicePixelRatio(ratio)
    with QPainter(pixels) as painter:
        whole = QRectF(0, 0, viewport.width, viewport.height)
        paint_under(painter, picture, viewport, tokens, [whole], without=wires)
    return Under(pixels, wires)
