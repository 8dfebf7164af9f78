"""Downloaded files, each read in its data set's own format."""

from __future__ import annotations

from pathlib import Path

from designer.data.catalogue import Download
from designer.data.cifar import read_cifar
from designer.data.idx import read_idx_part
from designer.data.not_mnist import read_not_mnist
from designer.data.picture import Look
from designer.data.splits import Collection, Unreadable
from designer.data.watch import Watch


def read_files(name: str, entry: Download, folder: Path, watch: Watch) -> Collection:
    """Return the data set that the files of `entry` in `folder` hold. Raises DataError."""
    paths = [folder / file.name for file in entry.files]
    unreadable: list[Unreadable] = []
    if entry.kind == "idx":
        train, test = read_idx_part(*paths[:2]), read_idx_part(*paths[2:])
    elif entry.kind == "notmnist":
        _, height, width = entry.shape
        look = Look(height, width, colour=False)
        train, unreadable = read_not_mnist(paths[0], look, entry.classes, sum(entry.train), watch)
        test, more = read_not_mnist(paths[1], look, entry.classes, entry.test, Watch())
        unreadable += more
    else:
        train, test = read_cifar(paths[0], 1 if entry.kind == "cifar-10" else 2)
    return Collection(name, entry.classes, train, None, test, tuple(unreadable))
