"""Several edits as one step."""

from __future__ import annotations

from designer.core.design import Design
from designer.core.edit import Edit
from designer.core.lean import lean_dataclass


@lean_dataclass(frozen=True)
class Several(Edit):
    """Edits applied one after the other under one label; all land or none."""

    name: str
    edits: tuple[Edit, ...]

    @property
    def label(self) -> str:
        return self.name

    def apply(self, design: Design) -> Design:
        for edit in self.edits:
            design = edit.apply(design)
        return design
