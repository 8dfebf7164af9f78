"""The viewport: which part of the canvas is seen, and how large."""

from __future__ import annotations

from dataclasses import replace

from designer.core.graph import Point
from designer.core.lean import lean_dataclass as dataclass
from designer.ui.canvas.scene.measure import FARTHEST, SHARPEST

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom."""
A_HAIR = 1e-3
"""A part of a pixel that nobody sees."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """`scale` pixels a canvas unit; (x, y) is the canvas point at the top left corner.

    `width` and `height` are in device-independent pixels, `ratio` device pixels for each; what is
    written beside the nodes takes `interface` pixels for one at 100 % of the interface.
    """

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0
    width: float = 800.0
    height: float = 600.0
    ratio: float = 1.0
    interface: float = 1.0

    def to_screen(self, x: float, y: float) -> Point:
        """The pixel that shows a canvas point."""
        return ((x - self.x) * self.scale, (y - self.y) * self.scale)

    def to_canvas(self, x: float, y: float) -> Point:
        """The canvas point that a pixel shows."""
        return (x / self.scale + self.x, y / self.scale + self.y)

    @property
    def seen(self) -> Rect:
        """The rectangle of the canvas that is seen."""
        width, height = self.width / self.scale, self.height / self.scale
        return (self.x, self.y, self.x + width, self.y + height)

    def panned(self, dx: float, dy: float) -> Viewport:
        """Move what is seen by pixels, whole device pixels so that nothing is drawn blurred."""
        x = round(dx * self.ratio) / self.ratio / self.scale
        y = round(dy * self.ratio) / self.ratio / self.scale
        return replace(self, x=self.x - x, y=self.y - y)

    def zoomed(self, factor: float, at: Point) -> Viewport:
        """Zoom so that the canvas point under the pixel `at` stays there."""
        scale = min(SHARPEST, max(FARTHEST, self.scale * factor))
        x, y = self.to_canvas(*at)
        return replace(self, scale=scale, x=x - at[0] / scale, y=y - at[1] / scale)

    def fitted(self, rect: Rect, *, margin: float = 48.0, largest: float = 1.0) -> Viewport:
        """Show all of a rectangle of the canvas, in the middle, no larger than `largest`."""
        left, top, right, bottom = rect
        width, height = max(right - left, 1.0), max(bottom - top, 1.0)
        room = (max(self.width - 2 * margin, 40.0), max(self.height - 2 * margin, 40.0))
        scale = min(largest, room[0] / width, room[1] / height)
        return self.centred(((left + right) / 2, (top + bottom) / 2), max(scale, FARTHEST))

    def centred(self, on: Point, scale: float | None = None) -> Viewport:
        """Show a canvas point in the middle."""
        scale = self.scale if scale is None else scale
        x, y = on[0] - self.width / 2 / scale, on[1] - self.height / 2 / scale
        return replace(self, scale=scale, x=x, y=y)

    def towards(self, other: Viewport, part: float) -> Viewport:
        """Part of the way to another viewport of the same size; the zoom changes evenly."""
        if part >= 1.0:
            return other
        scale = self.scale * (other.scale / self.scale) ** part
        first, last = self.middle, other.middle
        x, y = (a + (b - a) * part for a, b in zip(first, last, strict=True))
        return self.centred((x, y), scale)

    @property
    def middle(self) -> Point:
        """The canvas point in the middle of what is seen."""
        return self.to_canvas(self.width / 2, self.height / 2)

    def pixels_to(self, other: Viewport) -> tuple[int, int] | None:
        """How far what is seen moves on the screen, in whole pixels; None where it does not so.

        All of it moves by as much, and some of it stays seen.
        """
        across, down = (self.x - other.x) * self.scale, (self.y - other.y) * self.scale
        step = (round(across), round(down))
        is_whole = max(abs(across - step[0]), abs(down - step[1])) < A_HAIR
        # where a pixel is no whole number of the screen's, memory cannot be moved by one
        is_whole &= self.ratio == round(self.ratio)
        is_near = abs(step[0]) < self.width / 2 and abs(step[1]) < self.height / 2
        alike = (self.scale, self.width, self.height, self.ratio) == (
            other.scale,
            other.width,
            other.height,
            other.ratio,
        )
        return step if alike and is_whole and is_near and step != (0, 0) else None

    def resized(self, width: float, height: float, ratio: float) -> Viewport:
        """The same corner of the canvas in a window of another size."""
        return replace(self, width=width, height=height, ratio=ratio)
