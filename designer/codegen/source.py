"""Source: generated text that knows which lines belong to which node."""

from __future__ import annotations

from collections.abc import Mapping

from designer.core.lean import lean_dataclass

LineRange = tuple[int, int]
"""First and last line, both counted from 1 and both included."""


@lean_dataclass(frozen=True, slots=True)
class Source:
    """The text of a model, and for every node the lines that construct and call it."""

    text: str
    lines: Mapping[str, tuple[LineRange, ...]]
    class_name: str = "Net"


class Lines:
    """Lines being written, each of which may belong to nodes."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.ranges: dict[str, list[LineRange]] = {}

    def add(self, *texts: str, of: tuple[str, ...] = ()) -> None:
        """Write lines that belong to these nodes."""
        first = len(self.texts) + 1
        self.texts += texts
        for node_id in of:
            self.ranges.setdefault(node_id, []).append((first, len(self.texts)))

    def append(self, other: Lines) -> None:
        """Write another's lines behind these."""
        shift = len(self.texts)
        self.texts += other.texts
        for node_id, ranges in other.ranges.items():
            moved = [(first + shift, last + shift) for first, last in ranges]
            self.ranges.setdefault(node_id, []).extend(moved)
