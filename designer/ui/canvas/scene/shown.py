"""Which nodes show their feature maps as blocks, how large these are, and where they stand."""

from __future__ import annotations

from typing import NamedTuple

from designer.ui.canvas.scene.measure import LIFT, NODE_WIDTH, ROOM
from designer.ui.canvas.scene.solid import Limits

BELOW = Limits(54.0, 96.0)
"""The largest block that stands below a card."""
ALONE = Limits(60.0, 104.0)
"""The largest that stands for its node."""


class Shown(NamedTuple):
    """Which nodes show their feature maps: all, or some; `alone`: blocks instead of the cards.

    Without `shapes` nodes do not say theirs.
    """

    every: bool = False
    alone: bool = False
    nodes: frozenset[str] = frozenset()
    shapes: bool = True

    @property
    def any(self) -> bool:
        """Whether there is a block to make room for."""
        return self.every or self.alone or bool(self.nodes)

    def has(self, node: str) -> bool:
        """Whether a node shows its block."""
        return self.every or self.alone or node in self.nodes


NOTHING = Shown()


def middle_of_block(height: float, *, alone: bool) -> tuple[float, float]:
    """Where the middle of a node's block is, from the node's top left corner.

    `height` is that of its card. A block that stands alone has the node's ports at its sides.
    """
    return (NODE_WIDTH / 2, height / 2 + LIFT if alone else height + ROOM / 2 + 1.0)
