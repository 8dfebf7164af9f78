"""The levels of the outline: which rows stand where, by keys that outlive an edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from designer.core.analysis import Analysis
from designer.core.design import Design
from designer.core.facts import Facts


class NodeRow(NamedTuple):
    """A node of the design, or, by a longer path, one inside a composite."""

    path: tuple[str, ...]


class FrameRow(NamedTuple):
    """A frame by its place among the design's."""

    number: int


Row = NodeRow | FrameRow


class Levels(NamedTuple):
    """The outermost rows in the order of the net, and the rows inside of frames."""

    outer: list[Row]
    framed: Mapping[FrameRow, list[Row]]


def levels(design: Design, analysis: Analysis) -> Levels:
    """Every node in the order of the analysis, then those that have none.

    A frame stands where the first of its nodes would, with all of them; a node of several frames
    is in the first, and a comment, which holds no node, is no row.
    """
    frame_of: dict[str, FrameRow] = {}
    for number, frame in enumerate(design.frames):
        for node in frame.nodes:
            frame_of.setdefault(node, FrameRow(number))
    ordered = dict.fromkeys([*analysis.order, *design.nodes])
    if not frame_of:
        return Levels([NodeRow((node,)) for node in ordered], {})
    outer: list[Row] = []
    framed: dict[FrameRow, list[Row]] = {}
    for node in ordered:
        row = frame_of.get(node)
        if row is None:
            outer.append(NodeRow((node,)))
            continue
        if row not in framed:
            framed[row] = []
            outer.append(row)
        framed[row].append(NodeRow((node,)))
    return Levels(outer, framed)


def facts_of(analysis: Analysis, path: tuple[str, ...]) -> Facts | None:
    """What is known of a node, or of one inside a composite; None for what is not there."""
    known: Mapping[str, Facts] | None = analysis.facts
    found = None
    for name in path:
        found = known.get(name) if known else None
        if found is None:
            return None
        known = found.inside
    return found


def inside(analysis: Analysis, row: NodeRow) -> list[Row]:
    """The rows inside of a composite; none for another layer."""
    facts = facts_of(analysis, row.path)
    return [NodeRow((*row.path, name)) for name in facts.inside or ()] if facts else []
