"""Receptive fields: which cells of the image one output cell can see, exactly, through branches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from designer.core.shape import Shape
from designer.core.uneven import Course, TooLong, Uneven, united


class Reach(NamedTuple):
    """What one output cell of a layer reads along one axis.

    Output cell i reads the input cells ⌊(i × stride + first) / per⌋ … ⌊(i × stride + last) / per⌋.
    `per` is above 1 where cells are made from fewer: upsampling by 2 is Reach(0, 0, 1, 2).
    """

    first: int = 0
    last: int = 0
    stride: int = 1
    per: int = 1


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


Axis = Span | Uneven
"""Either has a `size` (the largest of all cells), a `jump`, and the `first` cell's beginning."""

Field = tuple[Axis, Axis]
"""The receptive field of a node: height and width."""

POINTWISE = (Reach(), Reach())
"""A layer whose output cell reads the same cell of its input."""


UNTOLD = (Reach(per=0), Reach(per=0))
"""A layer of which nothing can be said here: one that slides along what were channels."""


def pixel() -> Field:
    """The field of the image itself: every cell sees itself."""
    span = Span(0, 0, 1)
    return (span, span)


def whole(height: int, width: int) -> Field:
    """The field of a value that sees all of an image."""
    return (Span(0, height - 1, 0), Span(0, width - 1, 0))


def through(field: Field, reach: tuple[Reach, Reach], out: Shape) -> Field | None:
    """The field after a layer with this reach and output; None where nothing can be said."""
    height, width = field
    rows, columns = reach
    if not (type(height) is Span is type(width) and rows.per == 1 == columns.per):
        return _through_uneven(field, reach, out)
    first = _slid(height, rows)
    return (first, first if width is height and columns is rows else _slid(width, columns))


def union(fields: tuple[Field | None, ...], shapes: tuple[Shape, ...]) -> Field | None:
    """The field of a cell that reads the same cell of several inputs; None where one is unknown.

    An input of 1 × 1 beside larger ones is read by every cell.
    """
    first = shapes[0]
    for shape in shapes:  # equal layers answer with one object
        if type(shape) is not Shape or (shape is not first and shape[1:] != first[1:]):
            return _union_uneven(fields, shapes)
    return _widest(fields) or _union_uneven(fields, shapes)


def _slid(span: Span, reach: Reach) -> Span:
    first, last, jump = span
    before, behind, stride, _ = reach
    return _new(Span, (first + before * jump, last + behind * jump, jump * stride))


def _widest(fields: tuple[Field | None, ...]) -> Field | None:
    """What fields of one jump that are alike along both axes see together; None for others."""
    low, high, jump = 0, 0, None
    for field in fields:
        if field is None or field[0] is not field[1] or type(field[0]) is not Span:
            return None
        first, last, step = field[0]
        if jump is None:
            low, high, jump = first, last, step
        if step != jump:
            return None
        low = first if first < low else low
        high = last if last > high else high
    span = _new(Span, (low, high, jump))
    return (span, span)


_new = tuple.__new__
"""What a named tuple's own constructor ends in, after as long again."""


# What follows is slower by far, and so is remembered.


@lru_cache(maxsize=1 << 14)
def _through_uneven(field: Field, reach: tuple[Reach, Reach], out: Shape) -> Field | None:
    if reach == UNTOLD:
        return None
    height, width = _cells(out)
    try:
        return (_through(field[0], reach[0], height), _through(field[1], reach[1], width))
    except TooLong:
        return None


@lru_cache(maxsize=1 << 14)
def _union_uneven(fields: tuple[Field | None, ...], shapes: tuple[Shape, ...]) -> Field | None:
    sizes = [_cells(shape) for shape in shapes]
    try:
        return (_union(fields, sizes, 0), _union(fields, sizes, 1))
    except (TooLong, _Unknown):
        return None


class _Unknown(Exception):  # noqa: N818 - an answer
    """One of several fields is not known."""


def _cells(shape: Shape) -> tuple[int, int]:
    """How many cells stand side by side in height and width; 1 in a vector."""
    if not shape.is_image:
        return 1, 1
    place = shape.axes.index
    return shape[place(1)], shape[place(2)]


def _through(axis: Axis, reach: Reach, cells: int) -> Axis:
    if isinstance(axis, Span) and reach.per == 1:
        return Span(
            axis.first + reach.first * axis.jump,
            axis.last + reach.last * axis.jump,
            axis.jump * reach.stride,
        )
    return _plain(_uneven(axis, cells).through(*reach)._replace(cells=cells))


def _union(fields: Sequence[Field | None], sizes: Sequence[tuple[int, int]], which: int) -> Axis:
    counts = [size[which] for size in sizes]
    cells = max(counts)
    every: list[Axis] = []
    for field, count in zip(fields, counts, strict=True):
        if field is None:
            raise _Unknown
        axis = field[which]
        if count == 1 < cells and axis.jump:
            axis = _plain(_uneven(axis, cells).held())
        every.append(axis)
    spans = [axis for axis in every if isinstance(axis, Span)]
    if len(spans) == len(every) and len({span.jump for span in spans}) == 1:
        firsts, lasts, _ = zip(*spans, strict=True)
        return Span(min(firsts), max(lasts), spans[0].jump)
    return _plain(united(_uneven(axis, cells) for axis in every))


def _uneven(axis: Axis, cells: int) -> Uneven:
    if isinstance(axis, Uneven):
        return axis._replace(cells=cells)
    first, last = (Course(axis.jump, (place,)) for place in (axis.first, axis.last))
    return Uneven((first,), (last,), cells)


def _plain(axis: Uneven) -> Axis:
    """The same as a Span where all cells see alike."""
    if not axis.is_even:
        return axis
    return Span(axis.first, axis.last, axis.firsts[0].advance)
