"""Which layers are offered first: those that usually come next, and those that fit the letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.app.matching import best
from designer.core.layer import Layer


def ranked(
    typed: str, layers: Iterable[type[Layer]], likely: Mapping[str, int]
) -> list[type[Layer]]:
    """The layers that fit what was typed, the best first; `likely` orders those that fit alike."""
    ordered = sorted(layers, key=lambda kind: likely.get(kind.kind(), len(likely)))
    return best(typed, ordered, lambda kind: (kind.kind(), *kind.search.split(), kind.family))


_NEXT: Mapping[str, tuple[str, ...]] = {
    "": ("Input", "Conv2d", "ReLU", "MaxPool2d", "Flatten", "Linear"),
    "Image": ("Conv2d", "Normalize", "Greyscale", "Inception"),
    "Convolution": ("ReLU", "BatchNorm2d", "MaxPool2d", "Conv2d", "Conv1x1"),
    "Normalisation": ("ReLU", "Conv2d", "Dropout"),
    "Activation": ("MaxPool2d", "Conv2d", "Linear", "Dropout", "Flatten", "BatchNorm2d"),
    "Pooling": ("Conv2d", "Inception", "Flatten", "Linear", "Dropout"),
    "Merge": ("ReLU", "Conv2d", "MaxPool2d", "Inception"),
    "Shape": ("Linear", "Conv2d", "Dropout"),
    "Head": ("ReLU", "Dropout", "Linear", "Output"),
    "Regularisation": ("Linear", "Conv2d", "Flatten"),
}


def likely_after(family: str) -> dict[str, int]:
    """The usual next layers after one of this family, the most usual first."""
    return {kind: i for i, kind in enumerate(_NEXT.get(family, _NEXT[""]))}
