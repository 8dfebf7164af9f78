"""The way of older project files into the present format, one version at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1
"""The version that this program writes."""

Document = dict[str, Any]
Migration = Callable[[Document], Document]

_MIGRATIONS: dict[int, Migration] = {}


def migration(
    source: int, target: int, registry: dict[int, Migration] | None = None
) -> Callable[[Migration], Migration]:
    """Register a function that turns a document of version `source` into one of `target`.

    It receives the plain values of the file and returns new ones; a step is one version, and no
    two functions make the same step.
    """
    steps = _MIGRATIONS if registry is None else registry
    if target != source + 1 or source in steps:
        raise ValueError(f"there is no room for a migration from version {source} to {target}")

    def register(function: Migration) -> Migration:
        steps[source] = function
        return function

    return register


def migrate(
    document: Document,
    version: int,
    target: int = VERSION,
    registry: Mapping[int, Migration] | None = None,
) -> Document:
    """Bring a document of an older version up to `target`, step by step."""
    steps = _MIGRATIONS if registry is None else registry
    for step in range(version, target):
        document = {**steps[step](document), "version": step + 1}
    return document
