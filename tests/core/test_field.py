"""Receptive fields: what the gradient of random nets says, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
import torch

from designer.codegen import render
from designer.core.analysis import Analysis, analyze
from designer.core.design import Design
from designer.core.field import Axis, Field, Reach, Span, pixel, through, union
from designer.core.graph import Edge, Graph, Node
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.core.uneven import Uneven
from designer.layers import CATALOGUE
from tests.codegen.test_random_graphs import built, with_every_node_marked

SIDE = 72
"""Large enough for fields of LARGEST to lie inside of it, whatever the padding."""
ENDS = (SIDE - 1, SIDE - 2)
LARGEST = 30
MIDDLE = (-1, 0, 1)
"""How far from the middle the cells stand that are measured."""

Ends = tuple[int, int]


class BranchedNet:
    """Grows a random net of windows, resizing layers and merges of branches, all seen exactly."""

    def __init__(self, seed: int) -> None:
        self._pick = Random(seed)
        image = CATALOGUE["Input"](channels=1, height=SIDE, width=SIDE - 1)
        self._nodes, self._edges = [Node("image", image)], list[Edge]()

    def grow(self, steps: int) -> Design:
        """Add so many nodes; what the analysis refuses, or what sees too much, is left out."""
        for _ in range(steps):
            kind = self._pick.random()
            if kind < 0.2:
                self._merge_alike()
            elif kind < 0.35:
                self._merge_resized()
            else:
                self._add(self._layer(), [self._source()])
        return self._design()

    def _design(self) -> Design:
        return Design(graph=Graph.of(self._nodes, self._edges))

    def _source(self) -> str:
        return self._pick.choice(self._nodes[-3:]).id

    def _add(self, layer: Layer, sources: list[str]) -> str:
        node = Node(f"n{len(self._nodes)}", layer)
        edges = [Edge(source, node.id, port) for port, source in enumerate(sources)]
        graph = Graph.of([*self._nodes, node], [*self._edges, *edges])
        facts = analyze(Design(graph=graph)).facts[node.id]
        if not facts.outputs or min(facts.outputs[0][1:]) < 5 or facts.field is None:
            return sources[0]
        if max(axis.size for axis in facts.field) > LARGEST:
            return sources[0]
        self._nodes.append(node)
        self._edges += edges
        return node.id

    def _layer(self) -> Layer:
        pick = self._pick
        size = lambda *sizes: (pick.choice(sizes), pick.choice(sizes))  # noqa: E731
        kind = pick.choice(("conv", "conv", "max", "mean", "up", "point"))
        if kind == "conv":
            dilation, stride = size(1, 1, 2), size(1, 1, 2, 3)
            padding = pick.choice(("same", 0, 1, 2))
            return CATALOGUE["Conv2d"](2, size(1, 2, 3), stride, padding, dilation)
        if kind == "max":
            return CATALOGUE["MaxPool2d"](size(2, 3), size(1, 2), "same", ceil_mode=True)
        if kind == "mean":
            return CATALOGUE["AvgPool2d"](size(2, 3), size(1, 2), pick.choice(("same", 0, 1)))
        if kind == "up":
            name = pick.choice(sorted(CATALOGUE.keys() & RESIZING.keys()))
            return CATALOGUE[name](**pick.choice(RESIZING[name]))
        return CATALOGUE[pick.choice(("BatchNorm2d", "ReLU", "Dropout"))]()

    def _merge_alike(self) -> None:
        shapes = {n: f.output for n, f in analyze(self._design()).facts.items()}
        shape = shapes[self._source()]
        alike = [n for n, other in shapes.items() if other == shape]
        count = min(len(alike), 3)
        self._add(CATALOGUE[self._pick.choice(("Add", "Concat", "Multiply"))](),
                  self._pick.sample(alike, count))  # fmt: skip

    def _merge_resized(self) -> None:
        """Branches of different strides, pooled to one size: their fields differ cell by cell."""
        size = (self._pick.randint(9, 24), self._pick.randint(9, 24))
        sources = {self._pick.choice(self._nodes).id for _ in range(2)}
        pooled = [self._add(CATALOGUE["AdaptiveAvgPool2d"](size), [n]) for n in sorted(sources)]
        self._add(CATALOGUE["Concat"](), pooled)


RESIZING: dict[str, list[dict[str, object]]] = {
    "AdaptiveAvgPool2d": [{"output_size": 17}, {"output_size": (24, 13)}],
    "ConvTranspose2d": [
        {"out_channels": 2, "kernel_size": kernel, "stride": stride, "padding": padding}
        for kernel, stride, padding in ((2, 2, 0), (3, 2, 1), (4, 2, 1), (3, 1, 0), ((3, 5), 3, 1))
    ],
    "Upsample": [
        {"scale_factor": scale, "mode": mode}
        for scale in (2, 3, 1.5)
        for mode in ("nearest", "bilinear")
    ],
}


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_fields_of_random_graphs_are_those_of_the_gradient(first: int) -> None:
    seen = uneven = 0
    for seed in range(first, first + 10):
        design = BranchedNet(seed).grow(14)
        analysis = analyze(design)
        for node_id, cells, measured in measure(design, analysis):
            field = analysis.facts[node_id].field
            assert field is not None
            uneven += any(isinstance(axis, Uneven) for axis in field)
            for axis, cell, found, last in zip(field, cells, measured, ENDS, strict=True):
                said = extent(axis, cell)
                if said[0] > said[1]:  # between the stamps of a transposed convolution
                    assert found == (1, 0)
                elif said[0] >= 0 and said[1] <= last:  # not clipped by the image's edge
                    assert said == found, (seed, node_id, cell)
                    seen += 1
    assert seen > 300
    assert uneven > 10


def extent(axis: Axis, cell: int) -> Ends:
    """The first and the last image cell that a cell sees."""
    if isinstance(axis, Uneven):
        return axis.begin(cell), axis.end(cell)
    return axis.first + cell * axis.jump, axis.last + cell * axis.jump


def measure(design: Design, analysis: Analysis) -> Iterator[tuple[str, list[int], list[Ends]]]:
    """(node, cell, extents) for cells in the middle of every node, by gradient.

    Weights are positive, so that no gradient is cancelled and none becomes 0. A maximum lets only
    one gradient through: in an image that rises steeply along an axis it is that of the cell which
    sees farthest, in one that falls that of the cell which sees first.
    """
    marked = with_every_node_marked(design)
    net = built(render(marked).text).eval().double()
    for name, weight in net.named_parameters():
        weight.data.fill_(0 if name.endswith("bias") else 1 / max(1, weight[0].numel()))
    image = steep_images().repeat(len(MIDDLE), 1, 1)[:, None].requires_grad_()
    for node, result in zip(design.nodes, net(image), strict=True):
        centre = [[n // 2 + away for n in result.shape[2:]] for away in MIDDLE]
        every = result.view(len(MIDDLE), -1, *result.shape[1:])
        assert every.isfinite().all()
        chosen = [maps[..., y, x].sum() for maps, (y, x) in zip(every, centre, strict=True)]
        (gradient,) = torch.autograd.grad(sum(chosen), image, retain_graph=True)
        seen = (gradient != 0).view(len(MIDDLE), -1, SIDE, SIDE - 1).any(1)
        for cells, cells_seen in zip(centre, seen, strict=True):
            yield node, cells, [ends(cells_seen.any(1)), ends(cells_seen.any(0))]


def steep_images() -> torch.Tensor:
    """Four images, each cell 6 times the one before it or behind it, down or across."""
    rows, columns = (6.0 ** torch.arange(n, dtype=torch.float64) for n in (SIDE, SIDE - 1))
    across, down = columns.expand(SIDE, -1), rows[:, None].expand(-1, SIDE - 1)
    return torch.stack([across, down, 1 / across, 1 / down])


def ends(seen: torch.Tensor) -> Ends:
    places = seen.nonzero().flatten().tolist()
    return (places[0], places[-1]) if places else (1, 0)


def test_the_size_is_the_largest_of_all_cells() -> None:
    fields = [field for seed in range(40) for field in every_field(seed)]
    uneven = [axis for field in fields for axis in field if isinstance(axis, Uneven)]
    assert len(uneven) > 30
    for axis in uneven:
        sizes = [axis.end(cell) - axis.begin(cell) + 1 for cell in range(axis.cells)]
        assert axis.size == max(sizes)


def every_field(seed: int) -> list[Field]:
    facts = analyze(BranchedNet(seed).grow(14)).facts.values()
    return [f.field for f in facts if f.field is not None]


def test_upsampling_and_pooling_back_is_even_again() -> None:
    small, large = Shape((1, 8, 8)), Shape((1, 16, 16))
    up, down = (Reach(0, 0, 1, 2),) * 2, (Reach(0, 1, 2),) * 2
    doubled = through(pixel(), up, large)
    assert doubled is not None
    assert doubled[0].jump == 0.5
    assert [extent(doubled[0], cell) for cell in range(4)] == [(0, 0), (0, 0), (1, 1), (1, 1)]
    assert through(doubled, down, small) == pixel()
    shifted = through(doubled, (Reach(-1, 1),) * 2, large)
    assert shifted is not None
    assert (shifted[0].size, shifted[0].first, shifted[0].last) == (2, -1, 0)


def test_a_value_of_one_cell_is_read_by_all() -> None:
    one, many = Shape((4, 1, 1)), Shape((4, 8, 8))
    gate = (Span(0, 9, 16), Span(0, 9, 16))
    field = union((pixel(), gate), (many, one))
    assert field is not None
    assert [extent(field[0], cell) for cell in (0, 5, 7)] == [(0, 9), (0, 9), (0, 9)]
    assert field[0].size == 10


def test_a_course_that_never_repeats_itself_is_unknown() -> None:
    reach = (Reach(0, 10_006, 10_007, 9_973),) * 2
    assert through(pixel(), reach, Shape((1, 9_973, 9_973))) is None
    assert union((None, pixel()), (Shape((1, 8, 8)),) * 2) is None
