"""Small data sets for tests, made on the spot."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Array = NDArray[np.generic]


def arrays(
    count: int = 40, classes: int = 4, size: tuple[int, ...] = (6, 5), seed: int = 1
) -> dict[str, Array]:
    """x and y: random images, the classes in turn."""
    chance = np.random.default_rng(seed)
    return {
        "x": chance.integers(0, 256, (count, *size), dtype=np.uint8),
        "y": np.arange(count) % classes,
    }


def npz(path: Path, **content: Array) -> Path:
    """An .npz of these arrays; those of `arrays()` where none are given."""
    np.savez_compressed(path, **(content or arrays()))  # type: ignore[arg-type]
    return path


def image(path: Path, size: tuple[int, int] = (5, 6), mode: str = "L", value: int = 100) -> Path:
    """A picture of one grey value, `size` being width × height."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", size, value).convert(mode).save(path)
    return path


def image_folder(folder: Path, classes: int = 3, count: int = 10) -> Path:
    """A folder with a subfolder a class; the grey value of an image is 20 × class + its number."""
    for label in range(classes):
        for i in range(count):
            image(folder / f"class{label}" / f"{i:03}.png", value=20 * label + i)
    return folder
