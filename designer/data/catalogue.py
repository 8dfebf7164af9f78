"""The data sets that the program knows by name: the embedded ones and those it can download."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import platformdirs

from designer.core.decode import decode, expect_object
from designer.core.json_text import parse
from designer.core.lean import lean_dataclass
from designer.core.shape import Shape
from designer.data.dividing import Outline
from designer.resources import resource

EMBEDDED = {
    "letters": "Letters A to J of open fonts",
    "mnist-5k": "5,000 handwritten digits of MNIST",
}


@lean_dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to download: its size in bytes, and what its content must hash to."""

    name: str
    size: int
    sha256: str = ""
    sha1: str = ""


@lean_dataclass(frozen=True, slots=True)
class Download:
    """A data set to be had elsewhere; `train` counts the training images of each class."""

    title: str
    kind: Literal["idx", "cifar-10", "cifar-100", "notmnist"]
    shape: tuple[int, ...]
    classes: tuple[str, ...]
    train: tuple[int, ...]
    test: int
    licence: str
    home: str
    mirrors: tuple[str, ...]
    files: tuple[RemoteFile, ...]

    @property
    def size(self) -> int:
        """How many bytes are downloaded."""
        return sum(file.size for file in self.files)

    def outline(self, name: str) -> Outline:
        """Describe the data set without having it."""
        counts = np.array(self.train, np.int64)
        return Outline(name, Shape(self.shape), self.classes, counts, None, self.test)


@lean_dataclass(frozen=True, slots=True)
class Offer:
    """A data set that can be chosen by name; `size` is what downloading it costs, in bytes."""

    name: str
    title: str
    present: bool
    size: int = 0
    licence: str = ""
    home: str = ""


@cache
def downloads() -> Mapping[str, Download]:
    """Return the data sets that can be downloaded, by name."""
    text = resource("data", "downloads.json").read_text(encoding="utf-8")
    entries = expect_object(parse(text), "")
    return {name: decode(Download, entry, name) for name, entry in entries.items()}


def offers() -> tuple[Offer, ...]:
    """Return all data sets with a name, the embedded ones first."""
    embedded = (Offer(name, title, True) for name, title in EMBEDDED.items())
    remote = (
        Offer(name, d.title, place_of(name).is_file(), d.size, d.licence, d.home)
        for name, d in downloads().items()
    )
    return (*embedded, *remote)


def data_folder() -> Path:
    """Return the user's folder for downloaded data sets, which may not exist yet."""
    return platformdirs.user_data_path("convnet-designer", appauthor=False) / "data"


def place_of(name: str) -> Path:
    """Return the file that a downloaded data set is kept in."""
    return data_folder() / f"{name}.npz"
