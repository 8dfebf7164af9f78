"""The document: the design now, its past and its future."""

from __future__ import annotations

from collections.abc import Callable

from designer.core.design import Design
from designer.core.edit import Edit


class Document:
    """A design with unlimited undo; `changed` callbacks receive (old design, new design)."""

    def __init__(self, design: Design | None = None) -> None:
        self.design = design or Design()
        self.changed: list[Callable[[Design, Design], None]] = []
        self._past: list[tuple[str, Design]] = []
        self._future: list[tuple[str, Design]] = []
        self._saved: Design | None = self.design
        self._gesture: object | None = None

    def execute(self, edit: Edit, gesture: object | None = None) -> None:
        """Apply an edit. Consecutive edits with the same gesture become one step of the history.

        Raises EditRefused, and changes nothing, where the edit does not fit.
        """
        old = self.design
        new = edit.apply(old)
        if new is old:
            return
        continues = gesture is not None and gesture == self._gesture and self._past
        if not continues:
            self._past.append((edit.label, old))
        self._gesture = gesture
        self._future.clear()
        self._become(new)

    def undo(self) -> None:
        """Go back one step, if there is one."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Go forward one step, if there is one."""
        self._step(self._future, self._past)

    @property
    def undo_label(self) -> str | None:
        """What `undo` would take back, or None."""
        return self._past[-1][0] if self._past else None

    @property
    def redo_label(self) -> str | None:
        """What `redo` would do again, or None."""
        return self._future[-1][0] if self._future else None

    @property
    def is_dirty(self) -> bool:
        """Whether the design differs from the one last saved."""
        return self.design is not self._saved and self.design != self._saved

    def mark_saved(self, design: Design | None = None) -> None:
        """Remember the design that the file holds: the present one, or the one that was written."""
        self._saved = self.design if design is None else design

    def mark_unsaved(self) -> None:
        """Remember that no file holds the design: a template, a recovery."""
        self._saved = None

    def end_gesture(self) -> None:
        """Let the next edit begin a step of its own."""
        self._gesture = None

    def _step(self, source: list[tuple[str, Design]], target: list[tuple[str, Design]]) -> None:
        if not source:
            return
        label, design = source.pop()
        target.append((label, self.design))
        self._gesture = None
        self._become(design)

    def _become(self, new: Design) -> None:
        old, self.design = self.design, new
        for callback in tuple(self.changed):
            callback(old, new)
