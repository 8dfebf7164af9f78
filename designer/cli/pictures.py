"""Pictures of a design without a window: Qt paints them on no screen at all."""

from __future__ import annotations

import difflib
import os
from typing import NamedTuple

from designer.cli.command import Unusable
from designer.core.analysis import analyze
from designer.core.design import Design
from designer.rules import RULES

DRAWN = {
    "canvas": "cards, as the canvas has them",
    "maps": "cards with their feature maps as blocks",
    "pyramid": "a block for each node",
    "blocks": "a figure for papers, a block for each shape",
}
"""The ways to draw a net; Qt is not asked, which only a picture needs."""
SCALES = (0.1, 16.0)
"""Pixels that a canvas unit may have in a PNG."""
WIDTHS = (2.0, 200.0)
"""Centimetres that a picture may be wide in print."""


class Ways(NamedTuple):
    """How a picture is wanted, as it is said on the command line."""

    theme: str = "light"
    drawn: str = "canvas"
    only: tuple[str, ...] = ()
    has_shapes: bool = True
    has_ground: bool = True
    scale: float = 2.0
    width: float | None = None


def picture(design: Design, ending: str, ways: Ways) -> bytes:
    """Paint the design; the content of a `.svg`, `.pdf` or `.png` file.

    Raises Unusable where `only` names what is no node of the design.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # nothing is shown, so no display is needed
    nodes = _nodes(design, ways.only)
    # Qt is loaded by the one command that paints
    from PySide6.QtWidgets import QApplication

    from designer.ui.pictures.wanted import DRAWN as WAYS
    from designer.ui.pictures.wanted import Wanted, sheet_of
    from designer.ui.sheet import bytes_of
    from designer.ui.theme.fonts import load_fonts
    from designer.ui.theme.tokens import DARK, LIGHT

    application = QApplication.instance() or QApplication([])
    load_fonts()
    tokens = DARK if ways.theme == "dark" else LIGHT
    drawn = next(name for name in WAYS if name == ways.drawn)
    wanted = Wanted(drawn, nodes, ways.has_shapes, ways.has_ground, ways.scale, width=ways.width)
    content = bytes_of(sheet_of(design, analyze(design, RULES), tokens, wanted), ending, ways.scale)
    del application
    return content


def _nodes(design: Design, only: tuple[str, ...]) -> frozenset[str] | None:
    if not only:
        return None
    for name in only:
        if name not in design.nodes:
            near = difflib.get_close_matches(name, design.nodes, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise Unusable(f"--only: {name!r} is no node of this design{hint}")
    return frozenset(only)
