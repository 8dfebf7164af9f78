"""Numbers as people read them: grouped, shortened, in bytes, along both axes of a map."""

from __future__ import annotations

import re
from collections.abc import Container

from designer.core.field import Field

_WORDS = ((10**12, "trillion"), (10**9, "billion"))
_LETTERS = ((10**12, "T"), (10**9, "G"), (10**6, "M"))
_BYTES = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def grouped(number: int) -> str:
    """All digits in groups of three; from a billion on in words: `11.3 billion`."""
    for size, word in _WORDS:
        if number >= size:
            return f"{_three(number / size)} {word}"
    return f"{number:,}"


def short(number: int) -> str:
    """Few characters: `442,816`, `212 M`."""
    for size, letter in _LETTERS:
        if number >= size:
            return f"{_three(number / size)} {letter}"
    return f"{number:,}"


def in_bytes(number: int) -> str:
    """A size in memory: `12.2 kB`."""
    for size, unit in _BYTES:
        if number >= size:
            return f"{_three(number / size)} {unit}"
    return f"{number} B"


def sees(field: Field) -> str:
    """The size of a receptive field: `13 × 13`."""
    return f"{field[0].size} × {field[1].size}"


def jump(field: Field) -> str:
    """How far the fields of neighbours lie apart: `4`, or `4 × 2` where the axes differ."""
    return _both(field[0].jump, field[1].jump)


def start(field: Field) -> str:
    """Where the field of the first cell begins."""
    return _both(field[0].first, field[1].first)


def _three(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}".removesuffix(".0")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 node`, `3 nodes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sentence(words: str, names: Container[str] = ()) -> str:
    """The words with a capital and a full stop; a name that they begin with stays as it is.

    Names are those given, and what no word of a language looks like.
    """
    found = re.match(r"[\w./]*", words)
    first = found.group().rstrip(".") if found else ""
    if first.isalpha() and first not in names:
        words = words[0].upper() + words[1:]
    return words if words.endswith((".", "!", "?")) else f"{words}."


def unbroken(sentence: str) -> str:
    """The sentence with shapes that no line end can tear apart."""
    return sentence.replace(" × ", "\u00a0×\u00a0")


def _both(height: float, width: float) -> str:
    texts = [f"{number:.4g}".replace("-", "−") for number in (height, width)]
    return texts[0] if texts[0] == texts[1] else " × ".join(texts)
