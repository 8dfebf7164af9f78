"""The catalogue of layers: every layer class that a file of this package defines."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from designer.core.layer import Layer

FAMILIES = (
    "Image",
    "Convolution",
    "Pooling",
    "Activation",
    "Normalisation",
    "Regularisation",
    "Merge",
    "Shape",
    "Head",
)
"""The families in the order of the palette."""


def _discover() -> dict[str, type[Layer]]:
    """Import every file of the package and gather the layers that it defines."""
    found: dict[str, type[Layer]] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        for value in vars(module).values():
            is_layer = isinstance(value, type) and issubclass(value, Layer)
            if is_layer and value.__module__ == module.__name__ and "family" in vars(value):
                found[value.kind()] = value
    return found


CATALOGUE: Mapping[str, type[Layer]] = MappingProxyType(_discover())
"""Every layer by its name."""


def families() -> dict[str, tuple[type[Layer], ...]]:
    """The layers by family, in the palette's order; a family that nobody listed comes last."""
    groups: dict[str, list[type[Layer]]] = {name: [] for name in FAMILIES}
    for kind in CATALOGUE.values():
        groups.setdefault(kind.family, []).append(kind)
    return {
        name: tuple(sorted(group, key=lambda kind: (kind.rank, kind.kind())))
        for name, group in groups.items()
        if group
    }
