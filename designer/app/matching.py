"""Fuzzy matching: how well a few typed letters fit a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def score(typed: str, name: str) -> int | None:
    """How well the letters fit, in order, higher being better; None where they do not fit.

    A letter counts more at the beginning of a word and right after the letter before it.
    """
    wanted = typed.casefold().replace(" ", "")
    if not wanted:
        return 0
    text = name.casefold()
    total, place, before = 0, 0, -2
    for letter in wanted:
        found = text.find(letter, place)
        if found < 0:
            return None
        begins = found == 0 or not name[found - 1].isalnum() or name[found].isupper()
        total += 4 if begins else 0
        total += 3 if found == before + 1 else 0
        total -= min(found - place, 3)
        place, before = found + 1, found
    if wanted in text.replace(" ", ""):
        total += 12
    if text.startswith(wanted):
        total += 8
    return total * 4 - min(len(text), 40)


def best(typed: str, things: Iterable[T], words: Callable[[T], Iterable[str]]) -> list[T]:
    """The things that fit, the best first; the first of a thing's words is its name.

    Further words count for less, and only where the letters stand in them without a gap.
    """
    found: list[tuple[int, T]] = []
    for thing in things:
        name, *others = words(thing)
        points = score(typed, name)
        letters = typed.casefold().strip()
        if points is None and any(letters in word.casefold() for word in others):
            points = -60
        if points is not None:
            found.append((points, thing))
    found.sort(key=lambda pair: -pair[0])
    return [thing for _, thing in found]
