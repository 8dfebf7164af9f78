"""The built model: a torch module made from exactly the text that is exported."""

from __future__ import annotations

from torch import nn

from designer.codegen import render
from designer.core.analysis import analyze
from designer.core.design import Design
from designer.engine import script


def build(design: Design) -> nn.Module:
    """Make the design's net with fresh weights; raises InvalidDesign where it has errors.

    Tracebacks out of the net show the lines of its text.
    """
    source = render(design, analyze(design))
    module = script.from_text(source.text, f"model of {design.name}")
    model = getattr(module, source.class_name)()
    if not isinstance(model, nn.Module):
        raise TypeError(f"{source.class_name} is no torch module")
    return model
