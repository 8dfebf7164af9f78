"""notMNIST's archives: a tar of PNG files in one folder a letter, a few of them broken."""

from __future__ import annotations

import io
import tarfile
import zlib
from pathlib import Path, PurePosixPath

import numpy as np

from designer.data.error import DataError, shown
from designer.data.picture import Look, PictureError, read_picture
from designer.data.splits import Part, Unreadable
from designer.data.watch import Watch

LARGEST_FILE = 2**20  # bytes


def read_not_mnist(
    archive: Path, look: Look, classes: tuple[str, ...], expected: int, watch: Watch
) -> tuple[Part, list[Unreadable]]:
    """Read the images of an archive in its order; broken ones are listed instead.

    `expected` is about how many images there are, for the progress. Nothing is unpacked to disk.
    """
    label = {name: i for i, name in enumerate(classes)}
    pixels, labels = bytearray(), bytearray()
    unreadable: list[Unreadable] = []
    try:
        with tarfile.open(archive, "r|gz") as tar:
            for member in tar:
                path = PurePosixPath(member.name)
                known = path.parent.name in label and not path.name.startswith(".")
                if not member.isfile() or path.suffix != ".png" or not known:
                    continue
                watch.step(len(labels), max(expected, len(labels) + 1))
                try:
                    pixels += _read(tar, member, look)
                except PictureError as error:
                    unreadable.append(Unreadable(member.name, str(error)))
                else:
                    labels.append(label[path.parent.name])
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise DataError(
            f"{shown(archive.name)}: this is no archive of notMNIST ({shown(error)}). "
            "Download it again."
        ) from error
    if not labels:
        raise DataError(
            f"{shown(archive.name)}: there are no images in folders named {', '.join(classes)}. "
            "Download it again."
        )
    x = np.frombuffer(bytes(pixels), np.uint8).reshape(-1, *look.sizes)
    return Part(x, np.frombuffer(bytes(labels), np.uint8).astype(np.int64)), unreadable


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo, look: Look) -> bytes:
    if member.size > LARGEST_FILE:
        raise PictureError(f"{member.size:,} bytes are too many for a small image")
    file = tar.extractfile(member)
    content = file.read() if file is not None else b""
    if not content:
        raise PictureError("the file is empty")
    return read_picture(io.BytesIO(content), look).tobytes()
