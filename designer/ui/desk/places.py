"""Places on the desk: its sides, what they are called, and where each panel begins."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import Qt

Side = Literal["left", "right", "top", "bottom"]
MOST: dict[Side, float] = {"left": 0.3, "right": 0.44, "top": 0.4, "bottom": 0.4}
"""What a side takes at most of the desk when the interface grows."""
AREAS: dict[Side, Qt.DockWidgetArea] = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "top": Qt.DockWidgetArea.TopDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
PLACES: dict[Side, str] = {
    "left": "To the left",
    "right": "To the right",
    "top": "Above the canvas",
    "bottom": "Below the canvas",
}


class Home(NamedTuple):
    """Where a panel begins: its side, its size across that side, and whether it has a grip.

    `page` is the address of the help about it.
    """

    name: str
    side: Side
    size: int
    has_grip: bool = False
    page: str = ""
