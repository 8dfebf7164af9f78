"""Arrival: a net that comes from elsewhere gets its places before anybody sees it."""

from __future__ import annotations

from dataclasses import replace

from designer.core.analysis import analyze
from designer.core.arrangement import arranged
from designer.core.design import Design
from designer.ui.canvas.scene.placement import MARGINS, size_of


def laid_out(design: Design) -> Design:
    """The design with a place for every node, and its frames around theirs; needs no Qt."""
    graph = design.graph
    sizes = {name: size_of(node) for name, node in graph.nodes.items()}
    made = arranged(graph, sizes, analyze(design).order, design.frames, MARGINS)
    nodes = [replace(node, position=made.places[name]) for name, node in graph.nodes.items()]
    return replace(design, graph=graph.with_nodes(nodes), frames=made.frames)
