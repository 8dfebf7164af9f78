"""Copy, paste and duplicate: part of a design as text, and back under free names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from designer.core.design import Frame
from designer.core.edit import Edit
from designer.core.edits import RemoveNodes, SetFrames, Several
from designer.core.graph import spoken
from designer.storage.error import StorageError
from designer.storage.fragment import Fragment, cut_out, from_text, to_text
from designer.ui.canvas.edit.commands import pasted, settled

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

LONG = 16_000
"""Characters, of some fifty nodes; longer text takes longer to read than a gesture may."""


def selected(view: CanvasView) -> Fragment:
    """What is selected, where it is shown: nodes in file order with the wires between them and
    the frames that hold no others, or a frame with what it holds."""
    design, number = view.session.design, view.frames.chosen
    if number is None:
        ids = {n: None for n in design.nodes if n in view.selection.nodes}
        frames = held_by(design.frames, ids)
    else:
        ids = {n: None for n in design.nodes if n in view.frames.held(number)}
        frames = [design.frames[number]]
        frames += [f for f in held_by(design.frames, ids) if f is not frames[0]]
    found = cut_out(design.nodes, ids, design.edges)
    places = view.picture.places
    nodes = tuple(replace(node, position=places[node.id]) for node in found.nodes)
    return found._replace(nodes=nodes, frames=tuple(frames))


def held_by(frames: Iterable[Frame], ids: Collection[str]) -> list[Frame]:
    """The frames that name some of these nodes, and no others."""
    return [frame for frame in frames if frame.nodes and all(n in ids for n in frame.nodes)]


def copy_text(view: CanvasView) -> str:
    """The selection as JSON text; empty where nothing is selected."""
    found = selected(view)
    return to_text(found) if found.nodes or found.frames else ""


def copy(view: CanvasView) -> None:
    """Put the selection on the clipboard; without one the clipboard keeps what it has."""
    text = copy_text(view)
    if text:
        QGuiApplication.clipboard().setText(text)
        if len(text) > LONG:  # it is pasted soon, as a rule
            Thread(target=_read, args=(text,), name="copied", daemon=True).start()


@lru_cache(maxsize=1)
def _read(text: str) -> Fragment:
    """What a text holds; what was copied or pasted last is not read again."""
    return from_text(text)


def cut(view: CanvasView) -> None:
    """Put the selection on the clipboard, and remove it; of a frame what it holds, too."""
    copy(view)
    number = view.frames.chosen
    if number is None:
        view.delete_selection()
        return
    frames = view.session.design.frames
    held, kept = view.frames.held(number), (*frames[:number], *frames[number + 1 :])
    what = frames[number].title or "a comment"
    edits: list[Edit] = [SetFrames(kept)]
    if held:
        edits.insert(0, RemoveNodes(held))
    view.frames.leave()
    view.execute(settled(Several(f"cut {what}", tuple(edits)), view.picture))


def paste(view: CanvasView, *, wired: bool = False) -> None:
    """Put what the clipboard holds into the design, at the pointer; a sentence where it is none."""
    data = QGuiApplication.clipboard().mimeData()
    if not data.hasText():
        what = "a picture" if data.hasImage() else "no text" if data.formats() else "nothing"
        view.refused.emit(f"the clipboard holds {what}, and nodes are pasted from text")
        return
    paste_text(view, data.text(), None, wired=wired)


def paste_text(view: CanvasView, text: str, at: QPointF | None, *, wired: bool = False) -> bool:
    """Read nodes from text and add them; False, with a sentence, where it holds none.

    `wired` keeps the wires into them, as far as what they come from is here.
    """
    try:
        found = _read(text)
    except StorageError as error:
        view.refused.emit(str(error))
        return False
    if not (found.nodes or found.frames):
        view.refused.emit("the copied text holds no nodes")
        return False
    place = at or view.last_pointer
    canvas = view.viewport.to_canvas(place.x(), place.y())
    if not _add(view, found, canvas, "paste", wired=wired):
        return False
    if wired:
        _say_what_is_missing(view, found)
    return True


def _say_what_is_missing(view: CanvasView, found: Fragment) -> None:
    """A sentence about wires that could not be kept."""
    here = view.session.design.nodes
    gone = list(dict.fromkeys(edge.source for edge in found.inputs if edge.source not in here))
    if gone:
        named = spoken(gone[0]) if len(gone) == 1 else f"{spoken(gone[0])} and {len(gone) - 1} more"
        view.refused.emit(f"there is no {named} here: what read it was pasted without that wire")


def duplicate(view: CanvasView) -> None:
    """Copy the selected nodes with the wires between them, below the originals."""
    found = selected(view)
    if found.nodes or found.frames:
        _add(view, found, None, "duplicate")


def _add(
    view: CanvasView,
    found: Fragment,
    at: tuple[float, float] | None,
    verb: str,
    *,
    wired: bool = False,
) -> bool:
    edit, new = pasted(view.picture, found, at, verb, wired=wired)
    if not view.execute(edit):
        return False
    names = {node.id for node in new.nodes}
    if names:
        view.choose(names)
        view.reveal(names)
    elif new.frames:
        view.frames.choose(len(view.session.design.frames) - len(new.frames))
    return True
