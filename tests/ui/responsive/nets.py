"""Large nets that stand in their places, as a person would have laid them out."""

from itertools import pairwise

from designer.core.data import DataSettings
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.layers import CATALOGUE

ACROSS, DOWN = 192.0, 80.0
BRANCHES = (
    ("Conv1x1", "ReLU"),
    ("Conv1x1", "ReLU", "Conv2d", "ReLU"),
    ("Conv1x1", "ReLU", "Conv2d", "ReLU"),
    ("MaxPool2d", "Conv1x1", "ReLU"),
)
BLOCK = sum(map(len, BRANCHES)) + 1
PARAMETERS: dict[str, tuple[object, ...]] = {
    "Conv1x1": (4,),
    "Conv2d": (4, 3, 1, 1),
    "MaxPool2d": (3, 1, 1),
}


def make(kind: str) -> Layer:
    """A layer that keeps height and width."""
    return CATALOGUE[kind](*PARAMETERS.get(kind, ()))


def large(count: int) -> Design:
    """Inception blocks in rows of ten, with a head for ten classes: about so many nodes."""
    nodes = [Node("image", CATALOGUE["Input"](1, 28, 28), (-ACROSS, DOWN))]
    edges: list[Edge] = []
    last = "image"
    for b in range((count - 3) // BLOCK):
        row, turn = divmod(b, 10)
        left, top = turn * 5.5 * ACROSS, row * 5.5 * DOWN
        joined = f"join{b}"
        for line, branch in enumerate(BRANCHES):
            names = [f"{kind.lower()}{b}_{line}_{i}" for i, kind in enumerate(branch)]
            for i, (name, kind) in enumerate(zip(names, branch, strict=True)):
                nodes.append(Node(name, make(kind), (left + i * ACROSS, top + line * DOWN)))
            edges += [Edge(a, z) for a, z in pairwise((last, *names))]
            edges.append(Edge(names[-1], joined, line))
        nodes.append(Node(joined, make("Concat"), (left + 4 * ACROSS, top + 1.5 * DOWN)))
        last = joined
    x, y = nodes[-1].position or (0.0, 0.0)
    for i, (name, kind) in enumerate((("flatten", "Flatten"), ("fc", "Linear"))):
        nodes.append(Node(name, make(kind), (x + (i + 1) * ACROSS, y)))
        edges.append(Edge(last, name))
        last = name
    return Design("Large", Graph.of(nodes, edges), data=DataSettings("letters"))
