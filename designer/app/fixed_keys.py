"""Keys that are the same in every program and are not changed: those of lists, fields and text."""

from __future__ import annotations

from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True, slots=True)
class FixedKeys:
    """Keys with what they do, in some kind of place."""

    place: str
    keys: tuple[str, ...]
    does: str


ARROWS = ("Left", "Right", "Up", "Down")

FIXED: tuple[FixedKeys, ...] = (
    FixedKeys("Everywhere", ("Tab", "Shift+Tab"), "Next, and the one before"),
    FixedKeys("Canvas", ("Space",), "Held: the mouse pans"),
    FixedKeys("Canvas", ("A … Z",), "Choose a node, after “Connect to …”"),
    FixedKeys("Lists", ("Up", "Down"), "Next row, and the one before"),
    FixedKeys("Lists", ("PgUp", "PgDown"), "A page of rows"),
    FixedKeys("Lists", ("Home", "End"), "First row, and last"),
    FixedKeys("Lists", ("Left", "Right"), "Fold a row, and open it"),
    FixedKeys("Lists", ("Return", "Enter", "Tab"), "Take the row"),
    FixedKeys("Lists", ("Esc",), "Leave off, clear the search"),
    FixedKeys("Fields", ("Up", "Down"), "Step a number; with Shift ten times"),
    FixedKeys("Fields", ("Return", "Enter"), "Take what was typed"),
    FixedKeys("Fields", ("Esc",), "Leave the field as it was"),
    FixedKeys("Cards", ARROWS, "Go from card to card"),
    FixedKeys("Cards", ("Return", "Enter"), "Open"),
    FixedKeys("Cards", ("Del",), "Forget a recent file"),
    FixedKeys("Cards", ("Esc",), "Clear the search, or go back to the canvas"),
    FixedKeys("Canvas words", ("Return", "Enter"), "Take; with Shift a new line"),
    FixedKeys("Canvas words", ("Esc",), "Drop them"),
    FixedKeys("Pages", ("Home", "End", "Space"), "Top, bottom, further down"),
    FixedKeys("Pages", ("Esc",), "Close"),
    FixedKeys("Pictures", ARROWS, "Go from cell to cell"),
)
"""A field that is being typed in keeps the keys of the system besides: copy, undo, word by word."""
