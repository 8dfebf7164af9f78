"""The frames of a design as panels: where it says, and wider where nodes have moved out of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from designer.core.design import Design, Frame
from designer.ui.canvas.scene.frame_rect import stretched_rect
from designer.ui.canvas.scene.measure import (
    FRAME_BOTTOM,
    FRAME_PADDING,
    FRAME_TITLE,
    NODE_WIDTH,
    ROOM,
    near,
)
from designer.ui.canvas.scene.parts import Panel, Parts
from designer.ui.canvas.scene.placement import is_placed
from designer.ui.canvas.scene.room import shifted
from designer.ui.canvas.scene.strips import Floats
from designer.ui.canvas.scene.viewport import Rect

AROUND = (-FRAME_PADDING, -FRAME_TITLE, FRAME_PADDING, FRAME_BOTTOM)
"""How far a frame goes beyond its nodes: left, top, right, bottom."""


def frames_of(design: Design, parts: Parts) -> list[Panel]:
    """The panels of all frames; the nodes and what is unfolded of them have their places."""
    held = _held(design, parts)
    unfolded = {panel.id: _bounds(panel.rect) for panel in parts.panels}
    panels = []
    for number, frame in enumerate(design.frames):
        inside = [held[number]] if number in held else []
        if unfolded:
            inside += [unfolded[name] for name in frame.nodes if name in unfolded]
        rect = _place(design, frame, parts)
        if inside:
            rect = _around(inside, rect if is_placed(design, frame) else None)
        panels.append(Panel("", frame.title, "", rect, text=frame.text, frame=number))
    return panels


def _held(design: Design, parts: Parts) -> dict[int, Rect]:
    """Left, top, right and bottom of the nodes of each frame that holds some, by its number."""
    index = {item.id: i for i, item in enumerate(parts.items)}
    numbers, items, begins = [], list[int](), []
    for number, frame in enumerate(design.frames):
        found = [index[name] for name in frame.nodes if name in index]
        if found:
            numbers.append(number)
            begins.append(len(items))
            items += found
    if not items:
        return {}
    corners = np.array([parts.corners[i] for i in items])
    heights: Floats = parts.kinds.heights[items]
    if parts.shown.any:
        heights = heights + [ROOM * parts.shown.has(parts.items[i].id) for i in items]
    low = np.minimum.reduceat(corners, begins)
    high = np.maximum.reduceat(
        corners + np.stack([np.full(len(items), NODE_WIDTH), heights], 1), begins
    )
    rects = np.concatenate([low, high], axis=1).tolist()
    return {number: tuple(rect) for number, rect in zip(numbers, rects, strict=True)}


def _place(design: Design, frame: Frame, parts: Parts) -> Rect:
    """A frame's place as the design says; while there are blocks as far around its nodes."""
    x, y, width, height = (*near(frame.position), *near(frame.size))
    if parts.shown.any:
        near_frame = replace(frame, position=(x, y), size=(width, height))
        x, y, width, height = stretched_rect(design, near_frame, parts.places)
    x, y = shifted((x, y), parts.shifts) if parts.shifts else (x, y)
    return (x, y, width, height)


def _around(inside: list[Rect], given: Rect | None) -> Rect:
    """Around what is inside (left, top, right, bottom), and no smaller than a given rectangle."""
    sides = inside[0] if len(inside) == 1 else _union(inside)
    left, top, right, bottom = (side + more for side, more in zip(sides, AROUND, strict=True))
    if given is not None:
        left, top, right, bottom = _union([(left, top, right, bottom), _bounds(given)])
    return (left, top, right - left, bottom - top)


def _bounds(rect: Rect) -> Rect:
    """Left, top, right and bottom of x, y, width and height."""
    x, y, width, height = rect
    return (x, y, x + width, y + height)


def _union(sides: list[Rect]) -> Rect:
    lefts, tops, rights, bottoms = zip(*sides, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))
