"""Sprites: nodes rasterised once for each look and scale, kept within a budget of bytes."""

from __future__ import annotations

import math
from collections import OrderedDict

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from designer.ui.canvas.draw import draw_node
from designer.ui.canvas.look import Look
from designer.ui.canvas.measure import MARGIN, NODE_WIDTH
from designer.ui.theme.tokens import Tokens

Key = tuple[Look, float, float, Tokens]


class Sprites:
    """A cache of drawn nodes; the least recently used ones go first."""

    def __init__(self, budget: int = 64 * 1024 * 1024) -> None:
        self.budget = budget
        self.used = 0
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, look: Look, scale: float, ratio: float, tokens: Tokens) -> QPixmap:
        """The node with a margin around it, drawn for this zoom and device pixel ratio."""
        key = (look, scale, ratio, tokens)
        sprite = self._kept.get(key)
        if sprite is not None:
            self._kept.move_to_end(key)
            return sprite
        sprite = _drawn(look, scale, ratio, tokens)
        self._kept[key] = sprite
        self.used += _bytes(sprite)
        while self.used > self.budget and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self.used -= _bytes(gone)
        return sprite

    def clear(self) -> None:
        """Forget everything, as when fonts or colours changed."""
        self._kept.clear()
        self.used = 0


def _drawn(look: Look, scale: float, ratio: float, tokens: Tokens) -> QPixmap:
    factor = scale * ratio
    width = math.ceil((NODE_WIDTH + 2 * MARGIN) * factor)
    height = math.ceil((look.height + 2 * MARGIN) * factor)
    sprite = QPixmap(max(width, 1), max(height, 1))
    sprite.fill(Qt.GlobalColor.transparent)
    with QPainter(sprite) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # the node's corner comes to lie on a whole device pixel
        painter.translate(round(MARGIN * factor), round(MARGIN * factor))
        painter.scale(factor, factor)
        draw_node(painter, look, tokens, scale)
    sprite.setDevicePixelRatio(ratio)
    return sprite


def _bytes(sprite: QPixmap) -> int:
    return sprite.width() * sprite.height() * 4
