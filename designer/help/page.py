"""A help page as a value: what it says, block by block, whoever draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.core.example import Numbers
from designer.core.lean import lean_dataclass
from designer.help.addresses import LAYER
from designer.layers import CATALOGUE
from designer.layers.window import Window


@lean_dataclass(frozen=True, slots=True)
class Heading:
    """What the blocks behind it are about."""

    words: str


@lean_dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in marked text: see `spans`."""

    text: str


@lean_dataclass(frozen=True, slots=True)
class Points:
    """A list of remarks in marked text."""

    items: tuple[str, ...]


@lean_dataclass(frozen=True, slots=True)
class Formula:
    """Formulas in letters, a line each."""

    lines: tuple[str, ...]


@lean_dataclass(frozen=True, slots=True)
class Worked:
    """An example worked out: arithmetic, costs, and how a window slides where there is one.

    `costs` have a name and a figure or its arithmetic; `windows` are those of height and width.
    """

    title: str
    lines: tuple[str, ...]
    costs: tuple[tuple[str, str], ...] = ()
    windows: tuple[Window, Window] | None = None


@lean_dataclass(frozen=True, slots=True)
class Curve:
    """A function of one number as points from left to right."""

    name: str
    points: tuple[tuple[float, float], ...]


@lean_dataclass(frozen=True, slots=True)
class Sample:
    """A small sample in plain numbers, with what a layer makes of it."""

    numbers: Numbers


@lean_dataclass(frozen=True, slots=True)
class Code:
    """Python text."""

    text: str


@lean_dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells in marked text, under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Words | Points | Formula | Worked | Curve | Sample | Code | Table


@lean_dataclass(frozen=True, slots=True)
class Page:
    """What a page is called, what kind of thing it is about, its first sentences, its blocks."""

    address: str
    title: str
    kind: str
    lead: str
    blocks: tuple[Block, ...] = ()


@lean_dataclass(frozen=True, slots=True)
class Span:
    """A piece of marked text: words, code, or what leads to an address."""

    words: str
    is_code: bool = False
    address: str = ""


_MARK = re.compile(r"`(?P<code>[^`]+)`|\[(?P<words>[^\]]+)\]\((?P<address>[^)]+)\)")


def spans(text: str) -> Iterator[Span]:
    """Read marked text: `` `code` `` and `[words](topic/padding)`; a layer's name leads to it."""
    place = 0
    for mark in _MARK.finditer(text):
        if mark.start() > place:
            yield Span(text[place : mark.start()])
        if mark["code"]:
            name = mark["code"]
            yield Span(name, True, f"{LAYER}{name}" if name in CATALOGUE else "")
        else:
            yield Span(mark["words"], address=mark["address"])
        place = mark.end()
    if place < len(text):
        yield Span(text[place:])
