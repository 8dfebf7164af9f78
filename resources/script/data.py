"""Data: images in memory as bytes, in three splits, delivered by index."""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from settings import Failure, Place, Settings, memory_layout

TORCHVISION_SETS = {
    "mnist": "MNIST",
    "fashion-mnist": "FashionMNIST",
    "kmnist": "KMNIST",
    "cifar-10": "CIFAR10",
    "cifar-100": "CIFAR100",
}


@dataclass(frozen=True)
class Split:
    """Images as bytes, N × C × H × W, and the index of each one's class, N."""

    x: torch.Tensor
    y: torch.Tensor

    def __len__(self) -> int:
        """Count the images."""
        return len(self.y)


@dataclass(frozen=True)
class Images:
    """A data set: validation decides which weights are best, test is read once."""

    classes: tuple[str, ...]
    train: Split
    validation: Split
    test: Split


def load_images(settings: Settings) -> Images:
    """Read the data set of the settings: an .npz file, or one of torchvision's."""
    if settings.data in TORCHVISION_SETS:
        arrays = read_torchvision(settings.data)
    else:
        arrays = read_npz(find_file(settings.data))
    count = int(max(arrays[name].max() for name in arrays if name[0] == "y")) + 1
    classes = tuple(str(name) for name in arrays.get("classes", range(count)))
    if "x_test" not in arrays:
        hold_out(arrays, "test", 0.2, 0)  # the same images for every run
    if "x_val" not in arrays:
        hold_out(arrays, "val", settings.validation, settings.seed)
    train, validation, test = (
        make_split(arrays["x" + part], arrays["y" + part])
        for part in ("", "_val", "_test")
    )
    if not (len(train) and len(validation) and len(test)):
        raise Failure(
            f"{settings.data} has too few images: {len(train)} to train, "
            f"{len(validation)} to validate, {len(test)} to test",
            "Add images to each class.",
        )
    return Images(classes, train, validation, test)


def find_file(name: str) -> Path:
    """Find a data file from the working folder, or beside this script."""
    for path in (Path(name), Path(__file__).parent / name):
        if path.is_file():
            return path
    known = ", ".join(TORCHVISION_SETS)
    raise Failure(
        f"There is no data file {name}", f"Give --data an .npz file or {known}."
    )


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """Read the arrays of an .npz file: `x` and `y`, and perhaps more splits."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError) as error:
        raise Failure(
            f"{path} cannot be read: {error}", "Is it an .npz file?"
        ) from None
    for name in ("x", "y"):
        if name not in arrays:
            raise Failure(f"{path} has no array '{name}'", "It needs x and y.")
    return arrays


def read_torchvision(name: str) -> dict[str, np.ndarray]:
    """Read a data set of torchvision's, downloaded into ./data if need be."""
    from torchvision import datasets

    kind = getattr(datasets, TORCHVISION_SETS[name])
    train = kind("data", train=True, download=True)
    test = kind("data", train=False, download=True)
    return {
        "x": np.asarray(train.data),
        "y": np.asarray(train.targets),
        "x_test": np.asarray(test.data),
        "y_test": np.asarray(test.targets),
        "classes": np.asarray(train.classes),
    }


def hold_out(arrays: dict[str, np.ndarray], part: str, share: float, seed: int) -> None:
    """Move a share of every class of the training images to another split."""
    chosen = stratified(arrays["y"], share, seed)
    for name in ("x", "y"):
        arrays[f"{name}_{part}"] = arrays[name][chosen]
        arrays[name] = arrays[name][~chosen]


def stratified(labels: np.ndarray, share: float, seed: int) -> np.ndarray:
    """Mark the same share of every class, at least one image but never all."""
    chance, chosen = chance_of(seed), np.zeros(len(labels), bool)
    for label in range(int(labels.max()) + 1):
        places = np.flatnonzero(labels == label)
        count = max(1, math.floor(len(places) * share + 0.5))
        count = min(count, max(0, len(places) - 1))
        chosen[chance.permutation(places)[:count]] = True
    return chosen


def chance_of(*seeds: int) -> np.random.RandomState:
    """Make a generator whose numbers no later version of numpy changes."""
    return np.random.RandomState(np.random.MT19937(np.random.SeedSequence(seeds)))


def make_split(x: np.ndarray, y: np.ndarray) -> Split:
    """Turn N × H × W or N × H × W × 3 bytes into N × C × H × W."""
    if x.dtype != np.uint8 or x.ndim not in (3, 4) or len(x) != len(y):
        raise Failure(
            f"The images are {x.dtype} of shape {x.shape}, with {len(y)} labels",
            "They must be uint8, N × H × W or N × H × W × 3, with N labels.",
        )
    x = x[:, None] if x.ndim == 3 else x.transpose(0, 3, 1, 2)
    images = torch.from_numpy(np.ascontiguousarray(x))
    return Split(images, torch.from_numpy(y.astype(np.int64)))


class Feed:
    """Gives batches of a split: float32 from 0 to 1, on the device of the run."""

    def __init__(self, split: Split, settings: Settings, place: Place) -> None:
        """Put the bytes on the device if they fit into a third of its memory."""
        self.device = place.device
        self.layout = memory_layout(settings, place.device)
        self.x, self.y = split.x, split.y
        self.pins = False
        if self.device.type == "cuda":
            free, _ = torch.cuda.mem_get_info(self.device)
            self.pins = split.x.nbytes > free // 3
        if not self.pins:
            self.x, self.y = self.x.to(self.device), self.y.to(self.device)

    def batch(self, indices: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Deliver the images N × C × H × W and labels N at these indices."""
        x, y = self.x.index_select(0, indices), self.y.index_select(0, indices)
        if self.pins:
            x = x.pin_memory().to(self.device, non_blocking=True)
            y = y.pin_memory().to(self.device, non_blocking=True)
        x = x.to(torch.float32, memory_format=self.layout)
        return x.div_(255), y

    def home(self, indices: torch.Tensor) -> torch.Tensor:
        """Bring indices to where the bytes are."""
        return indices.to(self.x.device)


def shuffled(count: int, seed: int, epoch: int) -> torch.Tensor:
    """Give the order of an epoch; it depends on nothing but the seed and the epoch."""
    return torch.from_numpy(chance_of(seed, epoch).permutation(count))


def batches(order: torch.Tensor, size: int, fewest: int) -> list[torch.Tensor]:
    """Cut an order into batches; a last one of fewer images than `fewest` is left out.

    Batch normalisation cannot train on one image, and the next order leaves out others.
    """
    cut = list(order.split(size))
    if len(cut) > 1 and len(cut[-1]) < fewest:
        cut.pop()
    return cut
