"""Split: several outputs in shapes, text and counts, also where it ends a net or is bypassed."""

from __future__ import annotations

import torch

import designer
from designer.core.design import Design
from designer.core.graph import Edge, Graph, Node
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from designer.layers.split import Split


def net(*nodes: Node, edges: list[Edge]) -> Design:
    image = Node("image", CATALOGUE["Input"](channels=5, height=4, width=4))
    return Design(graph=Graph.of([image, *nodes], edges))


def add(*sources: tuple[int, int]) -> list[Edge]:
    """Edges from outputs of the Split into ports of the merge."""
    return [Edge("split", "merge", port, output) for port, output in sources]


def test_every_output_has_its_channels_in_order() -> None:
    split = Node("split", Split((1, 3, 1)))
    merge = Node("merge", CATALOGUE["Concat"]())
    design = net(split, merge, edges=[Edge("image", "split"), *add((0, 2), (1, 0))])
    analysis = designer.analyze(design)
    assert analysis.facts["split"].outputs == ((1, 4, 4), (3, 4, 4), (1, 4, 4))
    assert analysis.facts["merge"].output == (2, 4, 4)
    x = torch.rand(2, 5, 4, 4)
    assert torch.equal(designer.build(design)(x), torch.cat([x[:, 4:], x[:, :1]], 1))


def test_a_net_that_ends_in_a_split_returns_its_first_output() -> None:
    design = net(Node("split", Split((2, 3))), edges=[Edge("image", "split")])
    x = torch.rand(2, 5, 4, 4)
    assert torch.equal(designer.build(design)(x), x[:, :2])


def test_a_bypassed_split_passes_its_input_on_at_every_output() -> None:
    split = Node("split", Split((2, 3)), bypassed=True)
    merge = Node("merge", CATALOGUE["Add"]())
    design = net(split, merge, edges=[Edge("image", "split"), *add((0, 0), (1, 1))])
    assert designer.analyze(design).facts["merge"].output == Shape((5, 4, 4))
    x = torch.rand(2, 5, 4, 4)
    assert torch.equal(designer.build(design)(x), 2 * x)


def test_sizes_that_do_not_add_up_are_refused_with_sizes_that_do() -> None:
    design = net(Node("split", Split((8, 8))), edges=[Edge("image", "split")])
    (fault,) = (d for d in designer.analyze(design).diagnostics if d.severity == "error")
    assert fault.code == "sizes-do-not-add-up"
    mended = fault.fixes[0].edit.apply(design)
    assert mended.nodes["split"].layer == Split((3, 2))
    assert designer.analyze(mended).is_valid
