"""Pictures of a design without a window: Qt paints them on no screen at all."""

from __future__ import annotations

import os

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.rules import RULES


def picture(design: Design, ending: str, theme: str, drawn: str = "canvas") -> bytes:
    """Paint the whole design; the content of a `.svg`, `.pdf` or `.png` file.

    It is `drawn` as on the `canvas`, or as `blocks` of feature maps.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # nothing is shown, so no display is needed
    # Qt is loaded by the one command that paints
    from PySide6.QtWidgets import QApplication

    from designer.ui.canvas.export import canvas_sheet
    from designer.ui.pyramid.draw import blocks_sheet
    from designer.ui.sheet import bytes_of
    from designer.ui.theme.tokens import DARK, LIGHT

    application = QApplication.instance() or QApplication([])
    tokens = DARK if theme == "dark" else LIGHT
    sheet = blocks_sheet if drawn == "blocks" else canvas_sheet
    content = bytes_of(sheet(design, analyze(design, RULES), tokens), ending)
    del application
    return content
