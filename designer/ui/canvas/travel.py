"""Nodes that go to their new places in a moment, so that the eye can follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from designer.core.graph import Point
from designer.ui.canvas.scene.parts import Panel
from designer.ui.canvas.scene.strips import Floats, Ints

if TYPE_CHECKING:
    from designer.ui.canvas.view import CanvasView

DURATION = 150
MOST_LED = 300
"""The wires of more nodes go straight while these travel: to lead them takes longer than a frame
has."""


class Travel(QObject):
    """Moves nodes on the picture only: in the design they are where they go from the beginning."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._picture = view.picture
        self._items: Ints = np.zeros(0, dtype=np.intp)
        self._begin: Floats = np.zeros((0, 2))
        self._end: Floats = np.zeros((0, 2))
        self._are_led = True
        self._panels: dict[int, tuple[Panel, Panel]] = {}
        """The frames that go along, by their numbers among the panels: at first, and at last."""
        self._clock = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=DURATION)
        self._clock.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._clock.valueChanged.connect(self._on_tick)

    @property
    def is_on(self) -> bool:
        """Whether nodes are on their way."""
        return self._clock.state() == QVariantAnimation.State.Running

    def go(
        self, before: Mapping[str, Point], panels: Sequence[Panel] = (), *, was_down: bool
    ) -> None:
        """Show the nodes on their way from where they were, and the frames of the panels that
        were there; where no motion is wanted, not.

        Wires go straight on the way where the net then runs otherwise than it did.
        """
        self._clock.stop()
        picture = self._picture = self._view.picture
        found = [picture.index[name] for name in before if name in picture.index]
        if not self._view.motion or not found:
            return
        self._items = np.array(found, dtype=np.intp)
        self._begin = np.array([before[picture.items[i].id] for i in found])
        self._end = picture.boxes[self._items, :2].copy()
        self._are_led = len(found) <= MOST_LED and was_down == picture.is_down
        frames = {panel.frame: panel for panel in panels if panel.frame is not None}
        self._panels = {
            i: (frames[panel.frame], panel)
            for i, panel in enumerate(picture.panels)
            if panel.frame in frames and frames[panel.frame].rect != panel.rect
        }
        self._on_tick(0.0)
        self._clock.start()

    def _on_tick(self, part: float) -> None:
        picture = self._picture
        if self._view.picture is not picture:
            self._clock.stop()
            return
        if self._view.is_busy:
            self._clock.stop()
            part = 1.0
        places = self._begin + (self._end - self._begin) * part
        picture.move(self._items, places, are_led=self._are_led)
        for i, (first, last) in self._panels.items():
            x, y, width, height = (
                a + (b - a) * part for a, b in zip(first.rect, last.rect, strict=True)
            )
            picture.panels[i] = replace(last, rect=(x, y, width, height)) if part < 1.0 else last
        if part >= 1.0:
            picture.reroute()
        self._view.update()
