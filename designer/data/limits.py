"""How large data may be: what is read into memory at once must fit there."""

from __future__ import annotations

import math
import os
import stat
from pathlib import Path

from designer.data.error import DataError, shown

LARGEST_SET = 8 * 2**30  # bytes of pixels
LARGEST_SIDE = 4096  # pixels
LARGEST_PICTURE = 64_000_000  # pixels in an image file, before it is brought to size
MOST_CLASSES = 65_536


def check_size(place: str, images: int, sizes: tuple[int, ...]) -> None:
    """Refuse a set of images that memory cannot hold. `sizes` is H, W or H, W, 3."""
    if max(sizes) > LARGEST_SIDE:
        raise DataError(
            f"{shown(place)}: an image measures {' × '.join(map(str, sizes))}; a side has at most "
            f"{LARGEST_SIDE} pixels. Make the images smaller."
        )
    size = images * math.prod(sizes)
    if size > LARGEST_SET:
        raise DataError(
            f"{shown(place)}: {images:,} images of {' × '.join(map(str, sizes))} need "
            f"{size / 2**30:.1f} GiB; a data set is kept in memory and may have "
            f"{LARGEST_SET / 2**30:.0f} GiB. Use smaller or fewer images."
        )


def check_regular(path: Path, what: str) -> None:
    """Refuse a path that is missing or is no regular file (a pipe would never end)."""
    try:
        kind = path.stat().st_mode
    except OSError as error:
        raise DataError(f"{shown(path)}: {what} cannot be opened: {reason(error)}.") from error
    except ValueError as error:  # a null character in the name
        raise DataError(f"{shown(path)}: this is no file name.") from error
    if not stat.S_ISREG(kind):
        raise DataError(f"{shown(path)}: {what} must be a regular file, and this is none.")


def reason(error: OSError) -> str:
    """Return the system's own words for a failure, without errno and path."""
    return (error.strerror or os.strerror(error.errno or 0) or str(error)).lower()
