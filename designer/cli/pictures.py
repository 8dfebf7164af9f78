"""Pictures of a design without a window: Qt paints them on no screen at all."""

from __future__ import annotations

import os

from designer.core.analysis import analyze
from designer.core.design import Design
from designer.rules import RULES


def picture(design: Design, ending: str, theme: str) -> bytes:
    """Paint the whole design; the content of a `.svg`, `.pdf` or `.png` file."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # nothing is shown, so no display is needed
    # Qt is loaded by the one command that paints
    from PySide6.QtWidgets import QApplication

    from designer.ui.canvas.export import picture_bytes
    from designer.ui.theme.tokens import DARK, LIGHT

    application = QApplication.instance() or QApplication([])
    tokens = DARK if theme == "dark" else LIGHT
    content = picture_bytes(design, analyze(design, RULES), tokens, ending)
    del application
    return content
