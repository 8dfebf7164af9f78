"""Reading a text file that may be anything: a pipe, a device, a picture, a gigabyte."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, TypeAlias

from designer.storage.error import StorageError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LARGEST = 64 * 1024 * 1024
"""Bytes; a larger file is refused before it is read."""

Source: TypeAlias = "str | os.PathLike[str] | Traversable"
"""A path, or a file among the program's own resources."""

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)

MARKS = (
    (b"\xef\xbb\xbf", "it begins with a byte order mark: save it as UTF-8 without one"),
    (b"\xff\xfe", "it is UTF-16 or UTF-32, not UTF-8"),
    (b"\xfe\xff", "it is UTF-16, not UTF-8"),
)


def name_of(source: Source) -> str:
    """The path that messages name."""
    return os.fspath(source) if isinstance(source, (str, os.PathLike)) else str(source)


def read_text(source: Source) -> str:
    """Read a regular UTF-8 file of at most LARGEST bytes.

    Raises StorageError for everything else; it never waits for a pipe and never reads a device.
    """
    path = name_of(source)
    data = _read(path) if isinstance(source, (str, os.PathLike)) else source.read_bytes()
    for mark, reason in MARKS:
        if data.startswith(mark):
            raise StorageError(path, "", reason)
    if b"\0" in data:
        raise StorageError(path, f"byte {data.index(0)}", "it is not a text file")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise StorageError(path, f"line {line}", "it is not UTF-8 text") from None


def _read(path: str) -> bytes:
    try:
        with open(path, "rb", opener=_open_without_waiting) as file:
            _refuse_what_is_no_file(path, os.fstat(file.fileno()))
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise StorageError(path, "", f"cannot be read: {error.strerror or error}") from None
    except ValueError as error:  # a path with a null character
        raise StorageError(path, "", f"cannot be read: {error}") from None
    if len(data) > LARGEST:
        raise StorageError(path, "", _too_large(len(data)))
    return data


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe too is open at once, and not when somebody writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _refuse_what_is_no_file(path: str, status: os.stat_result) -> None:
    for is_kind, kind in KINDS:
        if is_kind(status.st_mode):
            raise StorageError(path, "", f"it is {kind}, not a file")
    if status.st_size > LARGEST:
        raise StorageError(path, "", _too_large(status.st_size))


def _too_large(size: int) -> str:
    return (
        f"it holds {size / 2**20:,.0f} MB, and a project file has at most {LARGEST // 2**20} MB: "
        "weights belong beside it"
    )
