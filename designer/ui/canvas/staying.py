"""Staying: what is looked at is kept in its place while the canvas shows its nodes otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView


def staying(view: CanvasView) -> Callable[[], None]:
    """Note what is looked at; what is given puts it there again, when the picture is another.

    It is the selected node, else the one nearest to the middle; where the whole net was seen, the
    whole net.
    """
    was_whole = view.is_whole
    picture = view.picture
    items = picture.owned(view.selection.nodes) or list(range(len(picture.items)))
    if not items:
        return lambda: None
    middle = view.viewport.to_canvas(view.width() / 2, view.height() / 2)
    away = np.abs(picture.boxes[items, :2] - np.array(middle)).sum(axis=1)
    anchor = items[int(away.argmin())]
    name, before = picture.items[anchor].id, view.screen_rect(anchor).topLeft()

    def settle() -> None:
        if was_whole:
            view.fit_when_possible()
        elif name in view.picture.index:
            now: QPointF = view.screen_rect(view.picture.index[name]).topLeft()
            view.set_viewport(view.viewport.panned(before.x() - now.x(), before.y() - now.y()))

    return settle
