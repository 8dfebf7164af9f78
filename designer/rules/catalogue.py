"""Every code that a diagnostic can have, with one sentence of what it means."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import MappingProxyType, ModuleType

import designer.core
import designer.layers
import designer.rules


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(package.__path__):
        if not info.ispkg:
            yield importlib.import_module(f"{package.__name__}.{info.name}")


def codes() -> Mapping[str, str]:
    """Gather the codes where they stand: beside what finds the fault, in the `FAULTS` of its file.

    So a layer that refuses for a reason of its own says what it means in its own file.
    """
    found: dict[str, str] = {}
    for package in (designer.core, designer.layers, designer.rules):
        for module in _modules(package):
            found.update(getattr(module, "FAULTS", {}))
    return MappingProxyType(found)
