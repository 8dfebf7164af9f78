"""The shape of one sample: its sizes without the batch."""

from __future__ import annotations

import math


class Shape(tuple[int, ...]):
    """The sizes of one sample, channels first, without the batch: `Shape((16, 14, 14))`."""

    __slots__ = ()

    def __str__(self) -> str:
        return " × ".join(map(str, self))

    def __repr__(self) -> str:
        return f"Shape({tuple(self)!r})"

    @property
    def channels(self) -> int:
        """The number of feature maps, or of features in a vector."""
        return self[0]

    @property
    def height(self) -> int:
        """The height of a map, in cells; the shape must have three sizes."""
        return self[1]

    @property
    def width(self) -> int:
        """The width of a map, in cells; the shape must have three sizes."""
        return self[2]

    @property
    def numel(self) -> int:
        """How many values one sample holds."""
        return math.prod(self)

    @property
    def is_image(self) -> bool:
        """Whether the sample is a stack of maps: channels × height × width."""
        return len(self) == 3

    @property
    def axes(self) -> tuple[int, ...]:
        """For every size, which one it was before any Permute: 0 for the channels, and so on."""
        return tuple(range(len(self)))

    @property
    def is_permuted(self) -> bool:
        """Whether a Permute has put a size where it was not."""
        return False

    @property
    def has_new_last(self) -> bool:
        """Whether a Permute put the last size where it stands."""
        return False

    def resized(self, *sizes: int) -> Shape:
        """Other sizes in the place of these, each with the origin of the one it replaces."""
        return Shape(sizes)

    def permuted(self, order: tuple[int, ...]) -> Shape:
        """The sizes in another order: for every new size the old one, from 0."""
        sizes, axes = (tuple(values[i] for i in order) for values in (self, self.axes))
        return Shape(sizes) if axes == tuple(range(len(axes))) else _Permuted(sizes, axes)


class _Permuted(Shape):
    """A shape that knows where its sizes come from; it differs from the same sizes unpermuted."""

    _axes: tuple[int, ...]

    def __new__(cls, sizes: tuple[int, ...], axes: tuple[int, ...] = ()) -> _Permuted:
        made = super().__new__(cls, sizes)
        made._axes = axes
        return made

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Shape) and other.axes != self._axes:
            return False
        return tuple.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__

    def __repr__(self) -> str:
        plain = (self[self._axes.index(axis)] for axis in range(len(self)))
        return f"Shape({tuple(plain)!r}).permuted({self._axes!r})"

    @property
    def axes(self) -> tuple[int, ...]:
        return self._axes

    @property
    def is_permuted(self) -> bool:
        return True

    @property
    def has_new_last(self) -> bool:
        return self._axes[-1] != len(self) - 1

    def resized(self, *sizes: int) -> Shape:
        return _Permuted(sizes, self._axes)
