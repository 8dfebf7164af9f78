"""Frames and free comments: which one is selected, and what is done to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF

from designer.core.design import Frame
from designer.core.edit import Edit
from designer.core.edits import SetFrames
from designer.core.graph import Point
from designer.ui.canvas.drawing.draw import font
from designer.ui.canvas.edit.commands import folded, settled
from designer.ui.canvas.edit.writing import Writing
from designer.ui.canvas.scene.measure import (
    COMMENT_INSET,
    COMMENT_WIDTH,
    FRAME_BOTTOM,
    FRAME_PADDING,
    FRAME_TITLE,
    NODE_WIDTH,
    node_height,
    snapped,
)
from designer.ui.canvas.scene.viewport import Rect

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

UNNAMED = "Frame"


class Frames:
    """The receiver of the actions on frames; at most one frame is selected, and then no node."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self._count = 0
        self.chosen: int | None = None
        """The selected frame's place among the frames of the design."""
        self.writing = Writing(view)
        self.writing.set_tokens(view.tokens)

    @property
    def has_nodes(self) -> bool:
        """Whether there is something to put a frame around."""
        return bool(self._view.selection.nodes)

    @property
    def is_chosen(self) -> bool:
        """Whether a frame is selected."""
        return self.chosen is not None

    # --- which one ------------------------------------------------------------------------------

    def choose(self, number: int) -> None:
        """Select a frame, and nothing else."""
        self._view.choose()
        self._set(number)
        self._view.selection.changed.emit()

    def leave(self) -> None:
        """Select no frame."""
        if self.chosen is not None:
            self._set(None)

    def forget(self) -> None:
        """The design changed: of frames that came or went none stays selected."""
        self.writing.drop()
        count = len(self._view.session.design.frames)
        if count != self._count:
            self._count, self.chosen = count, None

    def _set(self, number: int | None) -> None:
        self.chosen = self._view.picture.framed = number
        self._count = len(self._view.session.design.frames)
        self._view.update()

    def bounds(self) -> Rect | None:
        """What the selected frame takes of the canvas: left, top, right, bottom."""
        rect = self._rect(self.chosen)
        return None if rect is None else (*rect[:2], rect[0] + rect[2], rect[1] + rect[3])

    def held(self, number: int) -> frozenset[str]:
        """The nodes that a frame names, and those that stand wholly in it."""
        picture = self._view.picture
        named = {n for n in picture.design.frames[number].nodes if n in picture.design.nodes}
        rect = self._rect(number)
        if rect is None or not picture.design.frames[number].title:
            return frozenset(named)
        x, y, width, height = rect
        low, high = picture.boxes[:, :2], picture.boxes[:, :2] + picture.boxes[:, 2:]
        inside = ((low >= (x, y)) & (high <= (x + width, y + height))).all(axis=1)
        return frozenset(named | {picture.items[i].owner for i in np.flatnonzero(inside)})

    def _rect(self, number: int | None) -> Rect | None:
        """Where a frame is shown: x, y, width, height."""
        panels = self._view.picture.panels
        shown = (p.rect for p in panels if p.frame is not None and p.frame == number)
        return next(shown, None)

    # --- what is done to it ---------------------------------------------------------------------

    def add(self) -> None:
        """Put a frame around the selected nodes and write its title."""
        view = self._view
        design, places = view.session.design, view.picture.places
        names = tuple(n for n in design.nodes if n in view.selection.nodes)
        if not names or view.levels.refuses():
            return
        within = [i for i, f in enumerate(design.frames) if f.nodes and {*f.nodes} <= {*names}]
        rects = [
            (
                *places[n],
                places[n][0] + NODE_WIDTH,
                places[n][1] + node_height(design.nodes[n].layer),
            )
            for n in names
        ]
        inner = [design.frames[i] for i in within]
        rects += [
            (*f.position, f.position[0] + f.size[0], f.position[1] + f.size[1]) for f in inner
        ]
        corner, size = _around(rects)
        # before those that it holds, as what comes later is painted above it
        at = min(within, default=len(design.frames))
        frame = Frame(UNNAMED, corner, size, nodes=names)
        step = object()
        some = names[0] if len(names) == 1 else f"{len(names)} nodes"
        frames = (*design.frames[:at], frame, *design.frames[at:])
        edit: Edit = settled(SetFrames(frames, f"frame {some}"), view.picture)
        if view.execute(edit, step):
            self.choose(at)
            self.rename(step)

    def comment(self) -> None:
        """Write a free comment at the pointer."""
        view = self._view
        if view.levels.refuses():
            return
        at = view.last_pointer
        corner = folded(view.picture, view.viewport.to_canvas(at.x(), at.y()))
        frame = Frame("", corner, (COMMENT_WIDTH, comment_height("")))
        rect = (*corner, *frame.size)

        def taken(text: str) -> None:
            if text:
                frames = view.session.design.frames
                written = replace(frame, text=text, size=(COMMENT_WIDTH, comment_height(text)))
                if view.execute(SetFrames((*frames, written), "write a comment")):
                    self.choose(len(frames))

        self.writing.open(self._pixels(rect), "", taken, "Comment", lines=True)

    def rename(self, step: object | None = None) -> None:
        """Write the title, or the text, of the selected frame."""
        for number, panel in enumerate(self._view.picture.panels):
            if panel.frame is not None and panel.frame == self.chosen:
                self.write(number, step)
                return

    def write(self, panel: int, step: object | None = None) -> None:
        """Write the title of the frame that a panel shows; of a comment its text."""
        view, shown = self._view, self._view.picture.panels[panel]
        if shown.frame is None:
            return
        number = shown.frame
        self.choose(number)
        frame = view.session.design.frames[number]
        is_comment = bool(frame.text and not frame.title)

        def taken(text: str) -> None:
            if text:
                size = (frame.size[0], comment_height(text, frame.size[0]))
                new = (
                    replace(frame, text=text, size=size)
                    if is_comment
                    else replace(frame, title=text)
                )
                verb = "write a comment" if is_comment else f"name a frame {text}"
                self._replace(number, new, verb, step)

        x, y, width, height = shown.rect
        rect = self._pixels((x, y, width, height if is_comment else FRAME_TITLE))
        words = frame.text if is_comment else frame.title
        self.writing.open(
            rect, words, taken, "Comment" if is_comment else "Title of the frame", lines=is_comment
        )

    def remove(self) -> bool:
        """Take the selected frame away, and none of its nodes; False where none is selected."""
        if self.chosen is None:
            return False
        frames = self._view.session.design.frames
        kept = frames[: self.chosen] + frames[self.chosen + 1 :]
        is_comment = not frames[self.chosen].title
        self.leave()
        return self._view.execute(
            SetFrames(kept, f"delete a {'comment' if is_comment else 'frame'}")
        )

    def _replace(self, number: int, frame: Frame, verb: str, step: object | None) -> None:
        frames = self._view.session.design.frames
        if number < len(frames):
            new = (*frames[:number], frame, *frames[number + 1 :])
            self._view.execute(SetFrames(new, verb), step)

    def _pixels(self, rect: Rect) -> QRectF:
        x, y, width, height = rect
        scale = self._view.viewport.scale
        return QRectF(*self._view.viewport.to_screen(x, y), width * scale, height * scale)


def _around(rects: Iterable[Rect]) -> tuple[Point, Point]:
    """Corner and size of a frame around rectangles (left, top, right, bottom)."""
    lefts, tops, rights, bottoms = zip(*rects, strict=True)
    x, y = snapped(min(lefts) - FRAME_PADDING), snapped(min(tops) - FRAME_TITLE)
    width = snapped(max(rights) + FRAME_PADDING - x)
    return (x, y), (width, snapped(max(bottoms) + FRAME_BOTTOM - y))


def comment_height(text: str, width: float = COMMENT_WIDTH) -> float:
    """The height that a text takes on the canvas, with its margins."""
    room = QRectF(0.0, 0.0, width - 32.0, 1e6)
    found = QFontMetricsF(font(12)).boundingRect(room, Qt.TextFlag.TextWordWrap.value, text)
    return snapped(found.height() + 2 * COMMENT_INSET + 2.0)
