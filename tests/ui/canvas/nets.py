"""Small nets for the canvas's tests."""

from itertools import pairwise

from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.layers import CATALOGUE

STEP = 192.0


def make(kind: str, *values: object, **parameters: object) -> Layer:
    """A layer of the catalogue."""
    return CATALOGUE[kind](*values, **parameters)


def chain(*entries: tuple[str, Layer], placed: bool = True) -> Design:
    """Named layers one after the other, each reading the one before it, 192 units apart."""
    nodes = [
        Node(name, layer, (STEP * i, 0.0) if placed else None)
        for i, (name, layer) in enumerate(entries)
    ]
    edges = [Edge(a.id, b.id) for a, b in pairwise(nodes)]
    return Design(graph=Graph.of(nodes, edges))


def small(placed: bool = True) -> Design:
    """image → conv1 → relu1 → conv2."""
    return chain(
        ("image", make("Input", 1, 28, 28)),
        ("conv1", make("Conv2d", 16, 5, 2, "same")),
        ("relu1", make("ReLU")),
        ("conv2", make("Conv2d", 8, 3)),
        placed=placed,
    )


def broken() -> Design:
    """A Linear that gets maps: at fault, with a remedy."""
    return chain(
        ("image", make("Input", 1, 28, 28)),
        ("conv1", make("Conv2d", 16, 5, 2, "same")),
        ("fc1", make("Linear", 128)),
        ("relu1", make("ReLU")),
    )


def with_inception(placed: bool = True) -> Design:
    return chain(
        ("image", make("Input", 192, 28, 28)),
        ("pool2", make("MaxPool2d", 3, 1, 1)),
        ("block", make("Inception")),
        ("pool3", make("MaxPool2d")),
        placed=placed,
    )


def loose(*entries: tuple[str, Layer, float, float]) -> Design:
    """Layers without wires at places."""
    return Design(graph=Graph.of(Node(name, layer, (x, y)) for name, layer, x, y in entries))


def blocks(count: int, placed: bool = False) -> Design:
    """A chain of inception blocks written out, eight nodes each."""
    nodes = [Node("image", make("Input", 3, 32, 32))]
    edges: list[Edge] = []
    last = "image"
    for b in range(count):
        branches = (
            [(f"a{b}", make("Conv1x1"))],
            [(f"r{b}", make("Conv1x1")), (f"b{b}", make("Conv2d", 16, 3, 1, 1))],
            [(f"s{b}", make("Conv1x1")), (f"c{b}", make("Conv2d", 16, 5, 1, 2))],
            [(f"p{b}", make("MaxPool2d", 3, 1, 1)), (f"q{b}", make("Conv1x1"))],
        )
        joined = f"join{b}"
        for port, branch in enumerate(branches):
            before = last
            for name, layer in branch:
                nodes.append(Node(name, layer))
                edges.append(Edge(before, name))
                before = name
            edges.append(Edge(before, joined, port))
        nodes.append(Node(joined, make("Concat")))
        last = joined
    return Design(graph=Graph.of(nodes, edges))
