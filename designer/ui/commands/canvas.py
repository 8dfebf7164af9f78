"""What menus, keys and palette ask of the canvas: clipboard, zoom, state and order of nodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from designer.core.edit import Edit
from designer.core.edits import SetNode, Several
from designer.core.layer import Layer
from designer.ui.canvas.edit import adding
from designer.ui.canvas.edit.arrows import Walk
from designer.ui.canvas.edit.bypass import bypass
from designer.ui.canvas.view import CanvasView
from designer.ui.commands.layout import LayoutCommands
from designer.ui.commands.tidy import TidyCommands


class Zoomed(Protocol):
    """What can be seen larger and smaller."""

    def zoom_by(self, factor: float) -> None: ...
    def zoom_fit(self) -> None: ...


class Camera:
    """The receiver of the actions that zoom, whatever is shown where the canvas is."""

    def __init__(self, shown: Callable[[], Zoomed]) -> None:
        self._shown = shown

    def zoom_in(self) -> None:
        """See it larger."""
        self._shown().zoom_by(1.25)

    def zoom_out(self) -> None:
        """See more of it."""
        self._shown().zoom_by(0.8)

    def zoom_fit(self) -> None:
        """See all of it."""
        self._shown().zoom_fit()


class CanvasCommands(QObject):
    """The receiver of the canvas's actions."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view

    @property
    def targets(self) -> dict[str, object]:
        """Who does what the actions on the canvas ask for."""
        view = self._view
        return {
            "canvas": self,
            "tidy": TidyCommands(view),
            "layout": LayoutCommands(view),
            "frames": view.frames,
            "dots": view.dots,
            "levels": view.levels,
            "walk": Walk(view),
            "camera": Camera(lambda: view),
        }

    @property
    def has_nodes(self) -> bool:
        """Whether nodes are selected."""
        return bool(self._view.selection.nodes)

    @property
    def has_one(self) -> bool:
        """Whether exactly one node is selected."""
        return self._view.selection.node is not None

    @property
    def has_selection(self) -> bool:
        """Whether nodes or wires are selected."""
        return bool(self._view.selection.nodes or self._view.selection.edges)

    def add(self, layer: Layer) -> None:
        """Add a layer after the one node that is selected, else where there is room."""
        view = self._view
        node = view.selection.node
        follows = node is not None and view.session.design.nodes[node].layer.role != "output"
        adding.accept(view, adding.Offer(after=node if follows else None), layer)

    @property
    def has_something(self) -> bool:
        """Whether nodes, a frame or a comment are selected."""
        return self.has_nodes or self._view.frames.is_chosen

    def cut(self) -> None:
        """Copy what is selected and remove it."""
        self._view.cut()

    def copy(self) -> None:
        """Put what is selected, and the wires between it, on the clipboard, as JSON text."""
        self._view.copy()

    def paste(self) -> None:
        """Put what was copied at the pointer."""
        self._view.paste()

    def paste_wired(self) -> None:
        """Put what was copied at the pointer, with the wires that came into it."""
        self._view.paste_wired()

    def duplicate(self) -> None:
        """Copy the selected nodes, below the originals."""
        self._view.duplicate()

    def delete(self) -> None:
        """Remove what is selected."""
        self._view.delete_selection()

    def select_all(self) -> None:
        """Select every node."""
        self._view.select_all()

    def bypass(self) -> None:
        """Let the selected nodes pass their input on, or let them work again."""
        bypass(self._view)

    def freeze(self) -> None:
        """Keep the selected nodes' weights as they are, or train them again."""
        nodes = self._view.session.design.nodes
        chosen = [node for node in nodes.values() if node.id in self._view.selection.nodes]
        if not chosen:
            return
        value = not all(node.frozen for node in chosen)
        edits: tuple[Edit, ...] = tuple(SetNode(node.id, "frozen", value) for node in chosen)
        some = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} nodes"
        self._view.execute(Several(f"{'freeze' if value else 'no longer freeze'} {some}", edits))

    def mend(self) -> None:
        """Apply the first fix of the selected node, or unfold a composite."""
        self._view.activate_selection()

    def unfold(self) -> None:
        """Show the inside of the selected composites, or fold them."""
        self._view.toggle_selection()

    def quick_add(self) -> None:
        """Offer the layers that fit after the selected node."""
        self._view.offer_layers()

    def replace(self) -> None:
        """Offer the layers that could stand in the place of the selected node's."""
        self._view.offer_others()

    def note(self) -> None:
        """Write a note on the selected node."""
        self._view.write_note()

    def wire(self) -> None:
        """Show a letter on every node that the selected one could feed; typing it wires them."""
        self._view.offer_targets()

    def zoom_actual(self) -> None:
        """See it at its own size."""
        self._view.zoom_actual()

    def zoom_selection(self) -> None:
        """See what is selected."""
        self._view.zoom_selection()

    def cancel(self) -> None:
        """Leave off what is going on, else select nothing."""
        self._view.cancel()
