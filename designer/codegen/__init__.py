"""The printer: a design as PyTorch text, which is what is exported and what trains."""

from designer.codegen.invalid import InvalidDesign
from designer.codegen.literal import literal
from designer.codegen.model import attributes, render
from designer.codegen.namespace import Namespace
from designer.codegen.script import render_script
from designer.codegen.snippet import snippet
from designer.codegen.source import LineRange, Source

__all__ = [
    "InvalidDesign",
    "LineRange",
    "Namespace",
    "Source",
    "attributes",
    "literal",
    "render",
    "render_script",
    "snippet",
]
