"""What a node has besides its layer, described as parameters so that a form can be made of it."""

from __future__ import annotations

from dataclasses import dataclass

from designer.core.parameter import param


@dataclass(frozen=True)
class Traits:
    """Label, note and state of a node."""

    label: str = param("", help="A name to read on the canvas in place of the id")
    note: str = param("", help="Whatever you want to remember; it is kept in the project")
    frozen: bool = param(
        False, help="Not trained: the weights stay as they are, normalisation in evaluation mode"
    )
    bypassed: bool = param(False, help="Passed by: its input goes on unchanged")
