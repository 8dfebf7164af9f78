"""What a node shows: its words, its marks and its ports; enough to draw it, and nothing else."""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple

from designer.core.diagnostic import Diagnostic
from designer.core.facts import Facts
from designer.core.graph import Node
from designer.core.shape import Shape
from designer.ui.canvas.scene.measure import ROOM
from designer.ui.canvas.scene.solid import Solid

UNKNOWN = "?"


class Mark(IntFlag):
    """States of a node or a wire that change how it is drawn."""

    ERROR = 1
    WARNING = 2
    SELECTED = 4
    HOVERED = 8
    BYPASSED = 16
    FROZEN = 32
    COMPOSITE = 64
    UNKNOWN = 128
    GHOST = 256
    NOTED = 512
    """Somebody wrote a note on it."""


ALL_MARKS = 1024
"""One more than all marks together are."""


NO_MARK = Mark(0)


class Ports(NamedTuple):
    """Ports of one side: how many, which are wired (a bit each); `any_number` is one long port."""

    number: int
    wired: int
    any_number: bool = False


class Maps(NamedTuple):
    """The block of a node's feature maps: its sides, and whether it stands alone, without a card;
    of a shape that is not known only an outline is drawn."""

    solid: Solid
    is_known: bool
    alone: bool


class Look(NamedTuple):
    """All that decides a node's picture; equal looks share one sprite."""

    title: str
    second: str
    corner: str
    family: str
    mark: Mark
    inputs: Ports
    outputs: Ports
    height: float
    sign: str = ""
    says_fault: bool = False
    """Whether the second line is the fault's, not the shape's."""
    maps: Maps | None = None
    is_down: bool = False
    """Whether its inputs are above and its outputs below, not on the left and on the right."""

    @property
    def whole_height(self) -> float:
        """How high the node is with its block; `height` is that of its card."""
        return self.height if self.maps is None else self.height + ROOM


def shape_words(outputs: tuple[Shape, ...] | None) -> str:
    """The second line: the output's shape; those of several outputs as far as they differ."""
    if not outputs:
        return UNKNOWN
    if len(outputs) == 1:
        return str(outputs[0])
    if len({shape[1:] for shape in outputs}) == 1:
        depths = " | ".join(str(shape[0]) for shape in outputs)
        return " × ".join([depths, *map(str, outputs[0][1:])])
    return " | ".join(map(str, outputs))


def fault_words(diagnostic: Diagnostic) -> str:
    """A fault in two or three words, from its code: `needs-vector` is `needs a vector`."""
    words = diagnostic.code.replace("-", " ")
    for noun, article in (("vector", "a"), ("image", "an")):
        words = words.replace(f"needs {noun}", f"needs {article} {noun}")
    return f"{diagnostic.param}: {words}" if diagnostic.param and len(words) < 14 else words


def look_of(
    node: Node,
    facts: Facts | None,
    fault: Diagnostic | None,
    inputs: Ports,
    outputs: Ports,
    height: float,
    mark: Mark = NO_MARK,
) -> Look:
    """Describe a node; `fault` is the first of its errors, else the first of its warnings."""
    second = shape_words(facts.outputs if facts else None)
    says_fault = second == UNKNOWN and fault is not None and fault.severity == "error"
    if fault is not None and fault.severity == "error":
        mark |= Mark.ERROR
        if says_fault:
            second = fault_words(fault)
    elif fault is not None and fault.severity == "warning":
        mark |= Mark.WARNING
    if second == UNKNOWN:
        mark |= Mark.UNKNOWN
    if node.bypassed:
        mark |= Mark.BYPASSED
    if node.frozen:
        mark |= Mark.FROZEN
    if node.layer.is_composite:
        mark |= Mark.COMPOSITE
    if node.note.strip():
        mark |= Mark.NOTED
    return Look(
        title=node.title,
        second=second,
        corner=node.layer.telling,
        family=node.layer.family,
        mark=mark,
        inputs=inputs,
        outputs=outputs,
        height=height,
        sign="frozen" if node.frozen else "",
        says_fault=says_fault,
    )
