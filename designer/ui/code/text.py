"""What the code panel needs of the printer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from designer.core.analysis import Analysis
from designer.core.design import Design


class Text(Protocol):
    """A generated text, and the lines that belong to each node: 1-based, both ends included."""

    @property
    def text(self) -> str: ...
    @property
    def lines(self) -> Mapping[str, tuple[tuple[int, int], ...]]: ...


class Render(Protocol):
    """The printer, as the panel needs it."""

    def __call__(self, design: Design, analysis: Analysis, /) -> Text: ...
