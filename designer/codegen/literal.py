"""Checked values as Python text, and free text as what can do no harm in it."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

WIDTH = 88
"""Columns of generated text, ruff's own default."""


class Named(int):
    """An integer that stands in the text by the name of a constructor's parameter.

    It is the number in every calculation; only passed on unchanged does it keep its name.
    """

    name: str

    def __new__(cls, value: int, name: str) -> Named:
        """Give the number its name."""
        made = super().__new__(cls, value)
        made.name = name
        return made

    def __hash__(self) -> int:
        # equal to the number it is, but kept apart from it by whatever remembers results
        return hash((int(self), self.name))


def literal(value: Any) -> str:
    """Write a value as Python text that `ruff format` leaves alone.

    Accepts None, True, False, integers, finite numbers, texts, and tuples of these; raises
    TypeError or ValueError for everything else, so that nothing else gets into generated text.
    """
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, Named):
        return value.name
    if type(value) is int:
        return str(value)
    if type(value) is float:
        if not math.isfinite(value):
            raise ValueError(f"{value} is not a finite number")
        return repr(value).replace("e+", "e")
    if type(value) is str:
        return f'"{"".join(map(_escaped, value))}"'
    if type(value) is tuple:
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    raise TypeError(f"{type(value).__name__} has no place in generated text")


def _escaped(character: str) -> str:
    # a double quote is written by its number, or ruff would prefer single quotes around it
    if character == '"':
        return r"\x22"
    if character == "\\":
        return r"\\"
    if " " <= character <= "~":
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


HARMLESS = {ord("\\"): "/", ord('"'): "'", ord("#"): None}


def comment(text: str, room: int) -> str:
    """Free text as one line of at most `room` columns, for a comment or a docstring.

    What is not printable (line ends and marks of direction among it) becomes a space; quotes and
    backslashes, which could end a docstring, become apostrophes and slashes; and `#`, behind which
    a tool could look for an order (`noqa`), is left out.
    """
    plain = "".join(c if c.isprintable() else " " for c in text)
    plain = " ".join(plain.translate(HARMLESS).split())
    if width(plain) <= room:
        return plain
    while width(plain) >= room:
        plain = plain[:-1]
    return plain.rstrip() + "…"


def width(text: str) -> int:
    """How many columns a text takes, as ruff counts them: wide characters take two."""
    if text.replace("×", "x").isascii():  # shapes are everywhere, and × is no wide character
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
