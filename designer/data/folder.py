"""A folder as a data set: one subfolder a class, or these within train, validation and test."""

from __future__ import annotations

import os
from pathlib import Path

from designer.data.error import DataError, shown
from designer.data.limits import reason
from designer.data.listing import ImageFile, Listing
from designer.data.picture import SUFFIXES

SPLIT_NAMES = {
    "train": "train",
    "training": "train",
    "val": "validation",
    "valid": "validation",
    "validation": "validation",
    "test": "test",
}


def list_folder(folder: Path) -> Listing:
    """List the images of a folder; the classes are in the order of their folders' names.

    Hidden files and files whose name is no image's are not looked at. Raises DataError.
    """
    inside = _subfolders(folder)
    splits = {SPLIT_NAMES.get(path.name.lower()): path for path in inside}
    divided = None not in splits and "train" in splits and len(splits) == len(inside)
    sources = (
        {name: path for name, path in splits.items() if name} if divided else {"train": folder}
    )

    classes = tuple(path.name for path in _subfolders(sources["train"]))
    groups = {name: _files(path, classes) for name, path in sources.items()}
    listing = Listing(
        folder, classes, groups["train"], groups.get("validation"), groups.get("test")
    )
    listing.check()
    return listing


def _files(folder: Path, classes: tuple[str, ...]) -> list[ImageFile]:
    label = {name: i for i, name in enumerate(classes)}
    files = []
    for path in _subfolders(folder):
        if path.name not in label:
            raise DataError(
                f"{shown(folder)}: the class “{shown(path.name)}” has no images to train on. "
                "Every split needs the classes of the training images."
            )
        files += [ImageFile(image, label[path.name]) for image in _images(path)]
    return files


def _images(folder: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                found.append(Path(place, name))
    return found


def _subfolders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [e.name for e in entries if e.is_dir() and not e.name.startswith(".")]
    except OSError as error:
        raise DataError(f"{shown(folder)}: the folder cannot be read: {reason(error)}.") from error
    return [folder / name for name in sorted(names)]
