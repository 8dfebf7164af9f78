"""MNIST's own format: gzipped arrays of bytes with a header of big-endian sizes."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from designer.data.error import DataError, shown
from designer.data.labels import integers
from designer.data.limits import check_size
from designer.data.splits import Part

UNSIGNED_BYTE = 8


def read_idx_part(images: Path, labels: Path) -> Part:
    """Read images and labels, N × H × W and N. Raises DataError."""
    x, y = _read(images, 3), _read(labels, 1)
    if len(x) != len(y) or not len(x):
        raise DataError(
            f"{shown(images.name)} holds {len(x)} images, {shown(labels.name)} {len(y)} labels; "
            "both must hold the same number. Download the data set again."
        )
    return Part(x, integers(y, shown(labels.name)))


def _read(path: Path, dimensions: int) -> NDArray[np.uint8]:
    try:
        with gzip.open(path) as file:
            magic = file.read(4)
            if magic != bytes((0, 0, UNSIGNED_BYTE, dimensions)):
                raise ValueError("it does not begin like an IDX file")
            header = file.read(4 * dimensions)
            if len(header) < 4 * dimensions:
                raise ValueError("it ends within its header")
            sizes = np.frombuffer(header, ">u4").astype(int).tolist()
            check_size(path.name, sizes[0], tuple(sizes[1:]) or (1,))
            count = int(np.prod(sizes))
            pixels = file.read(count + 1)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DataError(
            f"{shown(path.name)}: this is no IDX file ({shown(error)}). Download it again."
        ) from error
    if len(pixels) != count:
        raise DataError(
            f"{shown(path.name)}: its header announces {count:,} bytes, and it holds "
            f"{'more' if len(pixels) > count else f'{len(pixels):,}'}. Download it again."
        )
    return np.frombuffer(pixels, np.uint8).reshape(sizes)
