"""Where data comes from: a source's name or path, turned into something that can be read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, NamedTuple, Protocol

import numpy as np

from designer.data import listing, npz
from designer.data.catalogue import EMBEDDED, Download, downloads, place_of
from designer.data.dividing import Outline
from designer.data.error import DataError, shown
from designer.data.folder import list_folder
from designer.data.listing import Listing
from designer.data.npz_file import NpzFile
from designer.data.picture import PictureError, read_picture
from designer.data.splits import Collection, Images
from designer.data.table import list_table
from designer.data.watch import Watch
from designer.resources import resource

Samples = tuple[tuple[Images, ...], ...]
"""A few images of each class, H × W or H × W × 3."""


class NotDownloaded(DataError):  # noqa: N818 - a state, with a way out
    """A data set with a name is not on this computer yet; `name` can be downloaded."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(
            f"“{name}” is not on this computer yet. Download it ({size / 1e6:,.0f} MB), or choose "
            f"{' or '.join(EMBEDDED)}, which are built in."
        )
        self.name = name


class Source(Protocol):
    """Data that can be described, sampled and read; each raises DataError."""

    def outline(self) -> Outline: ...
    def samples(self, count: int) -> Samples: ...
    def read(self, watch: Watch) -> Collection: ...


class ArraySource(NamedTuple):
    """Arrays in an `.npz` file."""

    name: str
    place: str
    open: Callable[[], AbstractContextManager[IO[bytes]]]

    def outline(self) -> Outline:
        with self.open() as file:
            return npz.outline(file, self.place, self.name)

    def samples(self, count: int) -> Samples:
        with self.open() as file:
            arrays = NpzFile(file, self.place)
            labels = {part: arrays.labels(part) for part in arrays.parts}
            classes = arrays.classes(list(labels.values()))
            y = labels["train"]
            wanted = [np.flatnonzero(y == k)[:count] for k in range(len(classes))]
            rows = np.sort(np.concatenate(wanted))
            images = arrays.first_rows("train", rows)
        return tuple(tuple(images[np.searchsorted(rows, index)]) for index in wanted)

    def read(self, watch: Watch) -> Collection:
        with self.open() as file:
            return npz.read(file, self.place, self.name)


class FileSource(NamedTuple):
    """Image files in a folder or a table."""

    path: Path
    files: Callable[[Path], Listing]

    def outline(self) -> Outline:
        return listing.outline(self.files(self.path))

    def samples(self, count: int) -> Samples:
        found = self.files(self.path)
        look = listing.common_look(found)
        samples: list[list[Images]] = [[] for _ in found.classes]
        for file in found.train:
            if len(samples[file.label]) < count:
                try:
                    samples[file.label].append(read_picture(file.path, look))
                except PictureError:
                    continue  # a run's scan lists it
        return tuple(map(tuple, samples))

    def read(self, watch: Watch) -> Collection:
        return listing.read(self.files(self.path), watch)


class AbsentSource(NamedTuple):
    """A data set that could be downloaded: its description is known, its images are not."""

    name: str
    entry: Download

    def outline(self) -> Outline:
        return self.entry.outline(self.name)

    def samples(self, count: int) -> Samples:
        return tuple(() for _ in self.entry.classes)

    def read(self, watch: Watch) -> Collection:
        raise NotDownloaded(self.name, self.entry.size)


def find(source: str, base: Path | None = None) -> Source:
    """Return what a name or a path stands for; a relative path is relative to `base`."""
    if source in EMBEDDED:
        file = resource("data", f"{source}.npz")
        return ArraySource(source, source, lambda: file.open("rb"))
    if source in downloads():
        place = place_of(source)
        if place.is_file():
            return ArraySource(source, str(place), lambda: npz.open_npz(place))
        return AbsentSource(source, downloads()[source])
    return _find_path(source, base)


def _find_path(source: str, base: Path | None) -> Source:
    try:
        path = (base or Path()) / Path(source).expanduser()
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, RuntimeError, ValueError):  # too long, no home, a null character
        is_folder = exists = False
    if not source or not exists:
        raise DataError(
            f"“{shown(source)}” is neither a data set ({', '.join((*EMBEDDED, *downloads()))}) nor "
            "a folder or file that exists. Check the name."
        )
    if is_folder:
        return FileSource(path.resolve(), list_folder)
    if path.suffix.lower() == ".npz":
        return ArraySource(path.stem, str(path), lambda: npz.open_npz(path))
    if path.suffix.lower() == ".csv":
        return FileSource(path, list_table)
    raise DataError(
        f"{shown(path)}: data is a folder with one subfolder a class, an .npz or a .csv file; this "
        f"file's name ends with “{shown(path.suffix)}”."
    )
