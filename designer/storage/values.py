"""Dataclasses as plain values for a file, every field written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from designer.core.graph import Point


def plain(value: Any) -> Any:
    """Turn a dataclass into an object with all its fields, a tuple into a list."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain(member) for member in value]
    return value


def coordinates(point: Point) -> list[float]:
    """A place on the canvas as a list; whole numbers without a point: 96, not 96.0."""
    return [int(c) if float(c).is_integer() and abs(c) < 2**53 else c for c in point]


def paths(points: Iterable[Point]) -> list[list[float]]:
    """Several places."""
    return [coordinates(point) for point in points]
