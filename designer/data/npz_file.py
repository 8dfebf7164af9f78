"""An open `.npz` file of images: headers checked before anything is unpacked.

Nothing in the file is ever executed: arrays of Python objects are refused, and a file that swells
when it is unpacked is recognised by its headers before a byte of it is read.
"""

from __future__ import annotations

import tokenize
import zipfile
import zlib
from typing import IO, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from designer.data.error import DataError, shown
from designer.data.labels import class_names, integers
from designer.data.limits import check_size
from designer.data.splits import Images, Labels, Unreadable

SPLITS = {"train": "", "validation": "_val", "test": "_test"}
SMALL = 64 * 2**20  # bytes: below this a member may be as compressible as it likes
SWELLS = 300  # times: no images compress like this
BROKEN = (
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,  # an unknown kind of compression
    RuntimeError,  # an encrypted member
    SyntaxError,  # a header that is no Python literal
    tokenize.TokenError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
)


class Header(NamedTuple):
    """What a member says of its array."""

    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]
    by_column: bool


class NpzFile:
    """An open `.npz`: its headers are read and checked, its arrays come one by one."""

    def __init__(self, file: IO[bytes], place: str) -> None:
        self.place = shown(place)
        try:
            self._archive = zipfile.ZipFile(file)
            names = [name for name in self._archive.namelist() if name.endswith(".npy")]
            self.headers = {name[:-4]: self._header(name) for name in names}
        except BROKEN as error:
            raise self._broken(error) from error
        self._check_keys()
        self.parts = [key for key, end in SPLITS.items() if "x" + end in self.headers]
        for part in self.parts:
            self._check_images(SPLITS[part])

    @property
    def image_sizes(self) -> tuple[int, ...]:
        """The sizes of one image: H, W or H, W, 3."""
        return self.headers["x"].shape[1:]

    def labels(self, part: str) -> Labels:
        """Return the labels of a split, checked to be classes."""
        key = "y" + SPLITS[part]
        return integers(self._array(key), f"{self.place}: {key}")

    def images(self, part: str) -> Images:
        """Return the images of a split."""
        return cast(Images, self._array("x" + SPLITS[part]))

    def classes(self, labels: list[Labels]) -> tuple[str, ...]:
        """Return the names of the classes; their numbers where the file does not name them."""
        names = self._array("classes") if "classes" in self.headers else None
        return class_names(names, labels, self.place)

    def unreadable(self) -> tuple[Unreadable, ...]:
        """Return the list of images that were left out when the file was made."""
        header = self.headers.get("unreadable")
        if header is None or header.dtype.kind != "U" or header.shape[1:] != (2,):
            return ()
        return tuple(Unreadable(*map(str, row)) for row in self._array("unreadable"))

    def first_rows(self, part: str, wanted: NDArray[np.intp]) -> Images:
        """Return some images of a split, in file order, unpacking no more than up to the last."""
        key = "x" + SPLITS[part]
        shape, _, by_column = self.headers[key]
        if by_column:  # the first pixel of every image comes first
            return self.images(part)[wanted]
        result = np.empty((len(wanted), *shape[1:]), np.uint8)
        size = result[:1].nbytes
        try:
            with self._archive.open(key + ".npy") as member:
                _skip_header(member)
                row = 0
                for place, index in enumerate(wanted):
                    member.seek(int(index - row) * size, 1)
                    result[place] = np.frombuffer(member.read(size), np.uint8).reshape(shape[1:])
                    row = int(index) + 1
        except BROKEN as error:
            raise self._broken(error) from error
        return result

    def _array(self, key: str) -> NDArray[np.generic]:
        try:
            with self._archive.open(key + ".npy") as member:
                array: NDArray[np.generic] = np.lib.format.read_array(member, allow_pickle=False)
        except BROKEN as error:
            raise self._broken(error) from error
        return array

    def _header(self, name: str) -> Header:
        info = self._archive.getinfo(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError(f"{name} is packed in a way that numpy does not use")
        with self._archive.open(name) as member:
            header = _skip_header(member)
        times = info.file_size // max(info.compress_size, 1)
        if info.file_size > SMALL and times > SWELLS:
            raise DataError(
                f"{self.place}: {shown(name)} unpacks to {times} times its size, as no images do; "
                "the file is not read."
            )
        if header.dtype.hasobject:
            raise DataError(
                f"{self.place}: {shown(name[:-4])} holds Python objects; only arrays of numbers "
                "and text are read, since objects could run code. Save it with a plain dtype."
            )
        if np.prod(header.shape, dtype=object) * header.dtype.itemsize > info.file_size:
            raise ValueError(f"{name} says that it is larger than it is")
        return header

    def _check_keys(self) -> None:
        held = set(self.headers)
        for end in SPLITS.values():
            if ("x" + end in held) != ("y" + end in held) or (not end and "x" not in held):
                found = ", ".join(sorted(shown(key) for key in held)[:12]) or "no arrays"
                raise DataError(
                    f"{self.place}: x{end} (images) and y{end} (labels) are needed together; the "
                    f"file holds {found}. Name its arrays x, y and, if there, x_test, y_test."
                )

    def _check_images(self, end: str) -> None:
        shape, dtype, _ = self.headers["x" + end]
        if dtype != np.uint8:
            raise DataError(
                f"{self.place}: x{end} must be uint8 (0 to 255), and is {dtype}. Bring it to that "
                "range and convert it with .astype('uint8')."
            )
        if len(shape) not in (3, 4) or (len(shape) == 4 and shape[3] != 3) or 0 in shape:
            raise DataError(
                f"{self.place}: x{end} must be images × height × width, or × 3 for colour, and "
                f"is {' × '.join(map(str, shape)) or 'a single number'}."
            )
        if shape[1:] != self.image_sizes:
            raise DataError(
                f"{self.place}: the images of all splits must have one size; x has "
                f"{' × '.join(map(str, self.image_sizes))}, x{end} has "
                f"{' × '.join(map(str, shape[1:]))}."
            )
        check_size(self.place, shape[0], shape[1:])
        labels = self.headers["y" + end].shape
        if labels != shape[:1]:
            raise DataError(
                f"{self.place}: y{end} must hold one label for each image of x{end}: {shape[0]} "
                f"images, but labels of shape {' × '.join(map(str, labels)) or 'a single number'}."
            )

    def _broken(self, error: Exception) -> DataError:
        if isinstance(error, zipfile.BadZipFile) and "not a zip" in str(error):
            detail = "it is no .npz archive"
        else:
            detail = shown(str(error) or type(error).__name__)
        return DataError(
            f"{self.place}: the file cannot be read ({detail}). Save it again with "
            "numpy.savez_compressed."
        )


def _skip_header(member: IO[bytes]) -> Header:
    version = np.lib.format.read_magic(member)
    if version == (1, 0):
        shape, by_column, dtype = np.lib.format.read_array_header_1_0(member)
    elif version == (2, 0):
        shape, by_column, dtype = np.lib.format.read_array_header_2_0(member)
    else:
        raise ValueError(f"format {version[0]}.{version[1]} of numpy's arrays is unknown")
    return Header(tuple(shape), dtype, by_column)
