"""Writing a text file whole or not at all, and never over something that is no file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from designer.core.atomic import replace_file
from designer.storage.error import StorageError


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Put UTF-8 text into the file, so that after any fault it holds the old or the new text.

    A file that is there keeps its permissions, and a symbolic link stays a link. Raises
    StorageError where the file cannot be written.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        reason = "cannot be written: a text holds half a character (a lone surrogate)"
        raise StorageError(path, "", reason) from None
    write_bytes(path, data)


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Like `write_text`, for bytes."""

    def fill(file: BinaryIO) -> None:
        file.write(data)

    try:
        _refuse_what_must_stay(path)
        replace_file(Path(path), fill)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        reason = error.strerror if isinstance(error, OSError) else None
        raise StorageError(path, "", f"cannot be written: {reason or error}") from None
    except ValueError as error:  # a path with a null character
        raise StorageError(path, "", f"cannot be written: {error}") from None


def _refuse_what_must_stay(path: str | os.PathLike[str]) -> None:
    """Refuse a folder, a pipe, a device, a read-only file, and a place in no folder."""
    folder = Path(path).parent
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        if not folder.is_dir():
            raise OSError(f"there is no folder {folder}") from None
        return
    if stat.S_ISDIR(mode):
        raise OSError("it is a folder")
    if not stat.S_ISREG(mode):
        raise OSError("it is a pipe or a device, not a file")
    if not os.access(path, os.W_OK):
        raise OSError("the file is read-only")
