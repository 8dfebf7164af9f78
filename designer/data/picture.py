"""One image file as an array: grey or colour, upright, of the size that is asked for."""

from __future__ import annotations

import struct
import warnings
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np

from designer.data.error import shown
from designer.data.limits import LARGEST_PICTURE, reason
from designer.data.splits import Images

if TYPE_CHECKING:  # Pillow is imported when the first image is read: the window opens sooner
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP", "PPM")
SUFFIXES = frozenset(
    f".{end}"
    for end in ("png", "jpg", "jpeg", "bmp", "gif", "tif", "tiff", "webp", "ppm", "pgm", "pbm")
)
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,  # Pillow's word for a broken PNG
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


class PictureError(Exception):
    """An image file cannot be used; the text is the reason."""


class Look(NamedTuple):
    """What all images of a set are brought to."""

    height: int
    width: int
    colour: bool

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the array of one image."""
        return (self.height, self.width, 3) if self.colour else (self.height, self.width)


def look_of(file: Path | IO[bytes]) -> Look:
    """Return size and colour of an image file; PictureError with the reason."""
    image = _opened(file)
    return Look(image.height, image.width, image.mode == "RGB")


def read_picture(file: Path | IO[bytes], look: Look) -> Images:
    """Return an image file as uint8, H × W or H × W × 3, brought to a size and colour.

    Transparent parts become white. PictureError with the reason where that is impossible.
    """
    from PIL import Image

    image = _opened(file)
    wanted = "RGB" if look.colour else "L"
    if image.mode != wanted:
        image = image.convert(wanted)
    if image.size != (look.width, look.height):
        image = image.resize((look.width, look.height), Image.Resampling.BILINEAR)
    return np.asarray(image, np.uint8)


def _opened(file: Path | IO[bytes]) -> Image:
    """Return an image wholly read, upright, in mode L or RGB."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        if isinstance(file, Path) and not file.is_file():
            raise PictureError("there is no such file" if not file.exists() else "no file")
        with warnings.catch_warnings(action="ignore"), Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > LARGEST_PICTURE:
                raise PictureError(f"{image.width} × {image.height} pixels are too many")
            image.load()
            return _plain(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise PictureError(_why(file, error)) from error
    except BROKEN as error:
        words = reason(error) if isinstance(error, OSError) else str(error)
        raise PictureError(f"broken: {shown(words)}") from error


def _why(file: Path | IO[bytes], error: Exception) -> str:
    from PIL import UnidentifiedImageError

    if not isinstance(error, UnidentifiedImageError):
        return "the image is too large"
    if isinstance(file, Path) and file.stat().st_size == 0:
        return "the file is empty"
    return "this is no image of a known format"


def _plain(image: Image) -> Image:
    """Bring any mode to L or RGB without losing what can be seen."""
    from PIL import Image

    if image.mode in ("L", "RGB"):
        return image
    if image.mode == "1":
        return image.convert("L")
    if image.mode.startswith("I"):  # 16 bits a pixel
        deep = np.asarray(image).astype(np.int64)
        return Image.fromarray(
            (deep // 257 if deep.max() > 255 else deep).clip(0, 255).astype(np.uint8)
        )
    if image.mode == "F":
        raise PictureError("its pixels are floating-point numbers")
    if image.mode == "LA" or "A" in image.getbands() or "transparency" in image.info:
        grey = image.mode == "LA"
        white = Image.new("RGBA", image.size, "white")
        white.alpha_composite(image.convert("RGBA"))
        return white.convert("L" if grey else "RGB")
    if image.mode == "P" and _is_grey(image):
        return image.convert("L")
    return image.convert("RGB")


def _is_grey(image: Image) -> bool:
    palette = np.asarray(image.convert("RGB"))
    return bool((palette[..., :1] == palette).all())
