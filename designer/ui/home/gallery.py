"""The gallery: thumbnails of files, made one after another in a thread and kept on the disk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import platformdirs
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from designer.app.settings import APP
from designer.app.turns import Steps, Turns
from designer.storage import StorageError, from_text, write_bytes
from designer.ui.home.thumbnail import SIZE, as_png, thumbnail
from designer.ui.theme.tokens import Tokens

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

PAINTED = 1
"""Grows when thumbnails look different: those on the disk are then painted anew."""
MOST_BYTES = 8_000_000
"""A file that is larger gets no thumbnail."""
MOST_KEPT = 400
"""Thumbnails on the disk, at about 5 kB each; the oldest go first."""

Place: TypeAlias = "Path | Traversable"


class Found(NamedTuple):
    """What is known of a file: its thumbnail, and when it was written (seconds since 1970)."""

    image: QImage | None
    written: float | None = None
    is_there: bool = True


class Wish(NamedTuple):
    """A file whose thumbnail is wanted, how it is to look, and who is told."""

    place: Place
    tokens: Tokens
    size: QSize
    ratio: float
    then: Callable[[Found], object]


class Gallery(QObject):
    """Grants wishes in the order in which they came; none of it is waited for."""

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or Path(platformdirs.user_cache_dir(APP)) / "thumbnails"
        self._wishes: list[Wish] = []
        self._turns = Turns(self)
        self._is_granting = False

    @property
    def is_busy(self) -> bool:
        """Whether a wish is still to be granted."""
        return self._is_granting

    def want(
        self,
        place: Place,
        tokens: Tokens,
        then: Callable[[Found], object],
        size: QSize = SIZE,
        ratio: float = 1.0,
    ) -> None:
        """Ask for the thumbnail of a file; `then` is called with what was found of it."""
        self._wishes.append(Wish(place, tokens, size, ratio, then))
        if not self._is_granting:
            self._is_granting = True
            self._turns.take(self._grant(), self._rest)

    def forget(self) -> None:
        """Want none of those any more that are still to come."""
        self._wishes.clear()
        self._turns.stop()
        self._is_granting = False

    def _grant(self) -> Steps:
        while self._wishes:
            wish = self._wishes.pop(0)
            found: list[Found] = []
            yield partial(_put, found, wish, self._folder)
            wish.then(found[0])
        yield lambda: _tidy(self._folder)

    def _rest(self) -> None:
        self._is_granting = False
        if self._wishes:
            self._is_granting = True
            self._turns.take(self._grant(), self._rest)


def _put(found: list[Found], wish: Wish, folder: Path) -> None:
    found.append(find(wish, folder))


def find(wish: Wish, folder: Path) -> Found:
    """Look at a file, and take its thumbnail from the folder, or paint it and put it there."""
    written: float | None = None
    try:
        if isinstance(wish.place, Path):
            stat = wish.place.stat()
            written = stat.st_mtime
            if stat.st_size > MOST_BYTES:
                return Found(None, written)
        content = wish.place.read_bytes()
    except FileNotFoundError:
        return Found(None, None, is_there=False)
    except (OSError, ValueError):
        return Found(None, written, is_there=False)
    kept = folder / f"{_key(content, wish)}.png"
    with contextlib.suppress(OSError):
        image = QImage.fromData(kept.read_bytes())
        if image.size() == wish.size * wish.ratio:
            image.setDevicePixelRatio(wish.ratio)
            return Found(image, written)
    try:
        design = from_text(content.decode("utf-8"))
    except (StorageError, UnicodeDecodeError):
        return Found(None, written)
    image = thumbnail(design, wish.tokens, wish.size, wish.ratio)
    with contextlib.suppress(OSError, StorageError):  # without a place to keep it, it is shown
        folder.mkdir(parents=True, exist_ok=True)
        write_bytes(kept, as_png(image))
    return Found(image, written)


def _key(content: bytes, wish: Wish) -> str:
    """Names everything that a thumbnail follows from."""
    import hashlib  # 10 ms, which are the thread's and not the window's

    look = (PAINTED, wish.tokens, wish.size.width(), wish.size.height(), wish.ratio)
    return hashlib.sha256(content + repr(look).encode()).hexdigest()[:32]


def _tidy(folder: Path) -> None:
    """Remove the oldest thumbnails where there are too many."""
    with contextlib.suppress(OSError):
        kept = sorted(folder.glob("*.png"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-MOST_KEPT]:
            path.unlink(missing_ok=True)
