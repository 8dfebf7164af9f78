"""Colours for the painter, made once from the tokens of a theme."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen


@lru_cache(maxsize=512)
def colour(text: str) -> QColor:
    """The colour that `#rrggbb` or `rgba(r,g,b,a)` names."""
    if not text.startswith("rgba"):
        return QColor(text)
    red, green, blue, alpha = re.findall(r"[\d.]+", text)
    return QColor(int(red), int(green), int(blue), round(255 * float(alpha)))


@lru_cache(maxsize=512)
def mixed(first: str, second: str, part: float) -> QColor:
    """`part` of the second colour in the first; opaque."""
    a, b = colour(first), colour(second)
    return QColor(
        *(
            round(x + (y - x) * part)
            for x, y in ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
        )
    )


@lru_cache(maxsize=512)
def faded(text: str, alpha: float) -> QColor:
    """A colour that lets through what lies under it."""
    made = QColor(colour(text))
    made.setAlphaF(alpha)
    return made


def pen(ink: QColor | str, width: float = 1.0) -> QPen:
    """A pen with round ends and joins."""
    made = QPen(colour(ink) if isinstance(ink, str) else ink, width)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return made


@lru_cache(maxsize=64)
def wire_pen(ink: str, width: float) -> QPen:
    """A pen for wires, kept: its pieces end flat, which paints ten times faster than round ends."""
    made = pen(ink, width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    return made
