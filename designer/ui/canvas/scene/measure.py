"""The sizes of everything on the canvas, in its own units: pixels at a zoom of 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from designer.core.graph import Point
from designer.core.layer import Layer

NODE_WIDTH = 148.0
NODE_HEIGHT = 46.0
RADIUS = 7.0
STRIPE = 4.0
PORT = 9.0
PORT_PITCH = 14.0
PITCH = 6.0
"""How far apart wires into one port for any number of them arrive, at most."""
GRID = 4.0
DOTS = 24.0
MARGIN = 10.0
"""What a node draws beyond its rectangle: ports, shadow and halo."""

FRAME_TITLE = 40.0
FRAME_PADDING = 28.0
FRAME_BOTTOM = 24.0
COMMENT_INSET = 12.0
COMMENT_WIDTH = 260.0

COLUMN = NODE_WIDTH + 44.0
ROW = NODE_HEIGHT + 34.0

ROOM = 80.0
"""What a node is higher by while it shows its feature maps as a block."""
LIFT = 19.0
"""How far below a node's middle its ports are while its block stands alone."""
STRETCH = 2.0
"""How many times as far apart rows are shown while there are blocks."""

SHARPEST = 4.0
FARTHEST = 0.02

FAR = 1_000_000.0
"""How far from the middle the canvas shows things; a file may say any number."""


def near(place: Point) -> Point:
    """The place itself, or the nearest one that the canvas shows."""
    x, y = (min(max(c, -FAR), FAR) for c in place)
    return (x, y)


def stretched(place: Point, height: float = NODE_HEIGHT) -> Point:
    """Where a node's place in the design is shown while there are blocks: its middle is moved."""
    return (place[0], STRETCH * place[1] + (STRETCH - 1) * height / 2)


def unstretched(place: Point, height: float = NODE_HEIGHT) -> Point:
    """The place in the design of what is shown at this one while there are blocks."""
    return (place[0], (place[1] - (STRETCH - 1) * height / 2) / STRETCH)


def node_height(layer: Layer) -> float:
    """The height of a node: more than the usual one only where many ports need the room."""
    return height_for(max(layer.inputs or 1, layer.output_count))


def height_for(ports: int) -> float:
    """The height of a node with so many ports on a side.

    Heights differ by multiples of 8, so that centres stay on the grid.
    """
    if ports <= 3:
        return NODE_HEIGHT
    more = (ports - 3) * PORT_PITCH
    return NODE_HEIGHT + 8.0 * -(-more // 8.0)


def port_offset(port: Any, count: Any, height: Any) -> Any:
    """How far below the top of a node the middle of a port is.

    Takes numbers or arrays of them.
    """
    return height * (port + 1) / (count + 1)


def spread(counts: Any, heights: Any) -> Any:
    """How far the wires into one port of any number of inputs lie apart, first to last.

    Takes numbers or arrays of them.
    """
    return np.minimum(PITCH * (counts - 1), heights - 18.0)


def snapped(value: float) -> float:
    """The nearest multiple of the grid."""
    return GRID * round(value / GRID)
