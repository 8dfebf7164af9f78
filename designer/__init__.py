"""Convnet Designer: design, check, train and export convolutional networks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import nn

    from designer.core.analysis import Analysis
    from designer.core.data import DataDescription
    from designer.core.design import Design
    from designer.storage.reading import Source

__all__ = ["analyze", "build", "load", "save", "to_source"]

# Every import stands in the function that needs it: `import designer` must stay as cheap for the
# command line and for the window's first paint as if it were empty.


def load(source: Source) -> Design:
    """Read a project file; raises `designer.storage.StorageError` where it cannot be used."""
    from designer import storage

    return storage.load(source)


def save(design: Design, path: str | os.PathLike[str]) -> None:
    """Write a project file, whole or not at all; raises `designer.storage.StorageError`."""
    from designer import storage

    storage.save(design, path)


def analyze(
    design: Design,
    data: DataDescription | None = None,
    previous: Analysis | None = None,
) -> Analysis:
    """Read shapes, costs and diagnostics off a design; never raises on a bad one.

    With `data` the design is judged against that data set too. With the analysis of an earlier
    state only what differs is computed.
    """
    from designer.core import analysis
    from designer.rules import RULES

    return analysis.analyze(design, RULES, data, previous)


def to_source(design: Design) -> str:
    """Print the design as Python text; raises `designer.codegen.InvalidDesign` (a ValueError)."""
    from designer import codegen

    return codegen.render(design, analyze(design)).text


def build(design: Design) -> nn.Module:
    """Make the `torch.nn.Module` of exactly the text that `to_source` gives."""
    from designer.engine import build

    return build.build(design)
