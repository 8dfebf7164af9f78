"""Straight pieces of wires, those that are level or upright told apart: they are drawn as bars."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from designer.ui.canvas.scene.strips import Floats


class Straight(NamedTuple):
    """Pieces of wires without their width, in the units they were given in."""

    slanting: Floats
    """N × 4: x1, y1, x2, y2."""
    bars: Floats
    """M × 4: x, y, width and height of what is level or upright; one of the last two is 0."""
    growth: Floats
    """M × 4: how a bar becomes a rectangle, for each half of the width of its wire."""

    @classmethod
    def of(cls, pieces: Floats) -> Straight:
        """Tell pieces (N × 4: x1, y1, x2, y2) apart; what has no length is left out."""
        x1, y1, x2, y2 = pieces.T
        is_level, is_upright = y1 == y2, x1 == x2
        is_bar = is_level ^ is_upright
        x1, y1, x2, y2 = pieces[is_bar].T
        left, top = np.minimum(x1, x2), np.minimum(y1, y2)
        bars = np.stack([left, top, np.maximum(x1, x2) - left, np.maximum(y1, y2) - top], axis=1)
        growth = np.where(is_level[is_bar, None], (0.0, -1.0, 0.0, 2.0), (-1.0, 0.0, 2.0, 0.0))
        return cls(pieces[~(is_level | is_upright)], bars, growth)

    def placed(self, x: float, y: float, scale: float) -> Straight:
        """The same as it is seen from (x, y)."""
        slanting = (self.slanting - (x, y, x, y)) * scale
        return Straight(slanting, (self.bars - (x, y, 0.0, 0.0)) * scale, self.growth)

    def rects(self, width: float) -> Floats:
        """The bars as rectangles (x, y, width, height) of wires that are so wide."""
        made: Floats = self.bars + self.growth * (width / 2)
        return made
