"""Data sets in `.npz` files: x, y and, as far as they are there, the other splits and the classes.

`x`, `x_val`, `x_test` are uint8, N × H × W or N × H × W × 3; `y`, `y_val`, `y_test` are integers,
N; `classes` are the names of the classes. Other arrays in the file are not looked at.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, BinaryIO

import numpy as np
from numpy.typing import NDArray

from designer.core.atomic import replace_file
from designer.data.dividing import Outline
from designer.data.error import DataError, shown
from designer.data.limits import check_regular, reason
from designer.data.npz_file import SPLITS, NpzFile
from designer.data.splits import Collection, Part, Splits, image_shape


def outline(file: IO[bytes], place: str, name: str) -> Outline:
    """Describe the data in an open file from its headers and labels."""
    npz = NpzFile(file, place)
    labels = {part: npz.labels(part) for part in npz.parts}
    classes = npz.classes(list(labels.values()))
    return Outline(
        name,
        image_shape(npz.image_sizes),
        classes,
        np.bincount(labels["train"], minlength=len(classes)),
        *(len(labels[part]) if part in labels else None for part in ("validation", "test")),
    )


def read(file: IO[bytes], place: str, name: str) -> Collection:
    """Read a data set from an open file."""
    npz = NpzFile(file, place)
    parts = {part: Part(npz.images(part), npz.labels(part)) for part in npz.parts}
    classes = npz.classes([part.y for part in parts.values()])
    return Collection(
        name,
        classes,
        parts["train"],
        parts.get("validation"),
        parts.get("test"),
        npz.unreadable(),
    )


def open_npz(path: Path) -> BinaryIO:
    """Open a file for `outline` and `read`; DataError where that is impossible."""
    check_regular(path, "the data set")
    try:
        return path.open("rb")
    except OSError as error:
        raise DataError(f"{shown(path)}: it cannot be opened: {reason(error)}.") from error


def write_npz(splits: Splits, path: Path, *, compressed: bool = False) -> None:
    """Write a divided data set, so that a later reader finds exactly these splits.

    Keys: x, y, x_val, y_val, x_test, y_test, classes, and unreadable (place and reason of each
    image that was left out) where there are some. The same splits give the same bytes; the file is
    replaced as a whole or stays as it was. Raises DataError where it cannot be written.
    """
    arrays: dict[str, NDArray[np.generic]] = {}
    for part, end in SPLITS.items():
        arrays["x" + end], arrays["y" + end] = splits.of(part)
    arrays["classes"] = np.array(splits.classes, np.str_)
    if splits.unreadable:
        arrays["unreadable"] = np.array(splits.unreadable, np.str_)
    _write(path, arrays, compressed)


def write_collection(collection: Collection, path: Path) -> None:
    """Write a data set as it was found, without the splits that loading makes."""
    arrays: dict[str, NDArray[np.generic]] = {"classes": np.array(collection.classes, np.str_)}
    found = (collection.train, collection.validation, collection.test)
    for end, part in zip(SPLITS.values(), found, strict=True):
        if part is not None:
            arrays["x" + end], arrays["y" + end] = part
    if collection.unreadable:
        arrays["unreadable"] = np.array(collection.unreadable, np.str_)
    _write(path, arrays, compressed=False)


def _write(path: Path, arrays: dict[str, NDArray[np.generic]], compressed: bool) -> None:
    save = np.savez_compressed if compressed else np.savez
    try:
        replace_file(path, lambda file: save(file, allow_pickle=False, **arrays))
    except OSError as error:
        raise DataError(
            f"{shown(path)}: the data set cannot be written: {reason(error)}. Choose another "
            "folder or make room."
        ) from error
