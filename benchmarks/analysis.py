"""Everything that is read off a design of 1,000 nodes (shapes, weights, multiply–accumulates,
memory, receptive fields, faults) beside onnx.shape_inference, which infers shapes alone, on
the same net, and beside networkx's sort alone. Processor time.
"""

from itertools import count

import networkx

import designer
from benchmarks.measure import Row, interleaved
from benchmarks.nets import as_design, as_onnx, inception_chain
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

    times = interleaved(
        {
            "onnx": lambda: onnx.shape_inference.infer_shapes(model),
            "sort": lambda: _sort(design),
            "full": (lambda: as_design(items), designer.analyze),
            "edit": _Editing(design),
            "large": (lambda: as_design(many_items), designer.analyze),
        },
        rounds=5 if quick else 31,
    )
    ms = {name: seconds * 1e3 for name, seconds in times.items()}
    nodes, many = len(design.nodes), len(many_items)
    per_node = {"full": ms["full"] / nodes * 1e3, "large": ms["large"] / many * 1e3}
    return [
        Row(f"full, {nodes:,} nodes", ms["full"], "onnx.shape_inference", ms["onnx"],
            "ms", target=0.8),
        Row("full", ms["full"], "networkx sort alone", ms["sort"], "ms"),
        Row("an edit that keeps its shape", ms["edit"], "full", ms["full"], "ms",
            target=0.2),
        Row(f"a node of {many:,}", per_node["large"], f"a node of {nodes:,}",
            per_node["full"], "µs", target=1.25),
    ]  # fmt: skip


def _sort(design: Design) -> list[str]:
    graph: networkx.DiGraph = networkx.DiGraph()
    graph.add_nodes_from(design.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in design.edges)
    return list(networkx.topological_sort(graph))


class _Editing:
    """One edit that leaves the output's shape, and the analysis of what came out."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.node = next(n.id for n in design.nodes.values() if _is_conv(n.layer))
        self.analysis = designer.analyze(design)
        self.values = count()

    def __call__(self) -> None:
        bias = next(self.values) % 2 == 1
        self.design = SetParam(self.node, "bias", bias).apply(self.design)
        self.analysis = designer.analyze(self.design, previous=self.analysis)


def _is_conv(layer: object) -> bool:
    return type(layer).__name__ == "Conv2d"
