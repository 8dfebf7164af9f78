"""Copy, paste and duplicate: part of a design as text, and back under free names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from designer.core.graph import Edge, Node
from designer.storage.error import StorageError
from designer.storage.fragment import from_text, to_text
from designer.ui.canvas.commands import pasted

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


def selected(view: CanvasView) -> tuple[list[Node], list[Edge]]:
    """The selected nodes in file order, where they are shown, and the wires between them."""
    design, chosen = view.session.design, view.selection.nodes
    nodes = [
        replace(node, position=view.picture.places[node.id])
        for node in design.nodes.values()
        if node.id in chosen
    ]
    edges = [e for e in design.edges if e.source in chosen and e.target in chosen]
    return nodes, edges


def copy_text(view: CanvasView) -> str:
    """The selection as JSON text; empty where no node is selected."""
    nodes, edges = selected(view)
    return to_text(nodes, edges) if nodes else ""


def copy(view: CanvasView) -> None:
    """Put the selection on the clipboard; without one the clipboard keeps what it has."""
    text = copy_text(view)
    if text:
        QGuiApplication.clipboard().setText(text)


def paste(view: CanvasView) -> None:
    """Put what the clipboard holds into the design, at the pointer."""
    text = QGuiApplication.clipboard().text()
    if text:
        paste_text(view, text, None)


def paste_text(view: CanvasView, text: str, at: QPointF | None) -> bool:
    """Read nodes from text and add them; False, with a sentence, where it holds none."""
    try:
        nodes, edges = from_text(text)
    except StorageError as error:
        view.refused.emit(str(error))
        return False
    if not nodes:
        view.refused.emit("the copied text holds no nodes")
        return False
    place = at or view.last_pointer
    return _add(view, nodes, edges, view.viewport.to_canvas(place.x(), place.y()), "paste")


def duplicate(view: CanvasView) -> None:
    """Copy the selected nodes with the wires between them, below the originals."""
    nodes, edges = selected(view)
    if nodes:
        _add(view, nodes, edges, None, "duplicate")


def _add(
    view: CanvasView,
    nodes: list[Node] | tuple[Node, ...],
    edges: list[Edge] | tuple[Edge, ...],
    at: tuple[float, float] | None,
    verb: str,
) -> bool:
    edit, new = pasted(view.picture, nodes, edges, at, verb)
    if not view.execute(edit):
        return False
    view.choose(new)
    view.reveal(new)
    return True
