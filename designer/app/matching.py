"""Fuzzy matching: how well a few typed letters fit a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

FIRST, BEGINS, INITIALS, INSIDE, LOOSE, SAID = 100, 80, 60, 40, 20, 10
"""What a typed word is worth: at the beginning of a name, at the beginning of a part of it, made of
the beginnings of parts (`maxp`, `gap`), somewhere inside, with letters left out of one part
(`cnv`), and in what else is said of a thing."""
WHOLE = 12
"""More for a part that was typed to its end, and for initials from the first part on."""
LEAST_LOOSE = 3
"""Fewer letters than this fit nearly everything when others may stand between them."""

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[^\w\s]+")


def score(typed: str, name: str) -> int | None:
    """How well typed words fit a name, higher being better; None where one of them does not."""
    return _score(typed.lower().split(), name, ())


def best(typed: str, things: Iterable[T], words: Callable[[T], Iterable[str]]) -> list[T]:
    """The things that fit, the best first; the first of a thing's words is its name.

    Further words count for less, and only where the letters stand in them without a gap.
    """
    wanted = typed.lower().split()
    if not wanted:
        return list(things)
    found: list[tuple[int, T]] = []
    for thing in things:
        name, *others = words(thing)
        points = _score(wanted, name, others)
        if points is not None:
            found.append((points, thing))
    found.sort(key=lambda pair: -pair[0])
    return [thing for _, thing in found]


def _score(wanted: Sequence[str], name: str, others: Iterable[str]) -> int | None:
    total = 0
    for word in wanted:
        points = _in_name(word, name)
        if points is None and any(word in other.lower() for other in others):
            points = SAID
        if points is None:
            return None
        total += points
    return total * 4 - min(len(name), 40)


def _in_name(word: str, name: str) -> int | None:
    """What one word is worth in a name."""
    text = name.lower()
    if not _in_order(word, text):
        return None
    begins = _begins(name)
    places = [at for at in begins if text.startswith(word, at)]
    if places:
        end = places[0] + len(word)
        whole = WHOLE if end == len(text) or end in begins or not text[end].isalnum() else 0
        return (FIRST if places[0] == 0 else BEGINS) + whole
    if word in text:
        return INSIDE
    parts = [text[at:end] for at, end in zip(begins, (*begins[1:], len(text)), strict=True)]
    if _initials(word, parts):
        return INITIALS + (WHOLE if word[0] == text[0] else 0)
    if len(word) >= LEAST_LOOSE and any(_loosely(word, part) for part in parts):
        return LOOSE
    return None


@lru_cache(1 << 14)
def _begins(name: str) -> tuple[int, ...]:
    """Where the parts of a name begin: `MaxPool2d` has three."""
    return tuple(found.start() for found in _PARTS.finditer(name))


def _in_order(word: str, text: str) -> bool:
    """Whether all letters stand in a text in their order, which most texts fail."""
    place = 0
    for letter in word:
        place = text.find(letter, place) + 1
        if not place:
            return False
    return True


def _initials(word: str, parts: Sequence[str]) -> bool:
    """Whether a word is made of the beginnings of some of the parts, in their order."""
    if not word:
        return True
    for i, part in enumerate(parts):
        for length in range(len(word), 0, -1):
            if part.startswith(word[:length]) and _initials(word[length:], parts[i + 1 :]):
                return True
    return False


def _loosely(word: str, part: str) -> bool:
    """Whether a part begins like a word and has its other letters, few of its own between them."""
    if part[0] != word[0]:
        return False
    place = 0
    for letter in word:
        place = part.find(letter, place) + 1
        if not place:
            return False
    return place <= 2 * len(word)
