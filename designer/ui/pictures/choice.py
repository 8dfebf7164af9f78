"""The choice of a picture's looks, as the window remembers it."""

from __future__ import annotations

from typing import Literal

from designer.core.lean import lean_dataclass

Part = Literal["net", "selection"]
Look = Literal["shown", "canvas", "maps", "pyramid", "blocks"]
Colours = Literal["shown", "light", "dark"]

SCALES = (1.0, 2.0, 3.0, 4.0)
"""Pixels that a unit may have in a PNG, to choose from."""
WIDTHS = {8.5: "a column", 17.0: "a page"}
"""Centimetres that a picture may be wide in print, to choose from, and what is so wide."""


@lean_dataclass(frozen=True, slots=True)
class Choice:
    """How the next picture is to look; `shown` is as the window shows it now."""

    look: Look = "shown"
    colours: Colours = "shown"
    shapes: bool = True
    ground: bool = True
    scale: float = 2.0
    width: float = 0.0
    """In print, in centimetres; 0: as the scale says."""
