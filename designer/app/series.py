"""A series: numbers that arrive in pieces, in one array that doubles when it is full."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Series:
    """Numbers of a run, one a step, from step 1 without a gap."""

    def __init__(self) -> None:
        self._room = np.empty(4096, np.float64)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def values(self) -> NDArray[np.float64]:
        """All numbers so far, without a copy; do not keep it across an `extend`."""
        return self._room[: self._length]

    def extend(self, first: int, numbers: Sequence[float] | NDArray[np.float64]) -> None:
        """Put numbers from index `first` on; what was there and behind it is gone."""
        end = first + len(numbers)
        if end > len(self._room):
            room = np.empty(max(end, 2 * len(self._room)), np.float64)
            room[: self._length] = self.values
            self._room = room
        if first > self._length:
            self._room[self._length : first] = np.nan
        self._room[first:end] = numbers
        self._length = end
