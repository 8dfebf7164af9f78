"""Feature maps on the canvas: below the cards, instead of them, or of single nodes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from designer.app.settings import SettingsFile
from designer.ui.canvas.scene.shown import Shown
from designer.ui.canvas.view import CanvasView


class MapsCommands(QObject):
    """The receiver of the actions; what holds for the whole net is kept in the settings."""

    def __init__(self, view: CanvasView, settings: SettingsFile) -> None:
        super().__init__(view)
        self._view, self._settings = view, settings
        self._show(settings.value.maps)

    @property
    def is_below(self) -> bool:
        """Whether every node has its block below it."""
        return self._view.shown.every

    @property
    def is_alone(self) -> bool:
        """Whether blocks stand for the nodes: the net is a pyramid."""
        return self._view.shown.alone

    @property
    def has_nodes(self) -> bool:
        """Whether nodes are selected."""
        return bool(self._view.selection.nodes)

    def toggle(self) -> None:
        """Put every node's block below it, or take the blocks away."""
        self._keep("none" if self.is_below else "below")

    def pyramid(self) -> None:
        """Let blocks stand for the nodes, or show the cards again."""
        self._keep("none" if self.is_alone else "alone")

    def selection(self) -> None:
        """Put their blocks below the selected nodes, or take them away where all have them."""
        shown, nodes = self._view.shown, self._view.selection.nodes
        if shown.every or shown.alone:
            self._keep("none")
            shown = Shown(nodes=frozenset(self._view.session.design.nodes))
        others = shown.nodes - nodes
        self._view.show_maps(Shown(nodes=others if nodes <= shown.nodes else others | nodes))

    def _keep(self, how: str) -> None:
        self._settings.change(maps=how)
        self._show(how)

    def _show(self, how: str) -> None:
        nodes = self._view.shown.nodes
        self._view.show_maps(Shown(every=how == "below", alone=how == "alone", nodes=nodes))
