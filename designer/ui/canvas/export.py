"""Pictures of a design: PNG, SVG and PDF, painted by the same function as the screen."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.ui.canvas.drawing.paint import paint
from designer.ui.canvas.scene.compose import compose
from designer.ui.canvas.scene.shown import NOTHING, Shown
from designer.ui.sheet import EDGE, Sheet, around
from designer.ui.theme.tokens import Tokens

FAULT_ROOM = 96.0
"""What a sentence below the lowest node may need."""


def canvas_sheet(
    design: Design,
    analysis: Analysis,
    tokens: Tokens,
    unfolded: frozenset[str] = frozenset(),
    *,
    shown: Shown = NOTHING,
    has_ground: bool = True,
) -> Sheet:
    """The whole design as the canvas shows it, without the grid; without the ground if wanted."""
    picture = compose(design, analysis, unfolded=unfolded, shown=shown)
    viewport = around(picture.bounds(), EDGE + (FAULT_ROOM if picture.faults else 0.0))

    def painted(painter: QPainter, band: QRectF | None) -> None:
        exposed = () if band is None else (band,)
        paint(painter, picture, viewport, tokens, exposed=exposed, grid=False, ground=has_ground)

    return Sheet(design.name, viewport, painted)
