"""What is wanted of a picture: how it is drawn, of which nodes, with what; and its sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, NamedTuple

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.ui.canvas.export import canvas_sheet
from designer.ui.canvas.scene.placement import Placement
from designer.ui.canvas.scene.shown import Shown
from designer.ui.pyramid.draw import blocks_sheet
from designer.ui.sheet import Sheet
from designer.ui.theme.tokens import Tokens

Drawn = Literal["canvas", "maps", "pyramid", "blocks"]
DRAWN: dict[Drawn, str] = {
    "canvas": "Cards, as the canvas has them",
    "maps": "Cards with their feature maps",
    "pyramid": "Feature maps, a block a node",
    "blocks": "Figure for papers, a block a shape",
}
"""The ways to draw a net, and what they are called."""


class Wanted(NamedTuple):
    """`nodes` are those that are drawn, None: all; `scale` is the pixels a unit has in a PNG."""

    drawn: Drawn = "canvas"
    nodes: frozenset[str] | None = None
    has_shapes: bool = True
    has_ground: bool = True
    scale: float = 2.0
    blocks: frozenset[str] = frozenset()
    """Cards that have their feature maps below them where not all have."""
    width: float | None = None
    """In print, in centimetres; None: a unit is as large as a pixel of a screen."""


def sheet_of(
    design: Design,
    analysis: Analysis,
    tokens: Tokens,
    wanted: Wanted,
    unfolded: frozenset[str] = frozenset(),
) -> Sheet:
    """The picture; shapes and faults are those of the whole net. Any thread may ask."""
    if wanted.nodes is not None:
        design = part_of(design, analysis, wanted.nodes)
    if wanted.drawn == "blocks":
        return blocks_sheet(
            design,
            analysis,
            tokens,
            with_shapes=wanted.has_shapes,
            has_ground=wanted.has_ground,
            width=wanted.width,
        )
    shown = Shown(
        every=wanted.drawn == "maps",
        alone=wanted.drawn == "pyramid",
        nodes=wanted.blocks,
        shapes=wanted.has_shapes,
    )
    made = canvas_sheet(
        design, analysis, tokens, unfolded, shown=shown, has_ground=wanted.has_ground
    )
    return made._replace(width=wanted.width)


def part_of(design: Design, analysis: Analysis, names: Iterable[str]) -> Design:
    """Some nodes where they stand, the wires between them, and the frames around them alone."""
    wanted = frozenset(names)
    places = Placement().places(design, analysis)
    nodes = [replace(n, position=places[n.id]) for n in design.nodes.values() if n.id in wanted]
    edges = [e for e in design.edges if e.source in wanted and e.target in wanted]
    frames = tuple(f for f in design.frames if f.nodes and wanted.issuperset(f.nodes))
    return replace(design.with_nodes(nodes, edges), frames=frames)
