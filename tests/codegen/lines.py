"""The lines of a net's text, without what is said beside them."""

from __future__ import annotations

import designer
from designer.core.design import Design


def forward_of(design: Design) -> list[str]:
    """The lines of the net's `forward` behind its first, without comments."""
    text = designer.to_source(design).rsplit("def forward", 1)[1]
    return [line.split("  #")[0].strip() for line in text.splitlines()[1:]]


def constructor_of(design: Design) -> list[str]:
    text = designer.to_source(design).rsplit("super().__init__()", 1)[1].split("def ")[0]
    return [line.split("  #")[0].strip() for line in text.strip().splitlines()]
