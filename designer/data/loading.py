"""The doors of this package: describe, preview and load a data set by its name or path."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from designer.core.data import DataDescription
from designer.data import dividing
from designer.data.source import Samples, find
from designer.data.splits import Splits
from designer.data.watch import Cancel, Progress, Watch

VALIDATION = 0.1


class Preview(NamedTuple):
    """What is worth seeing of a data set before it is loaded.

    `counts` are the images of each class in the source's training part, before it is divided;
    `samples` a few of them, class by class, uint8, H × W or H × W × 3.
    """

    description: DataDescription
    counts: tuple[int, ...]
    samples: Samples


def describe(
    source: str, validation: float = VALIDATION, base: Path | None = None
) -> DataDescription:
    """Describe a data set without its images: shape, classes, and how large the splits will be.

    `source` is a data set's name, or the path of a folder, an `.npz` or a `.csv`, relative to
    `base`. Image files are counted, not read: unreadable ones are found on loading. Raises
    DataError where the source cannot be used.
    """
    return dividing.describe(find(source, base).outline(), validation)


def preview(
    source: str, count: int = 8, validation: float = VALIDATION, base: Path | None = None
) -> Preview:
    """Return the description and up to `count` images of each class. Raises DataError."""
    found = find(source, base)
    outline = found.outline()
    description = dividing.describe(outline, validation)
    return Preview(description, tuple(map(int, outline.train)), found.samples(count))


def load(
    source: str,
    seed: int = 0,
    validation: float = VALIDATION,
    base: Path | None = None,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Splits:
    """Read a data set and divide it: the same source, seed and share give the same splits.

    A source's own splits are kept. Where it has no test split, a fifth of the images become one,
    whatever the seed; where it has no validation split, the share `validation` of the training
    images becomes one, drawn with `seed`. Each class gives its share. Raises DataError where the
    source cannot be used (NotDownloaded where downloading it would help), Cancelled.
    """
    collection = find(source, base).read(Watch(progress, cancel))
    return dividing.divide(collection, seed, validation)
