"""Everything that is read off a design of 1,000 nodes (shapes, weights, multiply–accumulates,
memory, receptive fields, faults) beside onnx.shape_inference, which infers shapes alone, on
the same net, and beside networkx's sort alone. "From nothing" is the first analysis of a
process, with every memory of earlier ones emptied. Processor time.
"""

import sys
from collections.abc import Callable
from itertools import count

import networkx

import designer
from benchmarks.measure import Row, interleaved
from benchmarks.nets import Item, as_design, as_onnx, inception_chain
from designer.core.design import Design
from designer.core.edits import SetParam

TITLE = "Live analysis"


def run(quick: bool = False) -> list[Row]:
    """Analyse from scratch, after an edit, and at ten times the size."""
    import onnx.shape_inference

    items = inception_chain(1000)
    design, model = as_design(items), as_onnx(items)
    many_items = inception_chain(10_000)
    assert designer.analyze(design).totals.known == len(items)
    inferred = onnx.shape_inference.infer_shapes(model).graph.value_info
    assert len(inferred) >= len(items) - 2

    def unknown(net: list[Item]) -> Callable[[], Design]:
        return lambda: (_forget(), as_design(net))[1]

    editing = _Editing(design)
    times = interleaved(
        {
            "onnx": lambda: onnx.shape_inference.infer_shapes(model),
            "sort": lambda: _sort(design),
            "first": (unknown(items), designer.analyze),
            "large": (unknown(many_items), designer.analyze),
            "again": (lambda: as_design(items), designer.analyze),
            "edit": (editing.edit, editing.analyze),
        },
        rounds=5 if quick else 31,
    )
    ms = {name: seconds * 1e3 for name, seconds in times.items()}
    nodes, many = len(design.nodes), len(many_items)
    per_node = {"first": ms["first"] / nodes * 1e3, "large": ms["large"] / many * 1e3}
    peer = ("onnx.shape_inference", ms["onnx"], "ms")
    return [
        Row(f"from nothing, {nodes:,} nodes", ms["first"], *peer, target=0.8),
        Row("all of it again", ms["again"], *peer),
        Row("all of it again", ms["again"], "networkx sort alone", ms["sort"], "ms"),
        Row("after an edit that keeps a shape", ms["edit"], "all of it", ms["again"], "ms", 0.2),
        Row(f"a node of {many:,}", per_node["large"], f"a node of {nodes:,}",
            per_node["first"], "µs", target=1.25),
    ]  # fmt: skip


def _forget() -> None:
    """Empty the memory of the functions that look at nets."""
    places = ("designer.core.walk", "designer.core.field", "designer.layers.")
    for module in [m for name, m in sys.modules.items() if name.startswith(places)]:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _sort(design: Design) -> list[str]:
    graph: networkx.DiGraph = networkx.DiGraph()
    graph.add_nodes_from(design.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in design.edges)
    return list(networkx.topological_sort(graph))


class _Editing:
    """One edit after the other that leaves the output's shape."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.node = next(n.id for n in design.nodes.values() if _is_conv(n.layer))
        self.analysis = designer.analyze(design)
        self.values = count()

    def edit(self) -> Design:
        """Give one convolution a bias, or take it away."""
        bias = next(self.values) % 2 == 1
        self.design = SetParam(self.node, "bias", bias).apply(self.design)
        return self.design

    def analyze(self, design: Design) -> None:
        """Read off what the edit changed."""
        self.analysis = designer.analyze(design, previous=self.analysis)


def _is_conv(layer: object) -> bool:
    return type(layer).__name__ == "Conv2d"
