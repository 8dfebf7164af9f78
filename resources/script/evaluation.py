"""Evaluation: loss and accuracy on a whole split, and the classes of one image."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from inspect import signature

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

from data import Feed, Images
from model import INPUT_SHAPE, build_model
from settings import Place, Settings, Unusable, memory_layout, reason_of, shown


class Stopped(Exception):
    """Somebody asked the run to stop; what it reached is kept."""


def make_model(settings: Settings, place: Place) -> nn.Module:
    """Make the net with fresh weights, on the device and in the layout of the run."""
    model = build_model()
    if settings.initialization == "he":
        start_as_he(model)
    model = model.to(place.device)
    return model.to(memory_format=memory_layout(settings, place.device))


def start_as_he(model: nn.Module) -> None:
    """Draw weights with which a ReLU passes on as much as came in (He et al., 2015)."""
    for module in model.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)


def logits_of(output: torch.Tensor | tuple[torch.Tensor, ...]) -> torch.Tensor:
    """Take the first output of a net, in full precision."""
    first = output if isinstance(output, torch.Tensor) else output[0]
    return first.float()


def arithmetic(
    settings: Settings, device: torch.device
) -> AbstractContextManager[object]:
    """Make the context in which the net computes: bfloat16 where it was asked for."""
    if settings.precision == "bfloat16":
        return torch.autocast(device.type, dtype=torch.bfloat16)
    return nullcontext()


@torch.no_grad()
def evaluate(
    model: nn.Module,
    feed: Feed,
    settings: Settings,
    place: Place,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[float, float]:
    """Measure the mean loss and the share of hits; the processes divide the images."""
    model.eval()
    mine = torch.arange(place.rank, len(feed.y), place.world)
    sums = torch.zeros(2, device=place.device)
    for indices in feed.home(mine).split(settings.batch_size):
        if place.world == 1 and should_stop():
            raise Stopped
        x, y = feed.batch(indices)
        with arithmetic(settings, place.device):
            logits = logits_of(model(x))
        sums[0] += F.cross_entropy(logits, y, reduction="sum")
        sums[1] += (logits.argmax(1) == y).sum()
    if place.world > 1:
        dist.all_reduce(sums)
    loss, hits = sums.tolist()
    return loss / len(feed.y), hits / len(feed.y)


@torch.no_grad()
def check_fit(model: nn.Module, images: Images, place: Place) -> None:
    """Refuse images or classes that are not those the net is made for."""
    count = len(signature(model.forward).parameters)
    if count != 1:
        raise Unusable(f"The net takes {count} images at once", "A run feeds one.")
    shape = tuple(images.train.x.shape[1:])
    if shape != tuple(INPUT_SHAPE):
        got, wanted = (" × ".join(map(str, size)) for size in (shape, INPUT_SHAPE))
        raise Unusable(
            f"The images are {got}, the net takes {wanted}", "Change one or the other."
        )
    model.eval()
    logits = logits_of(model(torch.zeros(1, *shape, device=place.device)))
    outputs = logits.shape[1]
    if logits.ndim != 2:
        raise Unusable(
            f"The net gives {' × '.join(map(str, logits.shape[1:]))} for each image",
            "A run needs one score for each class: end with a Flatten and a Linear.",
        )
    if outputs < len(images.classes):
        raise Unusable(
            f"The net has {outputs} outputs, the data {len(images.classes)} classes",
            "Give the last layer an output for each class.",
        )
    if not any(weight.requires_grad for weight in model.parameters()):
        raise Unusable("The net has no weights to train", "Add a layer that learns.")


def read_image(path: str) -> torch.Tensor:
    """Read an image file as the net takes it: 1 × C × H × W, float32 from 0 to 1."""
    from PIL import Image, UnidentifiedImageError

    channels, height, width = INPUT_SHAPE
    try:
        with Image.open(path) as file:
            image = file.convert("L" if channels == 1 else "RGB")
            pixels = np.array(image.resize((width, height), Image.Resampling.BILINEAR))
    except UnidentifiedImageError:
        raise Unusable(f"{shown(path)} is not an image file") from None
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Unusable(
            f"The image {shown(path)} cannot be read: {reason_of(error)}"
        ) from None
    return torch.from_numpy(pixels).view(1, height, width, -1).permute(0, 3, 1, 2) / 255


@torch.no_grad()
def predict(model: nn.Module, path: str, classes: tuple[str, ...]) -> dict[str, float]:
    """Give the probability of each class for an image file, the likeliest first."""
    model.eval()
    device = next(model.parameters()).device
    chances = logits_of(model(read_image(path).to(device))).softmax(1)[0].tolist()
    names = [*classes, *(str(i) for i in range(len(classes), len(chances)))]
    pairs = zip(names, chances, strict=False)
    return dict(sorted(pairs, key=lambda pair: -pair[1]))
