"""Near: what lies around the pointer, so that its next steps do not look through the whole net."""

from __future__ import annotations

import numpy as np

from designer.core.graph import Point
from designer.ui.canvas.scene.hit import (
    Pieces,
    PlacedPort,
    PortHit,
    nearest_port,
    ports_of,
    wires_near,
)
from designer.ui.canvas.scene.picture import Picture

AROUND = 64.0
"""Pixels around the pointer that are looked through at once."""


class Near:
    """Answers as the hit tests do, for points near the one that it was made at."""

    def __init__(self, picture: Picture, at: Point, reach: float, scale: float) -> None:
        self._picture, self._revision, self._reach = picture, picture.revision, reach
        x, y = at
        around = AROUND / scale
        self._rect = left, top, right, bottom = x - around, y - around, x + around, y + around
        boxes = picture.boxes
        low, high = boxes[:, :2] - reach, boxes[:, :2] + boxes[:, 2:] + reach
        meets = (low[:, 0] <= right) & (high[:, 0] >= left)
        meets &= (low[:, 1] <= bottom) & (high[:, 1] >= top)
        items = np.flatnonzero(meets).tolist()
        self._boxes: list[tuple[int, float, float, float, float]] = [
            (i, x, y, x + w, y + h)
            for i, (x, y, w, h) in zip(items, boxes[items].tolist(), strict=True)
        ]
        self._ports: dict[int, list[PlacedPort]] = {}
        self._pieces: Pieces | None = None

    def holds(self, picture: Picture, at: Point, reach: float) -> bool:
        """Whether it can tell what lies at a point of this picture."""
        left, top, right, bottom = self._rect
        return (
            picture is self._picture
            and picture.revision == self._revision
            and reach == self._reach
            and left <= at[0] <= right
            and top <= at[1] <= bottom
        )

    def item(self, at: Point) -> int | None:
        """The topmost item whose rectangle holds the point."""
        x, y = at
        for i, left, top, right, bottom in reversed(self._boxes):
            if left <= x <= right and top <= y <= bottom:
                return i
        return None

    def port(self, at: Point, reach: float) -> PortHit | None:
        """The nearest port within a reach that is not larger than the one it was made for."""
        x, y = at
        found = []
        for i, left, top, right, bottom in self._boxes:
            if left - reach < x < right + reach and top - reach < y < bottom + reach:
                if i not in self._ports:
                    self._ports[i] = ports_of(self._picture, i)
                found += self._ports[i]
        return nearest_port(found, at, reach)

    def wire(self, at: Point) -> int | None:
        """The wire nearest to the point, within reach."""
        if self._pieces is None:
            wires = wires_near(self._picture, self._rect, self._reach)
            self._pieces = Pieces.of(self._picture, wires).within(self._rect, self._reach)
        return self._pieces.nearest(at, self._reach)
