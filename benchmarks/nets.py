"""Large nets to measure on: chains of inception blocks, as designs and as ONNX graphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from designer.core.design import Design, Frame
from designer.core.graph import Edge, Graph, Node
from designer.layers import CATALOGUE

if TYPE_CHECKING:
    from onnx import ModelProto

CHANNELS, SIDE = 16, 32
BRANCHES = (
    (("conv", 4, 1), ("relu",)),
    (("conv", 4, 1), ("relu",), ("conv", 4, 3), ("relu",)),
    (("conv", 4, 1), ("relu",), ("conv", 4, 5), ("relu",)),
    (("pool",), ("conv", 4, 1), ("relu",)),
)
BLOCK = sum(map(len, BRANCHES)) + 1
"""Nodes a block: four branches of 4 channels each and the Concat that joins them."""

PITCH = (192.0, 80.0)
"""From one node to the next, across and down, in units of the canvas."""
NODE = (148.0, 46.0)
"""The size of a node, in units of the canvas."""
AROUND = 40.0
"""How far the nodes of a frame stand from its sides."""

TRAINED: dict[str, tuple[tuple[object, ...], ...]] = {
    "LeNet 20/50": (
        ("Conv2d", 20, 5),
        ("MaxPool2d", 2),
        ("Conv2d", 50, 5),
        ("MaxPool2d", 2),
        ("Flatten",),
        ("Linear", 500),
        ("ReLU",),
        ("Linear", 10),
    ),
    "VGG-like": (
        *(("Conv2d", 32, 3, 1, 1), ("ReLU",)) * 2,
        ("MaxPool2d", 2),
        *(("Conv2d", 64, 3, 1, 1), ("ReLU",)) * 2,
        ("MaxPool2d", 2),
        ("Flatten",),
        ("Linear", 256),
        ("ReLU",),
        ("Linear", 10),
    ),
}
"""Nets to train, layer by layer; `hand_written` has the same."""

Step = tuple[str] | tuple[str, int, int]
Item = tuple[str, Step | tuple[str], tuple[str, ...]]


def inception_chain(nodes: int) -> list[Item]:
    """A net of about so many nodes: (name, what, names of its inputs), in order."""
    items: list[Item] = [("image", ("input",), ())]
    last = "image"
    for block in range((nodes - 1) // BLOCK):
        ends = []
        for number, branch in enumerate(BRANCHES):
            source = last
            for place, step in enumerate(branch):
                name = f"b{block}_{number}_{place}_{step[0]}"
                items.append((name, step, (source,)))
                source = name
            ends.append(source)
        last = f"b{block}_concat"
        items.append((last, ("concat",), tuple(ends)))
    return items


def as_design(items: list[Item]) -> Design:
    """The net as our value, its blocks side by side in rows of ten, as a person would."""
    nodes, edges = [], []
    for name, step, sources in items:
        nodes.append(Node(name, _layer(step), position=_position(name)))
        edges += [Edge(source, name, port) for port, source in enumerate(sources)]
    return Design("benchmark", Graph.of(nodes, edges))


def with_full_look(design: Design) -> Design:
    """The chain of blocks with a frame around each, and in every tenth a node that is warned of.

    No shape changes: one of a block's activations gives way to a Dropout that drops all.
    """
    nodes, members = [], dict[str, list[Node]]()
    for node in design.nodes.values():
        block, _, rest = node.id.partition("_")
        if block.endswith("0") and rest == "1_3_relu":
            node = replace(node, layer=CATALOGUE["Dropout"](p=1.0))
        nodes.append(node)
        if rest:
            members.setdefault(block, []).append(node)
    frames = tuple(_frame(block, of) for block, of in members.items())
    return replace(design.with_nodes(nodes), frames=frames)


def chain_of(kind: str, length: int) -> Design:
    """An image and so many equal layers, one behind the other."""
    nodes = [Node("image", _layer(("input",)))]
    nodes += [Node(f"n{i}", CATALOGUE[kind]()) for i in range(length)]
    return Design("chain", Graph.of(nodes, [Edge(a.id, b.id) for a, b in pairwise(nodes)]))


def layers_in_a_row(name: str, layers: Sequence[tuple[object, ...]]) -> Design:
    """A net of layers, each by its name and its parameters, for images of one channel."""
    image = CATALOGUE["Input"](channels=1, height=28, width=28)
    made = [image, *(CATALOGUE[str(kind)](*values) for kind, *values in layers)]
    nodes = [Node(f"n{i}", layer) for i, layer in enumerate(made)]
    return Design(name, Graph.of(nodes, [Edge(a.id, b.id) for a, b in pairwise(nodes)]))


def _frame(title: str, nodes: list[Node]) -> Frame:
    places = [node.position for node in nodes if node.position]
    left, top = (min(place[axis] for place in places) - AROUND for axis in (0, 1))
    right, bottom = (max(place[axis] for place in places) + AROUND for axis in (0, 1))
    size = (right - left + NODE[0], bottom - top + NODE[1])
    return Frame(title, (left, top), size, nodes=tuple(node.id for node in nodes))


def _position(name: str) -> tuple[float, float]:
    if name == "image":
        return (-PITCH[0], 1.5 * PITCH[1])
    block, *place, _ = name[1:].split("_")
    branch, column = map(int, place) if place else (1.5, 4)
    row, turn = divmod(int(block), 10)
    return ((turn * 5.5 + column) * PITCH[0], (row * 5.5 + branch) * PITCH[1])


def _layer(step: Step | tuple[str]) -> object:
    match step:
        case ("input",):
            return CATALOGUE["Input"](channels=CHANNELS, height=SIDE, width=SIDE)
        case ("conv", channels, kernel):
            padding = kernel // 2
            return CATALOGUE["Conv2d"](channels, kernel, padding=padding)
        case ("pool",):
            return CATALOGUE["MaxPool2d"](3, stride=1, padding=1)
        case ("relu",):
            return CATALOGUE["ReLU"]()
    return CATALOGUE["Concat"]()


def as_onnx(items: list[Item]) -> ModelProto:
    """The net as an exporter writes it: an ONNX model whose weights are initialisers."""
    import numpy
    from onnx import TensorProto, helper, numpy_helper

    def weight(name: str, *shape: int) -> object:
        return numpy_helper.from_array(numpy.zeros(shape, numpy.float32), name)

    made, weights = [], []
    channels: dict[str, int] = {}
    for name, step, sources in items:
        channels[name] = sum(channels[source] for source in sources) or CHANNELS
        arguments = list(sources)
        attributes: dict[str, object] = {}
        match step:
            case ("input",):
                continue
            case ("conv", out, kernel):
                weights.append(weight(f"{name}.w", out, channels[name], kernel, kernel))
                weights.append(weight(f"{name}.b", out))
                arguments += [f"{name}.w", f"{name}.b"]
                channels[name] = out
                pads = [kernel // 2] * 4
                attributes = {"kernel_shape": [kernel, kernel], "pads": pads}
            case ("pool",):
                attributes = {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1]}
            case ("concat",):
                attributes = {"axis": 1}
        kind = ONNX_NAMES[step[0]]
        made.append(helper.make_node(kind, arguments, [name], name, **attributes))
    shape = (1, CHANNELS, SIDE, SIDE)
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)
    output = helper.make_tensor_value_info(items[-1][0], TensorProto.FLOAT, None)
    graph = helper.make_graph(made, "benchmark", [image], [output], weights)
    return helper.make_model(graph)


ONNX_NAMES = {"conv": "Conv", "relu": "Relu", "pool": "MaxPool", "concat": "Concat"}
