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
