"""Receptive fields: which cells of the image one output cell can see, exactly, through branches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class Reach(NamedTuple):
    """What one output cell of a layer reads along one axis.

    Output cell i reads the input cells i × stride + first … i × stride + last.
    """

    first: int = 0
    last: int = 0
    stride: int = 1


class Span(NamedTuple):
    """What one cell of a node sees along one axis of the image.

    Cell i sees the image cells i × jump + first … i × jump + last, padding included.
    """

    first: int
    last: int
    jump: int

    @property
    def size(self) -> int:
        """How many cells of the image, padding included."""
        return self.last - self.first + 1


Field = tuple[Span, Span]
"""The receptive field of a node: height and width."""

POINTWISE = (Reach(), Reach())
"""A layer whose output cell reads the same cell of its input."""


def pixel() -> Field:
    """The field of the image itself: every cell sees itself."""
    return (Span(0, 0, 1), Span(0, 0, 1))


def whole(height: int, width: int) -> Field:
    """The field of a value that sees all of an image."""
    return (Span(0, height - 1, 0), Span(0, width - 1, 0))


@lru_cache(maxsize=1 << 14)
def through(field: Field, reach: tuple[Reach, Reach]) -> Field:
    """The field after a layer with this reach."""
    return (_through(field[0], reach[0]), _through(field[1], reach[1]))


@lru_cache(maxsize=1 << 14)
def union(fields: tuple[Field | None, ...]) -> Field | None:
    """The field of a cell that reads the same cell of several inputs; None where one is unknown."""
    known = [field for field in fields if field is not None]
    if len(known) < len(fields):
        return None
    return (_union([f[0] for f in known]), _union([f[1] for f in known]))


def _through(span: Span, reach: Reach) -> Span:
    return Span(
        span.first + reach.first * span.jump,
        span.last + reach.last * span.jump,
        span.jump * reach.stride,
    )


def _union(spans: Sequence[Span]) -> Span:
    # Branches that meet have the same size, hence the same jump; where they do not, the widest
    # extent at cell 0 is the honest lower bound that can be said without the output's size.
    return Span(
        min(span.first for span in spans),
        max(span.last for span in spans),
        max(span.jump for span in spans),
    )
