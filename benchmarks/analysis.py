"""Everything that is read off a design of 1,000 nodes (shapes, weights, multiply–accumulates,
memory, receptive fields, faults by the whole catalogue of rules) beside onnx.shape_inference and
torch's FakeTensor, which find shapes alone, on the same net, and beside networkx's sort alone.
"From nothing" is the first analysis of a process, with every memory of earlier ones emptied. A
wire is legal where it closes no cycle; the pairs are drawn at random. Processor time.
"""

import sys
from collections.abc import Callable
from itertools import count
from random import Random

import networkx

import designer
from benchmarks.measure import Contestant, Row, interleaved
from benchmarks.nets import CHANNELS, SIDE, Item, as_design, as_onnx, chain_of, inception_chain
from designer.core.analysis import Analysis
from designer.core.cycle import way
from designer.core.data import DataDescription
from designer.core.design import Design
from designer.core.edits import SetParam
from designer.core.shape import Shape
from designer.core.training_memory import training_memory

TITLE = "Live analysis"

DATA = DataDescription("noise", Shape((CHANNELS, SIDE, SIDE)), ("a", "b"), 50_000, 5_000, 10_000)
PAIRS = 100


def run(quick: bool = False) -> list[Row]:
    """Analyse from scratch, after an edit, and at ten times the size; each beside its own peer."""
    rounds = 5 if quick else 31
    items, many_items = inception_chain(1000), inception_chain(10_000)
    design = as_design(items)
    first = (_unknown(lambda: as_design(items)), _analyze)
    again = (lambda: as_design(items), _analyze)
    editing = _Editing(design)
    sizes = {
        "few": first,
        "many": (_unknown(lambda: as_design(many_items)), _analyze),
        "20 blocks": (_unknown(lambda: chain_of("Inception", 20)), _analyze),
        "200 blocks": (_unknown(lambda: chain_of("Inception", 200)), _analyze),
        "few kept": (lambda: designer.analyze(design), _forecast),
        "many kept": (lambda: designer.analyze(as_design(many_items)), _forecast),
    }
    peers = {"first": first, "again": again, "onnx": _onnx(items), "sort": lambda: _sort(design)}
    return [
        *_beside_peers(_ms(peers, rounds), len(items)),
        _after_an_edit(_ms({"edit": (editing.edit, editing.analyze), "all": again}, rounds)),
        *_by_size(_ms(sizes, rounds), len(items), len(many_items)),
        _of_wires(_ms(_searches(design), rounds)),
        # last, since torch fills the memory that the others are measured in
        _beside_torch(_ms({"first": first, "fake": _fake(design)}, rounds // 2), len(items)),
    ]


def _ms(contestants: dict[str, Contestant], rounds: int) -> dict[str, float]:
    return {name: seconds * 1e3 for name, seconds in interleaved(contestants, rounds).items()}


def _unknown(make: Callable[[], Design]) -> Callable[[], Design]:
    return lambda: (_forget(), make())[1]


def _analyze(design: Design) -> None:
    analysis = designer.analyze(design, DATA)
    assert analysis.totals.known == len(design.nodes)


def _forecast(analysis: Analysis) -> None:
    assert training_memory(analysis, analysis.scene.design.training) is not None


def _beside_peers(ms: dict[str, float], nodes: int) -> list[Row]:
    peer = ("onnx.shape_inference", ms["onnx"], "ms")
    return [
        Row(f"from nothing, {nodes:,} nodes", ms["first"], *peer, target=0.8),
        Row("all of it again", ms["again"], *peer),
        Row("all of it again", ms["again"], "networkx sort alone", ms["sort"], "ms"),
    ]


def _beside_torch(ms: dict[str, float], nodes: int) -> Row:
    what = f"from nothing, {nodes:,} nodes"
    return Row(what, ms["first"], "FakeTensor", ms["fake"], "ms", 0.02)


def _after_an_edit(ms: dict[str, float]) -> Row:
    what = "after an edit that keeps a shape"
    return Row(what, ms["edit"], "all of it", ms["all"], "ms", 0.2)


def _by_size(ms: dict[str, float], few: int, many: int) -> list[Row]:
    nodes = (ms["many"] / many * 1e3, f"a node of {few:,}", ms["few"] / few * 1e3)
    blocks = (ms["200 blocks"] / 200 * 1e3, "one of 20", ms["20 blocks"] / 20 * 1e3)
    kept = (
        ms["many kept"] / many * 1e3,
        f"the same, of {few:,}",
        ms["few kept"] / few * 1e3,
    )
    return [
        Row(f"a node of {many:,}", *nodes, "µs", 1.25),
        Row(f"training's memory, a node of {many:,}", *kept, "µs", 1.25),
        Row("an Inception of 200 in a chain", *blocks, "µs", 1.25),
    ]


def _of_wires(ms: dict[str, float]) -> Row:
    ours, theirs = (ms[name] / PAIRS * 1e3 for name in ("ours", "networkx"))
    return Row("whether a wire is legal", ours, "networkx has_path", theirs, "µs", 1.0)


def _onnx(items: list[Item]) -> Callable[[], object]:
    import onnx.shape_inference

    model = as_onnx(items)
    assert len(onnx.shape_inference.infer_shapes(model).graph.value_info) >= len(items) - 2
    return lambda: onnx.shape_inference.infer_shapes(model)


def _searches(design: Design) -> dict[str, Contestant]:
    """Random wires that follow the file's order, and so are legal."""
    random, names, graph = Random(0), list(design.nodes), _directed(design)
    places = [sorted(random.sample(range(len(names)), 2)) for _ in range(PAIRS)]
    pairs = [(names[first], names[last]) for first, last in places]
    return {
        "ours": lambda: [way(design.graph, b, a) for a, b in pairs],
        "networkx": lambda: [networkx.has_path(graph, b, a) for a, b in pairs],
    }


def _fake(design: Design) -> Callable[[], object]:
    """Torch's own propagation of shapes through the model that the design is."""
    import torch
    from torch._subclasses.fake_tensor import FakeTensorMode

    torch.set_num_threads(1)  # threads that wait for work would be counted to whoever comes next
    with FakeTensorMode() as mode:
        model = designer.build(design)
        image = torch.empty(1, CHANNELS, SIDE, SIDE)

    def propagate() -> object:
        with mode:
            return model(image).shape

    assert len(propagate()) == 4
    return propagate


def _directed(design: Design) -> "networkx.DiGraph[str]":
    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(design.nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in design.edges)
    return graph


def _forget() -> None:
    """Empty the memory of the functions that look at nets."""
    places = (
        "designer.core.walk",
        "designer.core.field",
        "designer.core.uneven",
        "designer.core.graph",
        "designer.layers.",
    )
    for module in [m for name, m in sys.modules.items() if name.startswith(places)]:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def _sort(design: Design) -> list[str]:
    return list(networkx.topological_sort(_directed(design)))


class _Editing:
    """One edit after the other that leaves the output's shape."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.node = next(n.id for n in design.nodes.values() if _is_conv(n.layer))
        self.analysis = designer.analyze(design, DATA)
        self.values = count()

    def edit(self) -> Design:
        """Give one convolution a bias, or take it away."""
        bias = next(self.values) % 2 == 1
        self.design = SetParam(self.node, "bias", bias).apply(self.design)
        return self.design

    def analyze(self, design: Design) -> None:
        """Read off what the edit changed."""
        self.analysis = designer.analyze(design, DATA, self.analysis)
        assert self.analysis.totals.known == len(design.nodes)


def _is_conv(layer: object) -> bool:
    return type(layer).__name__ == "Conv2d"
