"""Labels and the names of classes, checked."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from designer.data.error import DataError, shown
from designer.data.limits import MOST_CLASSES
from designer.data.splits import Labels


def integers(labels: NDArray[np.generic], place: str) -> Labels:
    """Return labels as int64; DataError where they are no class indices."""
    if labels.dtype.kind not in "iu":
        raise DataError(
            f"{place} must hold whole numbers, the index of each image's class from 0, and is "
            f"{labels.dtype}. Convert it with .astype('int64')."
        )
    low, high = int(labels.min()), int(labels.max())
    if low < 0 or high >= MOST_CLASSES:
        raise DataError(
            f"{place} must count the classes from 0 to {MOST_CLASSES - 1:,} at most, and goes from "
            f"{low:,} to {high:,}. Number the classes 0, 1, 2 …"
        )
    return labels.astype(np.int64)


def class_names(
    names: NDArray[np.generic] | None, labels: list[Labels], place: str
) -> tuple[str, ...]:
    """Return the names of the classes; their numbers where none are given."""
    count = 1 + max(int(part.max()) for part in labels)
    if names is None:
        result = tuple(map(str, range(count)))
    elif names.ndim != 1 or names.dtype.kind not in "USiu":
        raise DataError(
            f"{place}: classes must be a list of names, and is an array of {names.dtype} with "
            f"{names.ndim} dimensions. Save it as numpy.array(['cat', 'dog', …])."
        )
    else:
        result = tuple(_text(name) for name in names)
    if len(result) < count:
        raise DataError(
            f"{place}: classes names {len(result)} classes, but a label says {count - 1}, which "
            f"is class number {count}. Name every class."
        )
    check_classes(result, place)
    return result


def check_classes(classes: tuple[str, ...], place: str) -> None:
    """Refuse a single class, and two of one name."""
    if len(classes) < 2:
        only = f"“{shown(classes[0])}”" if classes else "none"
        raise DataError(
            f"{place}: a classifier needs at least two classes, and there is {only}. "
            "Add images of another class."
        )
    if len(set(classes)) < len(classes):
        twice = Counter(classes).most_common(1)[0][0]
        raise DataError(f"{place}: two classes are called “{shown(twice)}”. Rename one of them.")


def _text(name: object) -> str:
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)
