"""Data: images in memory as bytes, in three splits, delivered by index."""

import math
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from settings import Place, Settings, Unusable, memory_layout, reason_of, shown

TORCHVISION_SETS = {
    "mnist": "MNIST",
    "fashion-mnist": "FashionMNIST",
    "kmnist": "KMNIST",
    "cifar-10": "CIFAR10",
    "cifar-100": "CIFAR100",
}
PARTS = ("", "_val", "_test")
MOST_CLASSES = 100_000
BROKEN_ARCHIVE = (
    OSError,
    ValueError,
    EOFError,
    TypeError,
    AttributeError,
    LookupError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)


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
    classes = check_arrays(arrays, shown(settings.data))
    if "x_test" not in arrays:
        hold_out(arrays, "test", 0.2, 0)  # the same images for every run
    if "x_val" not in arrays:
        hold_out(arrays, "val", settings.validation, settings.seed)
    train, validation, test = (
        make_split(arrays["x" + part], arrays["y" + part]) for part in PARTS
    )
    if not (len(train) and len(validation) and len(test)):
        raise Unusable(
            f"{shown(settings.data)} has too few images: {len(train)} to train, "
            f"{len(validation)} to validate, {len(test)} to test",
            "Add images to each class.",
        )
    return Images(classes, train, validation, test)


def find_file(name: str) -> Path:
    """Find a data file from the working folder, or beside this script."""
    with suppress(OSError, ValueError):  # a name that no system takes
        for path in (Path(name), Path(__file__).parent / name):
            if path.is_file():
                return path
    known = ", ".join(TORCHVISION_SETS)
    raise Unusable(
        f"There is no data file {shown(name)}", f"Give --data an .npz file or {known}."
    )


def read_npz(path: Path) -> dict[str, np.ndarray]:
    """Read the arrays of an .npz file: `x` and `y`, and perhaps more splits."""
    try:
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            names = {letter + part for part in PARTS for letter in "xy"} | {"classes"}
            return {name: file[name] for name in file.files if name in names}
    except BROKEN_ARCHIVE as error:
        why = "it is not a whole .npz file of plain arrays"
        if isinstance(error, OSError) and error.strerror:
            why = error.strerror
        raise Unusable(
            f"{shown(path)} cannot be read: {why}", "It needs arrays x and y."
        ) from None


def check_arrays(arrays: dict[str, np.ndarray], name: str) -> tuple[str, ...]:
    """Refuse arrays that are no images with labels; give the names of the classes."""
    count, shapes = 0, set()
    for part in PARTS:
        pair = [key for key in ("x" + part, "y" + part) if key in arrays]
        if not pair and part:
            continue
        if len(pair) < 2:
            missing = "y" + part if "x" + part in arrays else "x" + part
            raise Unusable(f"{name} has no array '{missing}'", "It needs x and y.")
        x, y = arrays["x" + part], arrays["y" + part]
        check_images(x, y, f"{name} ({', '.join(pair)})")
        shapes.add(x.shape[1:])
        count = max(count, int(y.max()) + 1)
    if len(shapes) > 1:
        raise Unusable(f"The images of {name} are not all of one size")
    classes = tuple(str(label) for label in arrays.get("classes", np.arange(count)))
    if len(classes) < count:
        raise Unusable(
            f"{name} names {len(classes)} classes, its labels go to {count - 1}",
            "Name every class, or leave 'classes' out.",
        )
    return classes


def check_images(x: np.ndarray, y: np.ndarray, name: str) -> None:
    """Refuse what are not N images as bytes with N labels from 0."""
    grey_or_colour = x.ndim == 3 or (x.ndim == 4 and x.shape[3] == 3)
    if x.dtype != np.uint8 or not grey_or_colour or y.shape != (len(x),):
        raise Unusable(
            f"The images of {name} are {x.dtype} of shape {x.shape}, "
            f"with labels of shape {y.shape}",
            "They must be uint8, N × H × W or N × H × W × 3, with N labels.",
        )
    if not x.size:
        raise Unusable(f"{name} has no images")
    if y.dtype.kind not in "iu" or y.min() < 0 or y.max() >= MOST_CLASSES:
        raise Unusable(
            f"The labels of {name} are {y.dtype} from {y.min()} to {y.max()}",
            f"They must be whole numbers from 0 to at most {MOST_CLASSES - 1}.",
        )


def read_torchvision(name: str) -> dict[str, np.ndarray]:
    """Read a data set of torchvision's, downloaded into ./data if need be."""
    try:
        from torchvision import datasets
    except ImportError:
        raise Unusable(f"{name} needs torchvision", "Install it with pip.") from None
    kind = getattr(datasets, TORCHVISION_SETS[name])
    try:
        train = kind("data", train=True, download=True)
        test = kind("data", train=False, download=True)
    except (OSError, RuntimeError) as error:
        raise Unusable(
            f"{name} cannot be downloaded into ./data: {reason_of(error).rstrip(':')}",
            "Is there a network?",
        ) from None
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
