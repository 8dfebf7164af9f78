"""Image files with their classes, listed before any of them is read.

All images of a set get one size: the one that most of the classes' first images have. The set is in
colour where one of these is. Images that cannot be read are left out, and listed with the reason.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from designer.data.dividing import Outline
from designer.data.error import DataError, shown
from designer.data.labels import check_classes
from designer.data.limits import check_size
from designer.data.picture import Look, PictureError, look_of, read_picture
from designer.data.splits import Collection, Part, Unreadable, image_shape
from designer.data.watch import Watch

PROBED = 16  # files of a class that are tried until one can be read


class ImageFile(NamedTuple):
    """An image file and the index of its class."""

    path: Path
    label: int


class Listing(NamedTuple):
    """The image files of a data set; a split that the source does not make is None."""

    place: Path
    classes: tuple[str, ...]
    train: list[ImageFile]
    validation: list[ImageFile] | None = None
    test: list[ImageFile] | None = None

    def check(self) -> None:
        """Refuse a set without images or with a single class."""
        if not self.train:
            raise DataError(
                f"{shown(self.place)}: there are no images to train on. Expected is one subfolder "
                "a class with image files in it, or a table of image files and labels."
            )
        check_classes(self.classes, shown(self.place))


def outline(listing: Listing) -> Outline:
    """Describe listed files by looking at one of each class; every file counts as readable."""
    look = common_look(listing)
    labels = [file.label for file in listing.train]
    return Outline(
        listing.place.name,
        image_shape(look.sizes),
        listing.classes,
        np.bincount(labels, minlength=len(listing.classes)),
        None if listing.validation is None else len(listing.validation),
        None if listing.test is None else len(listing.test),
    )


def read(listing: Listing, watch: Watch) -> Collection:
    """Read all listed files. Raises DataError where none is left, Cancelled where asked to stop."""
    look = common_look(listing)
    groups = [listing.train, listing.validation, listing.test]
    total = sum(len(group) for group in groups if group is not None)
    check_size(str(listing.place), total, look.sizes)
    unreadable: list[Unreadable] = []
    parts: list[Part | None] = []
    done = 0
    for group in groups:
        if group is None:
            parts.append(None)
            continue
        parts.append(_read_group(group, listing.place, look, unreadable, watch, (done, total)))
        done += len(group)
    train, validation, test = parts
    if train is None or not len(train.y):
        raise _none_readable(listing, unreadable)
    return Collection(
        listing.place.name, listing.classes, train, validation, test, tuple(unreadable)
    )


def _read_group(
    files: list[ImageFile],
    place: Path,
    look: Look,
    unreadable: list[Unreadable],
    watch: Watch,
    progress: tuple[int, int],
) -> Part:
    x = np.empty((len(files), *look.sizes), np.uint8)
    y = np.empty(len(files), np.int64)
    done, total = progress
    kept = 0
    for file in files:
        watch.step(done, total)
        done += 1
        try:
            x[kept] = read_picture(file.path, look)
        except PictureError as error:
            unreadable.append(Unreadable(_within(file.path, place), str(error)))
        else:
            y[kept] = file.label
            kept += 1
    watch.step(done, total)
    return Part(x[:kept], y[:kept])


def common_look(listing: Listing) -> Look:
    """Return the size and colour that all images are brought to."""
    by_class: dict[int, list[Path]] = {}
    for file in listing.train:
        tried = by_class.setdefault(file.label, [])
        if len(tried) < PROBED:
            tried.append(file.path)
    looks = [look for paths in by_class.values() if (look := _first_look(paths)) is not None]
    if not looks:
        raise _none_readable(listing, [])
    (height, width), _ = Counter((look.height, look.width) for look in looks).most_common(1)[0]
    return Look(height, width, any(look.colour for look in looks))


def _first_look(paths: list[Path]) -> Look | None:
    for path in paths:
        try:
            return look_of(path)
        except PictureError:
            continue
    return None


def _none_readable(listing: Listing, unreadable: list[Unreadable]) -> DataError:
    if unreadable:
        first = unreadable[0]
    else:
        path = listing.train[0].path
        try:
            look_of(path)
            why = "it can be read"
        except PictureError as error:
            why = str(error)
        first = Unreadable(_within(path, listing.place), why)
    return DataError(
        f"{shown(listing.place)}: none of the images can be read; the first is "
        f"{shown(first.place)}: {first.reason}. Expected are PNG, JPEG, BMP, GIF, TIFF, WebP or "
        "PPM files."
    )


def _within(path: Path, place: Path) -> str:
    folder = place if place.is_dir() else place.parent
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
