"""What a node has besides its layer, described as parameters so that a form can be made of it."""

from __future__ import annotations

from dataclasses import dataclass

from designer.core.parameter import param


@dataclass(frozen=True)
class Traits:
    """Label and state of a node; its note has a field of its own."""

    label: str = param("", help="A name to read on the canvas in place of the id")
    frozen: bool = param(
        False, help="Not trained: the weights stay as they are, normalisation in evaluation mode"
    )
    bypassed: bool = param(False, help="Passed by: its input goes on unchanged")
