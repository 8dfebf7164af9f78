"""Resize a frame by one of its sides or corners; what then lies in it is what it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt

from designer.core.design import Frame
from designer.core.edits import SetFrames
from designer.ui.canvas.edit.commands import settled
from designer.ui.canvas.edit.frames import comment_height
from designer.ui.canvas.gestures.gesture import Gesture, Pointer
from designer.ui.canvas.scene.compose import frame_settled
from designer.ui.canvas.scene.hit import Border
from designer.ui.canvas.scene.measure import FRAME_TITLE, snapped
from designer.ui.canvas.scene.viewport import Rect

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

LEAST = (88.0, FRAME_TITLE + 24.0)
"""The smallest frame: a title, and room to grasp it."""


def cursor_of(border: Border) -> Qt.CursorShape:
    """The pointer over a part of the border."""
    if not border.down:
        return Qt.CursorShape.SizeHorCursor
    if not border.across:
        return Qt.CursorShape.SizeVerCursor
    falls = border.across == border.down
    return Qt.CursorShape.SizeFDiagCursor if falls else Qt.CursorShape.SizeBDiagCursor


class ResizeFrame(Gesture):
    """Nodes that come to lie wholly in it join the frame, those whose middle is left out leave."""

    def __init__(self, view: CanvasView, border: Border) -> None:
        super().__init__(view)
        self._border = border
        self.cursor = cursor_of(border)

    def start(self, at: Pointer) -> None:
        self._panel = self.view.picture.panels[self._border.panel]
        assert self._panel.frame is not None
        self._frame = self.view.session.design.frames[self._panel.frame]
        self._rect: Rect = self._panel.rect
        self._began = at
        self.view.frames.choose(self._panel.frame)

    def move(self, at: Pointer) -> None:
        self._rect = self._resized(at)
        picture = self.view.picture
        picture.panels[self._border.panel] = replace(self._panel, rect=self._rect)
        self.view.update()

    def finish(self, at: Pointer) -> None:
        view, picture = self.view, self.view.picture
        number = self._panel.frame
        if self._rect == self._panel.rect or number is None:
            return
        frame = replace(self._frame, nodes=self._held())
        position, size = frame_settled(picture, frame, self._rect)
        frame = replace(frame, position=position, size=size)
        frames = view.session.design.frames
        what = self._frame.title or "a comment"
        edit = SetFrames((*frames[:number], frame, *frames[number + 1 :]), f"resize {what}")
        if not view.execute(settled(edit, picture)):
            self.cancel()

    def cancel(self) -> None:
        self.view.picture.panels[self._border.panel] = self._panel
        self.view.update()

    def _resized(self, at: Pointer) -> Rect:
        """Where the frame is when the border follows the pointer; the other side stays."""
        x, y, width, height = self._panel.rect
        dx = snapped(at.canvas[0] - self._began.canvas[0])
        dy = snapped(at.canvas[1] - self._began.canvas[1])
        wide = max(width + self._border.across * dx, LEAST[0])
        least = LEAST[1]
        if _is_comment(self._frame):
            least = comment_height(self._frame.text, wide)
        high = max(height + self._border.down * dy, least)
        left = x + width - wide if self._border.across < 0 else x
        top = y + height - high if self._border.down < 0 else y
        return (left, top, wide, high)

    def _held(self) -> tuple[str, ...]:
        """The nodes that the frame holds from now on, in file order."""
        if _is_comment(self._frame):
            return self._frame.nodes
        picture = self.view.picture
        x, y, width, height = self._rect
        corner, end = np.array([x, y]), np.array([x + width, y + height])
        boxes = picture.boxes
        middle = boxes[:, :2] + boxes[:, 2:] / 2
        is_within = ((boxes[:, :2] >= corner) & (boxes[:, :2] + boxes[:, 2:] <= end)).all(axis=1)
        is_left_out = ((middle < corner) | (middle > end)).any(axis=1)
        owners = [item.owner for item in picture.items]
        found = {owners[i] for i in np.flatnonzero(is_within)}
        held = set(self._frame.nodes)
        found |= {owners[i] for i in np.flatnonzero(~is_left_out)} & held
        return tuple(node_id for node_id in picture.design.nodes if node_id in found)


def _is_comment(frame: Frame) -> bool:
    return bool(frame.text and not frame.title)
