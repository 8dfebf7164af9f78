"""What shows the blocks of feature maps in the place of the canvas, and writes them to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from designer.core.analysis import analyze
from designer.core.design import Design

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from designer.ui.canvas.view import CanvasView
    from designer.ui.main_window import MainWindow
    from designer.ui.pyramid.view import PyramidView


class PyramidCommands(QObject):
    """The receiver of the action; the view is made when it is first asked for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.view: PyramidView | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the blocks stand where the canvas was."""
        return self.view is not None and self.view.is_shown

    @property
    def shown(self) -> CanvasView | PyramidView:
        """The blocks, or the canvas."""
        return self.view if self.view is not None and self.view.is_shown else self._window.canvas

    def toggle(self) -> None:
        """Show the blocks, or the canvas again."""
        window = self._window
        if self.is_shown:
            shown: QWidget = window.canvas
        else:
            self.view = self.view or self._made()
            shown = self.view
        window.column.show_instead(shown)
        shown.setFocus(Qt.FocusReason.OtherFocusReason)
        window.bindings.refresh()

    def next(self) -> None:
        """Select the next block in the order of the net."""
        if self.view is not None:
            self.view.next()

    def previous(self) -> None:
        """Select the block before."""
        if self.view is not None:
            self.view.previous()

    def open(self) -> None:
        """See the selected node on the canvas."""
        if self.view is not None:
            self.view.open()

    def write(self, design: Design, path: Path, cancel: Callable[[], bool]) -> None:
        """Write the blocks of a design as a picture; any thread may."""
        from designer.ui.pyramid.draw import blocks_sheet
        from designer.ui.sheet import write_picture

        session = self._window.session
        analysis = session.analysis
        if analysis.graph is not design.graph or not session.is_analysed:
            analysis = analyze(design)
        write_picture(blocks_sheet(design, analysis, self._window.theme.tokens), path, cancel)

    def _made(self) -> PyramidView:
        from designer.ui.pyramid.view import PyramidView

        window = self._window
        view = PyramidView(window.session, window.selection, window.theme)
        view.node_wanted.connect(self._on_node_wanted)
        window.bindings.bind(view, "view", "blocks")
        return view

    def _on_node_wanted(self, node: str) -> None:
        self.toggle()
        self._window.selection.set({node})
        self._window.canvas.reveal({node})
