"""Solids: feature maps as blocks whose sides follow their height, width and depth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from designer.core.shape import Shape
from designer.ui.canvas.scene.viewport import Rect

SLANT = (0.34, -0.30)
"""How far a unit of width goes to the right and up."""
NARROW = 5.0
"""The side of a single cell: what is left of a map of 1 × 1, and how high a vector is."""
THIN = 3.0
"""How thick a single map is."""


class Solid(NamedTuple):
    """The drawn sides of a block, in canvas units: across, up, and how far it goes back."""

    thickness: float
    height: float
    back: float

    @property
    def outline(self) -> tuple[float, float]:
        """Width and height of everything that is drawn of it."""
        return (self.thickness + self.back * SLANT[0], self.height - self.back * SLANT[1])

    def corner(self, x: float, y: float) -> tuple[float, float]:
        """The upper left corner of its front face when its outline's middle is at a point."""
        wide, high = self.outline
        return (x - wide / 2, y - high / 2 - self.back * SLANT[1])

    def around(self, x: float, y: float) -> Rect:
        """Its outline (x, y, width, height) when the middle of that is at a point."""
        wide, high = self.outline
        return (x - wide / 2, y - high / 2, wide, high)


class Limits(NamedTuple):
    """How high the largest maps of a net are drawn, and how thick the deepest, in canvas units."""

    tallest: float
    thickest: float


def solids(shapes: Sequence[Shape | None], limits: Limits) -> list[Solid]:
    """One for every shape, all on one scale; None is a shape that is not known.

    A side follows (cells / most cells) ** 0.7, so that 7 beside 224 is still seen; the depth the
    square of log(1 + channels) / log(1 + most channels). A vector is one cell, as deep as it is
    long.
    """
    sizes = [_sizes(shape) for shape in shapes if shape is not None]
    space = max((max(h, w) for _, h, w in sizes), default=1)
    depth = max((c for c, _, _ in sizes), default=1)

    def far(cells: int) -> float:
        part = math.pow(max(cells - 1, 0) / max(space - 1, 1), 0.7)
        return NARROW + (limits.tallest - NARROW) * part

    def thick(channels: int) -> float:
        part = math.log2(1 + channels) / math.log2(1 + max(depth, 2))
        return THIN + (limits.thickest - THIN) * part**2

    blank = Solid(0.22 * limits.thickest, 0.42 * limits.tallest, 0.42 * limits.tallest)
    made = {}
    for shape in dict.fromkeys(shapes):
        if shape is not None:
            c, h, w = _sizes(shape)
            made[shape] = Solid(thick(c), far(h), far(w))
    return [blank if shape is None else made[shape] for shape in shapes]


def _sizes(shape: Shape) -> tuple[int, int, int]:
    """Channels, height and width to draw."""
    if shape.is_image:
        return (shape.channels, shape.height, shape.width)
    return (shape.numel, 1, 1)
