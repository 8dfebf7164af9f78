"""Thinning: a long series as few points as the screen has room for, peaks kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


class Thinned(NamedTuple):
    """A series in columns: where they stand, and the mean, least and largest value in each."""

    x: Numbers
    mean: Numbers
    low: Numbers
    high: Numbers


def thin(values: Numbers, scale: float, columns: int) -> Thinned:
    """Divide a series into at most `columns` columns of equally many steps.

    `scale` is the distance of two steps along x; the first value stands at `scale`. Every value
    is counted, the last column may hold fewer.
    """
    size = max(1, -(-len(values) // max(1, columns)))
    if size == 1:
        x: Numbers = np.arange(1, len(values) + 1, dtype=np.float64) * scale
        return Thinned(x, values, values, values)
    starts = np.arange(0, len(values), size)
    counts = np.diff(np.append(starts, len(values)))
    mean: Numbers = np.add.reduceat(values, starts) / counts
    low = np.minimum.reduceat(values, starts)
    high = np.maximum.reduceat(values, starts)
    x = scale * (starts + (counts + 1) / 2)
    return Thinned(x, mean, low, high)


def zigzag(thinned: Thinned) -> tuple[Numbers, Numbers]:
    """The least and the largest of each column as one line: two points a column."""
    return np.repeat(thinned.x, 2), np.column_stack((thinned.low, thinned.high)).ravel()
