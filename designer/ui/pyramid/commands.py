"""What shows the blocks of feature maps in the place of the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

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
