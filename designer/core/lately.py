"""Lately: what was found of values that come back, as an undo brings them, within a budget."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, NamedTuple, TypeVar

Found = TypeVar("Found")

LEAST = 2
"""So many findings are kept however large they are: one step back costs nothing."""


class _Entry(NamedTuple):
    of: tuple[object, ...]
    """Held, so that no other object comes to have the same identity."""
    found: object
    size: int


class Lately(Generic[Found]):
    """The latest findings, each known by the very objects that it was found of.

    `budget` is in bytes, as are the sizes that findings are said to have.
    """

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.size = 0
        self._entries: OrderedDict[tuple[int, ...], _Entry] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def of(self, *values: object) -> Found | None:
        """What was found of exactly these objects; None where nothing is kept of them."""
        key = tuple(map(id, values))
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry.found  # type: ignore[return-value]

    def keep(self, found: Found, size: int, *values: object) -> Found:
        """Remember what was found of these objects, and let go of what is longest unused."""
        key = tuple(map(id, values))
        before = self._entries.pop(key, None)
        self.size += size - (before.size if before else 0)
        self._entries[key] = _Entry(values, found, size)
        while self.size > self.budget and len(self._entries) > LEAST:
            _, entry = self._entries.popitem(last=False)
            self.size -= entry.size
        return found

    def clear(self) -> None:
        """Remember nothing."""
        self._entries.clear()
        self.size = 0
