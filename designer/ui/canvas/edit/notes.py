"""Names of nodes and notes on them, written where the node stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from designer.core.edits import Rename, SetNode

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

WIDTH = 260.0
GAP = 6.0
"""Pixels between a node and the note that is written on it."""


def write_note(view: CanvasView) -> None:
    """Write the note on the selected node, below it; without words there is none."""
    node_id = view.selection.node
    if node_id is None or node_id not in view.session.design.nodes or view.levels.refuses():
        return
    view.reveal({node_id})
    items = view.picture.owned({node_id})
    if not items:
        return
    rect = view.screen_rect(items[0])
    below = QRectF(rect.left(), rect.bottom() + GAP, max(rect.width(), WIDTH), 0.0)

    def taken(text: str) -> None:
        view.execute(SetNode(node_id, "note", text))

    note = view.session.design.nodes[node_id].note
    view.frames.writing.open(below, note, taken, f"Note on {node_id}", lines=True)


def write_name(view: CanvasView, node_id: str) -> None:
    """Write over the name that a node shows: its label, or its id where it has none."""
    if view.levels.refuses() or node_id not in view.picture.index:
        return
    view.choose({node_id})
    node = view.session.design.nodes[node_id]
    rect = view.screen_rect(view.picture.index[node_id])
    title = QRectF(rect.left(), rect.top(), rect.width(), rect.height() / 2)

    def taken(text: str) -> None:
        if node.label:
            view.execute(SetNode(node_id, "label", text))
        elif text and text != node_id and view.execute(Rename(node_id, text)):
            view.choose({text})

    words = node.label or node_id
    view.frames.writing.open(title, words, taken, f"Name of {node.name}", lines=False)
