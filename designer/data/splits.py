"""A data set in memory: as it was found, and divided into its three splits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from designer.core.data import DataDescription
from designer.core.lean import lean_dataclass
from designer.core.shape import Shape

Images = NDArray[np.uint8]
"""uint8, N × H × W (grey) or N × H × W × 3 (red, green, blue)."""

Labels = NDArray[np.int64]
"""int64, N: the index of each image's class."""


class Part(NamedTuple):
    """Some labelled images."""

    x: Images
    y: Labels

    def take(self, index: NDArray[np.intp]) -> Part:
        """Return the images at these places, in this order."""
        return Part(self.x[index], self.y[index])


class Unreadable(NamedTuple):
    """An image that was left out, and why."""

    place: str
    reason: str


@lean_dataclass(frozen=True, eq=False, slots=True)
class Collection:
    """A data set as its source holds it: without the splits that are made on loading."""

    name: str
    classes: tuple[str, ...]
    train: Part
    validation: Part | None = None
    test: Part | None = None
    unreadable: tuple[Unreadable, ...] = ()


@lean_dataclass(frozen=True, eq=False, slots=True)
class Splits:
    """A data set divided into training, validation and test: what a run is given.

    `x`, `x_val`, `x_test` are uint8, N × H × W or N × H × W × 3; `y`, `y_val`, `y_test` are
    int64, N. A model receives float32, C × H × W, pixel / 255. `unreadable` lists the images left
    out.
    """

    name: str
    classes: tuple[str, ...]
    x: Images
    y: Labels
    x_val: Images
    y_val: Labels
    x_test: Images
    y_test: Labels
    unreadable: tuple[Unreadable, ...] = ()

    @property
    def description(self) -> DataDescription:
        """What a design is judged by."""
        return DataDescription(
            name=self.name,
            shape=image_shape(self.x.shape[1:]),
            classes=self.classes,
            train=len(self.y),
            validation=len(self.y_val),
            test=len(self.y_test),
        )

    def of(self, split: str) -> Part:
        """Return `"train"`, `"validation"` or `"test"`; KeyError for another name."""
        return {
            "train": Part(self.x, self.y),
            "validation": Part(self.x_val, self.y_val),
            "test": Part(self.x_test, self.y_test),
        }[split]


def image_shape(sizes: tuple[int, ...]) -> Shape:
    """Return H × W or H × W × C as a shape, channels first."""
    height, width, *channels = sizes
    return Shape((channels[0] if channels else 1, height, width))
