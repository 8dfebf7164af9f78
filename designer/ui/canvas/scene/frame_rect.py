"""Where a frame is shown while there are blocks, and what place that is in the design."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.core.design import Design, Frame
from designer.core.graph import Point
from designer.ui.canvas.scene.measure import STRETCH, node_height, stretched, unstretched
from designer.ui.canvas.scene.viewport import Rect


def stretched_rect(design: Design, frame: Frame, places: Mapping[str, Point]) -> Rect:
    """As far around its nodes as in the design; one without nodes is as the canvas around it.

    `places` has where nodes are shown. A comment keeps its height.
    """
    (x, y), (width, height) = frame.position, frame.size
    moved = _moved(design, frame.nodes, places)
    if moved is not None:
        return (x, y + moved[0], width, height + moved[1])
    x, y = stretched((x, y))
    return (x, y, width, height * STRETCH if frame.title else height)


def settled_rect(
    design: Design, frame: Frame, places: Mapping[str, Point], rect: Rect
) -> tuple[Point, Point]:
    """Position and size in the design of a frame that is shown as this rectangle: the way back."""
    x, y, width, height = rect
    moved = _moved(design, frame.nodes, places)
    if moved is not None:
        return (x, y - moved[0]), (width, height - moved[1])
    return unstretched((x, y)), (width, height / STRETCH if frame.title else height)


def _moved(
    design: Design, names: Iterable[str], places: Mapping[str, Point]
) -> tuple[float, float] | None:
    """How far down the first of the nodes is shown, and how much farther the last."""
    now = [(places[n], node_height(design.nodes[n].layer)) for n in names if n in places]
    if not now:
        return None
    tops = [y for (_, y), _ in now]
    then = [unstretched(place, height)[1] for place, height in now]
    first = min(tops) - min(then)
    return first, max(tops) - max(then) - first
