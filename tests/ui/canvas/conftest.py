"""A canvas with a session, in a window of a known size."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from designer.app.keymap import KeyMap
from designer.app.selection import Selection
from designer.app.session import Session
from designer.core.design import Design
from designer.rules import RULES
from designer.ui.canvas.view import CanvasView
from designer.ui.commands.bindings import Bindings
from designer.ui.commands.canvas import CanvasCommands
from designer.ui.theme.fonts import load_fonts
from designer.ui.theme.theme import Theme

MakeCanvas = Callable[[Design], CanvasView]


@pytest.fixture
def make_canvas(qtbot: QtBot) -> Iterator[MakeCanvas]:
    """Shows a design on 1200 × 700 pixels at a zoom of 1; (0, 0) lies at (100, 300)."""
    load_fonts()
    kept: list[object] = []

    def make(design: Design) -> CanvasView:
        session = Session(design, rules=RULES)
        session.analyse()
        selection, theme = Selection(), Theme("dark")
        canvas = CanvasView(session, selection, theme)
        kept.extend((session, selection, theme))
        bindings = Bindings(KeyMap(), CanvasCommands(canvas).targets, canvas)
        bindings.bind(canvas, "canvas", "view")
        qtbot.addWidget(canvas)
        canvas.resize(1200, 700)
        with qtbot.waitActive(canvas):
            canvas.show()
            canvas.activateWindow()
        canvas.set_viewport(replace(canvas.viewport, scale=1.0, x=-100.0, y=-300.0))
        canvas.setFocus()
        return canvas

    yield make
    kept.clear()
