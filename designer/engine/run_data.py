"""The data of a run: one `.npz` file that its script reads, whatever the source was."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

from designer import data
from designer.core.design import Design
from designer.data.catalogue import EMBEDDED, place_of
from designer.data.splits import Splits
from designer.engine.fault import RunRefused, reason_of
from designer.resources import resource
from designer.storage.error import shown


def place_of_data(name: str) -> Path:
    """Where the data of a run's settings lies: an embedded set stands there by its name."""
    if name in EMBEDDED:
        return Path(str(resource("data", f"{name}.npz")))
    return Path(name)


def data_file(design: Design, base: Path | None, folder: Path, say: Callable[[str], None]) -> Path:
    """Give the file that the run of this folder reads.

    A set that comes with the program or was downloaded is read where it lies. Any other is read,
    divided, and written beside the run folders, once for all runs that use the same images.
    Raises RunRefused where the data cannot be used.
    """
    source = design.data.source
    if source in EMBEDDED:
        return place_of_data(source)
    try:
        if (kept := place_of(source)).is_file():
            return kept
        say("reading the images")
        splits = data.load(source, design.training.seed, design.data.validation, base)
        return _written(splits, folder.parent / "data")
    except data.DataError as error:
        raise RunRefused(str(error)) from None
    except OSError as error:
        raise RunRefused(f"{shown(source)} cannot be used: {reason_of(error)}") from None


def _written(splits: Splits, folder: Path) -> Path:
    digest = hashlib.sha256("\n".join(splits.classes).encode())
    for part in ("train", "validation", "test"):
        for array in splits.of(part):
            digest.update(np.ascontiguousarray(array).data)
    path = folder / f"{digest.hexdigest()[:16]}.npz"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        data.write_npz(splits, path)
    return path
