"""Every layer of the catalogue comes back from its own module as what it was."""

from __future__ import annotations

import pytest

import designer
from designer.core.design import Design
from designer.core.graph import Edge, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.engine.importing.nets import import_module
from designer.layers import CATALOGUE

MEANT_OTHERWISE = {
    "Identity": "a step that changes nothing",
    "Inception": "a composite, which arrives unpacked",
    "Input": "the image itself",
    "Output": "a mark, which stands only where it says something",
}
"""Layers that are no step of a foreign net."""

CASES = [
    pytest.param(kind, values, shapes, id=f"{name}-{number}")
    for name, kind in CATALOGUE.items()
    if name not in MEANT_OTHERWISE
    for number, (values, shapes) in enumerate(
        [(dict(e.parameters), e.inputs) for e in kind.examples] or [({}, ((12, 16, 16),))]
    )
]


def around(layer: Layer, shapes: tuple[tuple[int, ...], ...]) -> Design:
    """A net of this layer that gets values of these shapes, made of one image."""
    channels = shapes[0][0]
    side = shapes[0][1:] or (1, 1)
    nodes = [Node("image", CATALOGUE["Input"](channels, *side))]  # type: ignore[call-arg]
    edges = []
    for port, shape in enumerate(shapes):
        if len(shape) == 1:
            step: Layer = CATALOGUE["Flatten"]()
        elif shape[1:] == (1, 1) != tuple(side):
            step = CATALOGUE["AdaptiveAvgPool2d"]()
        else:
            step = CATALOGUE["Conv1x1"](shape[0])  # type: ignore[call-arg]
        nodes.append(Node(f"before{port}", step))
        edges += [Edge("image", f"before{port}"), Edge(f"before{port}", "it", port)]
    nodes.append(Node("it", layer))
    for number in range(layer.output_count if layer.output_count > 1 else 0):
        nodes.append(Node(f"out{number}", CATALOGUE["Output"]()))
        edges.append(Edge("it", f"out{number}", 0, number))
    return Design().with_nodes(nodes, edges)


@pytest.mark.parametrize(("kind", "values", "shapes"), CASES)
def test_a_layer_comes_back(
    kind: type[Layer], values: dict[str, object], shapes: tuple[tuple[int, ...], ...]
) -> None:
    layer = kind(**values)
    small = tuple((s[0], *(min(n, 12) for n in s[1:])) for s in shapes)
    design = around(layer, small)
    assert designer.analyze(design).is_valid
    image = design.nodes["image"].layer.infer()[0]
    imported = import_module(designer.build(design), Shape(image), "back")
    assert imported.difference == 0
    assert texts(imported.design) == texts(design)
    before, after = (d.totals for d in map(designer.analyze, (design, imported.design)))
    assert (before.parameters, before.macs) == (after.parameters, after.macs)


def texts(design: Design) -> list[object]:
    """What every node is in PyTorch: `padding="valid"` there is the same as 0."""
    facts = designer.analyze(design).facts
    found: list[object] = []
    for name, node in design.nodes.items():
        shapes = [shape for shape in facts[name].inputs if shape is not None]
        text = (node.layer.module(*shapes), node.layer.expression(*shapes)) if shapes else None
        found.append((node.layer.kind(), text))
    return found


def test_what_is_left_out_is_in_the_catalogue() -> None:
    assert MEANT_OTHERWISE.keys() <= CATALOGUE.keys()
