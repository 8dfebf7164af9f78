"""CIFAR's binary format: records of one or two labels and 3 × 32 × 32 bytes, in a tar archive.

The archive for Python is a pickle, which could run code; it is never read.
"""

from __future__ import annotations

import tarfile
import zlib
from pathlib import Path

import numpy as np

from designer.data.error import DataError, shown
from designer.data.splits import Part

SIDE = 32
PIXELS = 3 * SIDE * SIDE
LARGEST_BATCH = 2**28  # bytes


def read_cifar(archive: Path, labels: int) -> tuple[Part, Part]:
    """Read training and test images, N × 32 × 32 × 3, by the last of the labels in a record."""
    batches: dict[str, bytes] = {}
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                name = Path(member.name).name
                if not member.isfile() or not name.endswith(".bin"):
                    continue
                if member.size > LARGEST_BATCH:
                    raise ValueError(f"{name} is too large")
                file = tar.extractfile(member)
                batches[name] = file.read() if file is not None else b""
        train = [batches[name] for name in sorted(batches) if not name.startswith("test")]
        test = [batches[name] for name in sorted(batches) if name.startswith("test")]
        return _part(train, labels), _part(test, labels)
    except (OSError, EOFError, ValueError, zlib.error, tarfile.TarError) as error:
        raise DataError(
            f"{shown(archive.name)}: this is no archive of CIFAR in its binary version "
            f"({shown(error)}). Download it again."
        ) from error


def _part(batches: list[bytes], labels: int) -> Part:
    if not batches:
        raise ValueError("a batch is missing")
    records = [np.frombuffer(batch, np.uint8).reshape(-1, labels + PIXELS) for batch in batches]
    table = np.concatenate(records)
    images = table[:, labels:].reshape(-1, 3, SIDE, SIDE).transpose(0, 2, 3, 1)
    return Part(np.ascontiguousarray(images), table[:, labels - 1].astype(np.int64))
