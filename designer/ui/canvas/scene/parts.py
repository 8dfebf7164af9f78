"""What a picture is made of: nodes, wires and panels, before they are arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from designer.core.facts import Facts
from designer.core.graph import Node, Point
from designer.ui.canvas.scene.kinds import Kinds
from designer.ui.canvas.scene.shown import NOTHING, Shown
from designer.ui.canvas.scene.wiring import Wires


class Item(NamedTuple):
    """A node on the canvas. `id` is a path such as `block/conv` inside an unfolded composite;
    `owner` is the node of the design that stands for it."""

    id: str
    node: Node
    facts: Facts | None
    owner: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A tinted rectangle under the nodes: an unfolded composite, or a frame of the design."""

    id: str
    title: str
    subtitle: str
    rect: tuple[float, float, float, float]
    family: str = ""
    owner: str = ""
    text: str = ""
    frame: int | None = None
    """Which frame of the design it is."""


class Shift(NamedTuple):
    """A composite's folded place, and how far it grows unfolded: to the right, up and down.

    Where the net runs from the top down, all of it is turned: x and y, width and height.
    """

    place: Point
    length: float
    """Its width."""
    height: float
    wider: float
    upper: float
    lower: float
    is_down: bool = False


@dataclass
class Parts:
    """What a picture is made of."""

    items: list[Item] = field(default_factory=list)
    corners: list[Point] = field(default_factory=list)
    """The top left corner of every item."""
    wires: Wires = field(default_factory=Wires)
    panels: list[Panel] = field(default_factory=list)
    places: Mapping[str, Point] = field(default_factory=dict)
    """Where the nodes of the design stand when everything is folded, and no block is shown."""
    shifts: list[Shift] = field(default_factory=list)
    shown: Shown = NOTHING
    """Which nodes show their feature maps as blocks."""
    is_down: bool | None = None
    """Whether the net runs from the top down; None: as most of the wires say."""

    @cached_property
    def kinds(self) -> Kinds:
        """What the layers of the items have; asked for when all of them are there."""
        return Kinds([item.node.layer for item in self.items])
