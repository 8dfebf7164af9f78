"""Numbers as people read them: grouped, shortened, in bytes."""

from __future__ import annotations

_WORDS = ((10**12, "trillion"), (10**9, "billion"))
_LETTERS = ((10**12, "T"), (10**9, "G"), (10**6, "M"))
_BYTES = ((2**30, "GiB"), (2**20, "MiB"), (2**10, "KiB"))


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
    """A size in memory: `12.2 KiB`."""
    for size, unit in _BYTES:
        if number >= size:
            return f"{_three(number / size)} {unit}"
    return f"{number} B"


def _three(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}".removesuffix(".0")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 node`, `3 nodes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def unbroken(sentence: str) -> str:
    """The sentence with shapes that no line end can tear apart."""
    return sentence.replace(" × ", "\u00a0×\u00a0")
