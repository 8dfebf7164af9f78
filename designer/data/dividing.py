"""The one place where a data set is divided into training, validation and test.

Every class gives the same share of its images. Where the source has no test split, a fifth of
the images become one, always the same, so that all runs are read against the same images; where it
has no validation split, a share of the training images becomes one, drawn with the run's seed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from designer.core.data import DataDescription
from designer.core.shape import Shape
from designer.data.error import DataError, shown
from designer.data.splits import Collection, Part, Splits

TEST_SHARE = 0.2
TEST_SEED = 0
Counts = NDArray[np.int64]


class Outline(NamedTuple):
    """What is known of a collection without its images: enough to describe it.

    `train` counts the images of each class; the others count images in all, None where the source
    has no such split.
    """

    name: str
    shape: Shape
    classes: tuple[str, ...]
    train: Counts
    validation: int | None = None
    test: int | None = None


def divide(collection: Collection, seed: int, validation: float) -> Splits:
    """Return the three splits of a collection.

    `validation` is the share of the training images, above 0 and at most 0.5, where the source has
    no validation split of its own. Raises DataError where a class has too few images.
    """
    _check(collection.name, collection.classes, _counts(collection), collection, validation)
    train, test = collection.train, collection.test
    if test is None:
        train, test = _draw(train, TEST_SHARE, TEST_SEED)
    held = collection.validation
    if held is None:
        train, held = _draw(train, validation, seed)
    return Splits(collection.name, collection.classes, *train, *held, *test, collection.unreadable)


def describe(outline: Outline, validation: float) -> DataDescription:
    """Return what `divide` would make of a collection, without its images."""
    _check(outline.name, outline.classes, outline.train, outline, validation)
    train, test, held = outline.train, outline.test, outline.validation
    if test is None:
        drawn = share(train, TEST_SHARE)
        train, test = train - drawn, int(drawn.sum())
    if held is None:
        drawn = share(train, validation)
        train, held = train - drawn, int(drawn.sum())
    return DataDescription(
        outline.name, outline.shape, outline.classes, int(train.sum()), held, test
    )


def share(counts: Counts, part: float) -> Counts:
    """Return how many images of each class a split gets: rounded, one at least, never all."""
    rounded = np.floor(counts * part + 0.5).astype(np.int64)
    most = np.maximum(counts - 1, 0)
    fitted: Counts = np.minimum(np.maximum(rounded, 1), most)
    return fitted


def _draw(part: Part, fraction: float, seed: int) -> tuple[Part, Part]:
    """Split off a share of every class; both parts keep the order of the source."""
    # RandomState's stream is the one that numpy promises never to change.
    chance = np.random.RandomState(np.random.MT19937(np.random.SeedSequence(seed)))
    chosen = np.zeros(len(part.y), np.bool_)
    counts = np.bincount(part.y)
    for label, count in enumerate(share(counts, fraction)):
        places = np.flatnonzero(part.y == label)
        chosen[chance.permutation(places)[:count]] = True
    return part.take(np.flatnonzero(~chosen)), part.take(np.flatnonzero(chosen))


def _counts(collection: Collection) -> Counts:
    return np.bincount(collection.train.y, minlength=len(collection.classes))


def _check(
    name: str,
    classes: tuple[str, ...],
    counts: Counts,
    found: Collection | Outline,
    validation: float,
) -> None:
    """Refuse a share that is none, and classes too small to be divided."""
    if not 0 < validation <= 0.5:
        raise DataError(
            "The share of validation images lies above 0 and is at most 0.5; "
            f"{validation} was given."
        )
    needed = 1 + (found.test is None) + (found.validation is None)
    small = np.flatnonzero((counts > 0) & (counts < needed))
    if len(small):
        label = int(small[0])
        count = int(counts[label])
        raise DataError(
            f"{shown(name)}: class “{shown(classes[label])}” has {count} "
            f"image{'s' if count > 1 else ''} to divide; training and every split made from it "
            f"need one each, so at least {needed}. Add images of this class or leave it out."
        )
