"""What every layer of the catalogue says that training keeps of it, beside what autograd keeps."""

from __future__ import annotations

import pytest
import torch
from hypothesis import HealthCheck, assume, given, settings
from torch.autograd.graph import saved_tensors_hooks

from designer.codegen import render
from designer.core.analysis import analyze
from designer.core.layer import Layer
from designer.core.shape import Shape
from designer.layers import CATALOGUE
from tests.contract.test_layers import EVERY, around, built, cases, image_of

SINGLE = [
    kind for kind in EVERY if CATALOGUE[kind].inputs != 0 and not CATALOGUE[kind].is_composite
]


@pytest.mark.parametrize("kind", SINGLE)
def test_it_says_what_training_keeps(kind: str) -> None:
    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(cases(kind))
    def check(case: tuple[Layer, tuple[Shape, ...]]) -> None:
        layer, inputs = case
        analysis = analyze(around(layer, inputs))
        assume(analysis.is_valid)
        outputs = analysis.facts["tried"].outputs
        assert outputs is not None
        said = layer.kept(inputs, outputs)
        net = built(render(around(layer, inputs), analysis).text)
        shapes = [image_of(shape) for shape in inputs]
        (fewer, _, _), (more, given_in, results) = (kept_by(net, shapes, n) for n in (2, 3))
        expected = said.values * 4 + said.others
        expected += 4 * sum(x.numel for x in inputs) * said.inputs
        expected += 4 * sum(x.numel for x in outputs) * said.outputs
        assert expected <= more - fewer <= expected + statistics(layer, inputs)
        memory = {place(x) for x in given_in}
        assert {place(x) in memory for x in results} == {said.is_view}

    check()


def statistics(layer: Layer, inputs: tuple[Shape, ...]) -> int:
    """Bytes of the means and deviations of rows or groups, which nobody counts."""
    if layer.family != "Normalisation":
        return 0
    return 2 * 4 * sum(x.numel // x[-1] + x.channels for x in inputs)


def kept_by(
    net: torch.nn.Module, shapes: list[tuple[int, ...]], batch: int
) -> tuple[int, list[torch.Tensor], list[torch.Tensor]]:
    """Bytes that autograd holds on to beside the net's weights, what came in, and the results."""
    own = {place(x) for x in (*net.parameters(), *net.buffers())}
    images = [torch.rand(batch, *shape, requires_grad=True) * 1 for shape in shapes]
    held: dict[int, int] = {}
    alive = []

    def pack(x: torch.Tensor) -> torch.Tensor:
        alive.append(x)
        if place(x) not in own:
            held[place(x)] = x.untyped_storage().nbytes()
        return x

    with saved_tensors_hooks(pack, lambda x: x):
        results = net(*images)
    results = list(results) if isinstance(results, tuple) else [results]
    return sum(held.values()), images, results


def place(x: torch.Tensor) -> int:
    return x.untyped_storage().data_ptr()
