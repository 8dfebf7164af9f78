"""What of the screen differs when another picture is shown: a badge is not everything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF

from designer.ui.canvas.drawing.cards import fault_cards
from designer.ui.canvas.drawing.far import BEYOND
from designer.ui.canvas.scene.measure import MARGIN
from designer.ui.canvas.scene.picture import Picture

if TYPE_CHECKING:
    from designer.ui.canvas.pane import Pane

MOST = 48
"""Nodes and wires that differ; of more it is quicker to paint all."""
CARD_EDGE = 4.0


def differing(view: Pane, before: Picture, after: Picture) -> list[QRectF] | None:
    """The pixels in which two pictures differ through the same camera; None: it may be any.

    `after` is the one that the view shows.
    """
    if before is after or not _stands_alike(before, after):
        return None
    pairs = zip(before.items, after.items, strict=True)
    items = {i for i, (old, new) in enumerate(pairs) if old is not new and old != new}
    faults = before.faults.keys() | after.faults.keys()
    items |= {i for i in faults if before.faults.get(i) != after.faults.get(i)}
    return Marks(view, before).differing(items)


class Marks:
    """How a picture is marked and which cards it shows, to be compared with what is shown later."""

    def __init__(self, view: Pane, picture: Picture) -> None:
        self._view = view
        self._items, self._wires = picture.item_mark.copy(), picture.wire_mark.copy()
        self._chosen = picture.chosen
        self._cards = fault_cards(picture, view.viewport) if picture.faults else []

    def differing(self, others: Iterable[int] = ()) -> list[QRectF] | None:
        """The pixels of what is marked otherwise now, and of these nodes; None: it may be any."""
        view, picture = self._view, self._view.picture
        unfolded = (self._chosen ^ picture.chosen) - picture.index.keys()
        if unfolded:
            return None
        is_other = self._items != picture.item_mark
        is_other[list(others)] = True
        items = np.flatnonzero(is_other)
        if len(items) > MOST:
            return None
        wired = is_other[picture.source] | is_other[picture.target]
        wires = np.flatnonzero(wired | (self._wires != picture.wire_mark))
        if len(items) + len(wires) > MOST:
            return None
        edge = max(MARGIN * view.viewport.scale, BEYOND) + 2.0
        rects = [view.screen_rect(i).adjusted(-edge, -edge, edge, edge) for i in items.tolist()]
        rects += [rect for wire in wires.tolist() for rect in view.wire_rects(wire)]
        return rects + self._cards_that_differ()

    def _cards_that_differ(self) -> list[QRectF]:
        """Where a card comes, goes or reads otherwise."""
        view, old = self._view, self._cards
        new = fault_cards(view.picture, view.viewport) if view.picture.faults else []
        others = [card for card in (*old, *new) if (card in old) != (card in new)]
        edge = CARD_EDGE
        return [card.rect.adjusted(-edge, -edge, edge, edge) for card in others]


def _stands_alike(before: Picture, after: Picture) -> bool:
    """Whether everything stands where it stood, and is wired as it was."""
    same = (
        len(before.items) == len(after.items)
        and before.panels == after.panels
        and before.shown == after.shown
        and (before.framed, before.dot) == (after.framed, after.dot)
        and before.wires.edge == after.wires.edge
    )
    routes = before.routes, after.routes
    return (
        same
        and np.array_equal(before.boxes, after.boxes)
        and np.array_equal(before.source, after.source)
        and np.array_equal(before.target, after.target)
        and (routes[0] is routes[1] or np.array_equal(routes[0].points, routes[1].points))
    )
