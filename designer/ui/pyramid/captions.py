"""The words below a block: its name, its shape as papers write it, and its layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from designer.core.graph import Node
from designer.core.shape import Shape
from designer.ui.canvas.drawing.draw import text_width

TITLE, CAPTION, SMALL = 14, 13, 11
"""Sizes of the three kinds of words, in canvas units."""
LEADING = 3.0
MOST_LINES = 5
WORDS = 92.0
"""How wide the words below a block may be; what is longer goes on in another line."""


class Line(NamedTuple):
    """A line below a block, and the size of its words."""

    text: str
    pixels: int


def caption(shape: Shape | None) -> str:
    """A shape as papers write it: `6@28×28` for maps, `120` for a vector, `?` for what is not
    known."""
    if shape is None:
        return "?"
    if shape.is_image:
        return f"{shape.channels}@{shape.height}×{shape.width}"
    return "×".join(map(str, shape))


def lines_of(group: Sequence[Node], shape: Shape | None, with_shapes: bool) -> tuple[Line, ...]:
    """The first node's name, the shape, and the layers, below one another."""
    found = [Line(group[0].title, TITLE)]
    if with_shapes:
        found.append(Line(caption(shape), CAPTION))
    small = _listed([_word(node) for node in group])
    return (*found, *(Line(text, SMALL) for text in small))


def _word(node: Node) -> str:
    telling = node.layer.telling
    return f"{node.layer.kind()} {telling}" if telling else node.layer.kind()


def _listed(words: Sequence[str]) -> list[str]:
    """The layers in lines, commas between them; how many more there are where it gets long."""
    lines: list[str] = []
    for i, word in enumerate(words):
        text = word if i == len(words) - 1 else f"{word},"
        made = _joined(lines, text)
        if len(made) > MOST_LINES - (i < len(words) - 1):
            return [*lines, f"and {len(words) - i} more"] if lines else made
        lines = made
    return lines


def _joined(lines: list[str], text: str) -> list[str]:
    """A text in the last line if it fits there, else in lines of its own, broken at spaces."""
    if lines and _fits(f"{lines[-1]} {text}"):
        return [*lines[:-1], f"{lines[-1]} {text}"]
    new: list[str] = []
    kind, _, telling = text.partition(" ")
    parts = [text] if _fits(text) else [kind, telling] if _fits(telling) else text.split(" ")
    for part in filter(None, parts):
        if new and part is not telling and _fits(f"{new[-1]} {part}"):
            new[-1] += f" {part}"
        else:
            new.append(part)
    return [*lines, *new]


def _fits(text: str) -> bool:
    return text_width(text, SMALL) <= WORDS
